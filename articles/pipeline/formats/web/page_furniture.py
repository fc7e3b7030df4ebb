"""What stands in and around a text on a page or in a feed without belonging to it: marks of advertising, buttons to
share or print, pointers to other articles. It is known by its words, in the usual languages, never by its place."""

import re

from articles.markdown import plain_text

# Furniture is short; a longer paragraph is text whatever it begins with.
LONGEST_MARK, LONGEST_POINTER = 60, 250

# Parts of regular expressions, one for each kind of furniture.
_MARKS = (
    r"advertisements?|sponsored(?: ads?| content)?",
    r"(?:story|article) continues (?:below|after)(?: this)? ad(?:vertisement)?",
    r"publicité|publicidad|publicidade|pubblicità|anzeige|werbung|advertentie|annonse|реклама",
    r"(?:share|print|e-?mail|save|tweet)(?: (?:this|the))?(?: (?:article|story|page|post))?|share (?:on|via) [\w ]+",
    r"facebook|twitter|whatsapp|pinterest|linkedin|google\+|copy link|このニュースをシェア|シェア|ツイート|分享",
    r"(?:artikel )?teilen|partager(?: (?:cet article|sur [\w ]+))?|compartir(?: en [\w ]+)?|compartilhe?|condividi",
    r"main content|skip (?:to|past) [\w ]+|back to top|loading[\w ]*|please wait",
    r"related(?: (?:articles?|stories|topics|content|links?|coverage|news))?|more (?:on|from) this (?:story|topic)",
    r"recommended(?: for you)?|most (?:read|popular|viewed|shared)|you (?:may|might) also like",
    r"(?:view |leave a |post a )?(?:comments?|reply)",
    r"\d+ (?:comments?|réactions?|commentaires?|comentarios|comentários|kommentare|commenti)",
    r"subscribe(?: now)?|follow us(?: on [\w ]+)?|sign up|log ?in|get (?:email|reporter|news) alerts",
    r"continue reading|read more|weiterlesen|lire la suite|leer más|más información|leia mais|leggi tutto",
    r"abonnez-vous[\w ]*|jetzt abonnieren|suscríbete[\w ]*|regístrate[\w ]*|mehr zum thema|archivado en",
)
_POINTERS = (
    r"(?:please )?(?:read|see|watch|listen) (?:more|also|next)|also read|related|more on this(?: story)?",
    r"(?:à )?lire aussi|lea también|le puede interesar|leia (?:também|mais)|leggi anche|lesen sie auch|mehr zum thema",
    r"lees ook|läs (?:också|mer)|les også|читайте также",
)
# What WordPress adds to the texts in its feeds, in its languages.
_SIGNATURES = (
    r"The post .+ appeared first on .+",
    r"Der Beitrag .+ erschien zuerst auf .+",
    r"L[’']article .+ est apparu en premier sur .+",
    r"La entrada .+ (?:aparece primero|se publicó primero) en .+",
    r"O post .+ apareceu primeiro em .+",
    r"L[’']articolo .+ proviene da .+",
    r"Het bericht .+ verscheen eerst op .+",
)
_MARK = re.compile("|".join(_MARKS), re.IGNORECASE)
_SIGNATURE = re.compile("|".join(_SIGNATURES))
_POINTER = re.compile(rf"(?:{'|'.join(_POINTERS)})\s*[:：|–-]", re.IGNORECASE)
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*\)")


def without_furniture(markdown: str) -> str:
    return "\n\n".join(block for block in markdown.split("\n\n") if not _is_furniture(block))


def _is_furniture(block: str) -> bool:
    if len(block) > LONGEST_POINTER + 500 or block.startswith(("|", "    ")):
        return False
    if block.startswith("- "):
        marks = [_is_mark(line.removeprefix("- ")) for line in block.split("\n")]
        return sum(marks) > len(marks) / 2
    if _is_mark(block):
        return True
    words = " ".join(plain_text(block).split())
    if "](" in block and len(words) <= LONGEST_POINTER and _SIGNATURE.fullmatch(words):
        return True
    pointer = _POINTER.match(words)
    return bool(pointer) and len(words) <= LONGEST_POINTER and _is_link(block, words[pointer.end() :])


def _is_mark(block: str) -> bool:
    words = " ".join(plain_text(block).split())
    return len(words) <= LONGEST_MARK and bool(_MARK.fullmatch(words.strip(" .…:!»›>+*")))


def _is_link(block: str, words: str) -> bool:
    """Whether these words of a block are hardly more than those of its links."""
    return sum(len(plain_text(found[1])) for found in _LINK.finditer(block)) >= len(words) * 0.8
