"""What the fields of articles are called: by the archive, and by those who export them."""

import re
import unicodedata
from collections.abc import Iterable

# The fields that hold text, with the longest value the archive takes (None: any).
TEXT_FIELDS = {
    "headline": 300,
    "summary": None,
    "body": None,
    "byline": 300,
    "language": 35,
    "source": 200,
    "url": 1000,
    "external_id": 300,
    "rights": None,
}
DATE_FIELDS = ("published_on", "published_at")
TAG_FIELDS = {"people": "person", "places": "place", "topics": "topic"}
# An export of an archive has these columns, whatever else was done to it; nobody else writes both.
EXPORT_COLUMNS = frozenset({"slug", "headline_is_derived"})
# By what it knows its articles there; in other files these columns mean something else.
EXPORT_IDENTITY = ("slug", "import_key")
ARCHIVE_FIELDS = (*TEXT_FIELDS, *DATE_FIELDS, *TAG_FIELDS, "version", "headline_is_derived")

# Other names, without spaces, accents and signs, the most telling first. Of tags all are taken, else the first.
OTHER_NAMES = {
    "headline": """title articletitle newstitle storytitle webtitle headlinetext articleheadline heading head
        newsheadline titel uberschrift schlagzeile titre manchette titulo titular titolo titlu kop rubrik tytul
        标题 標題 заголовок""",
    "body": """articlebody bodytext articletext fulltext fullarticle fullcontent maintext maincontent storytext
        newstext articlecontent newscontent content contents text bodyhtml contenthtml html story article inhalt
        volltext artikel artikeltext contenu texte corps contenido cuerpo texto conteudo testo contenuto tekst
        正文 内容 текст содержание""",
    "summary": """abstract lead lede standfirst shortdescription description excerpt teaser snippet dek deck subtitle
        subheadline subhead intro synopsis leadparagraph trailtext zusammenfassung beschreibung vorspann untertitel
        resume chapeau soustitre resumen sumario resumo sommario riassunto 摘要 аннотация""",
    "byline": """author authors authorname authornames by writer writers journalist journalists reporter reporters
        creator autor autoren autorin verfasser auteur auteurs autore autores redakteur 作者 автор""",
    "language": "lang languagecode locale sprache langue idioma lingua",
    "source": """publisher publishername outlet medianame newspaper newspapername publication publicationname
        sourcename sitename journal magazine medium quelle zeitung fuente periodico fonte giornale 来源 источник""",
    "url": "link articleurl articlelink storyurl weburl newsurl permalink canonicalurl canonical href uri lien enlace",
    "external_id": "id guid articleid newsid storyid docid documentid uuid uniqueid recordid",
    "rights": "copyright copyrightnotice license licence",
    "published_on": """date publicationdate publisheddate publishdate pubdate datepublished dateofpublication
        articledate newsdate storydate webpublicationdate published issuedate printdate datum veroffentlicht
        erscheinungsdatum datepublication datedepublication fecha fechapublicacion fechadepublicacion datapublicacao
        datapubblicazione 日期 дата""",
    "published_at": """publishedtime publishtime publicationtime publishedtimestamp publishtimestamp datetime
        timestamp createdat created dateandtime""",
    "people": "persons person persone peoplementioned personen personnes personas",
    "places": "locations location place geo geography orte lieux lugares luoghi",
    "topics": """tags keywords categories sections subjects topic tag keyword category section subject sectionname
        newsdesk desk department rubric rubrique ressort schlagworte themen thema kategorie motscles theme
        categorie etiquetas temas tema seccion categoria 类别 关键词 рубрика""",
    "version": "revision",
}
# Columns with one name each: a comma in them parts no names.
SINGLE_NAMES = frozenset(
    """topic tag keyword category section subject sectionname newsdesk desk department rubric rubrique ressort thema
    kategorie theme categorie tema seccion categoria""".split()  # noqa: SIM905
)

_SIGNS = re.compile(r"[\W_]+")
_ALL_NAMES = {field: tuple(names.split()) for field, names in OTHER_NAMES.items()}


def plain_name(name: str) -> str:
    """The name in lower case, without spaces, accents and signs: "Publish_Date" is "publishdate"."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return _SIGNS.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


# The archive's own names are known in any spelling; the lower the number, the more telling the name.
_MEANINGS = {
    plain_name(name): (field, preference)
    for field, names in OTHER_NAMES.items()
    for preference, name in enumerate([field, *names.split()])
} | {plain_name(field): (field, 0) for field in ARCHIVE_FIELDS}


def meaning_of(name: str) -> str:
    """The field of the archive that a column of this name is most likely; "" for none."""
    return _MEANINGS.get(plain_name(name), ("", 0))[0]


def guess_columns(columns: Iterable[str], taken: Iterable[str] = ()) -> dict[str, list[str]]:
    """The columns for each field of the archive that is not taken: one, or for tags as many as there are."""
    meant: dict[str, list[str]] = {}
    for column in sorted(filter(_is_known, columns), key=lambda column: _MEANINGS[plain_name(column)][1]):
        meant.setdefault(_MEANINGS[plain_name(column)][0], []).append(column)
    fields = meant.keys() - set(taken)
    # One date says when; a second is as likely the time of the export.
    if fields.issuperset(DATE_FIELDS) or set(taken).intersection(DATE_FIELDS):
        fields -= {"published_at"} if fields.issuperset(DATE_FIELDS) else set(DATE_FIELDS)
    return {
        field: meant[field] if field in TAG_FIELDS else meant[field][:1] for field in ARCHIVE_FIELDS if field in fields
    }


def _is_known(column: str) -> bool:
    return plain_name(column) in _MEANINGS
