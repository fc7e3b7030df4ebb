"""How texts become words that can be found: lower case, no accents, and the stems of their language."""

import functools

import tantivy

# Each language with stems has a field of its own, so that an article is searched by its own language's rules.
# The names are those of the Snowball stemmers in Tantivy.
STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
# Texts in a language that is not known are mostly English; those in a known one without stems are not stemmed.
DEFAULT = "en"
PLAIN = "plain"
_SAME_STEMS = {"nb": "no", "nn": "no"}


def analysis_of(language: str) -> str:
    """Which of the analyses an article in `language` (such as pt-BR) goes through: a key of STEMMERS, or PLAIN."""
    code = language.lower().replace("_", "-").split("-")[0]
    code = _SAME_STEMS.get(code, code)
    if not code:
        return DEFAULT
    return code if code in STEMMERS else PLAIN


@functools.cache
def analyzer(analysis: str) -> tantivy.TextAnalyzer:
    """The same for texts and for what people type."""
    # Accents go first: a word is found with and without them, whatever its stem would be.
    steps = [tantivy.Filter.remove_long(100), tantivy.Filter.ascii_fold(), tantivy.Filter.lowercase()]
    if analysis != PLAIN:
        steps.append(tantivy.Filter.stemmer(STEMMERS[analysis]))
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in steps:
        builder = builder.filter(step)
    return builder.build()


def stems(text: str, analysis: str = PLAIN) -> list[str]:
    return analyzer(analysis).analyze(text)
