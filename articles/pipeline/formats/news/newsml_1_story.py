"""One story of a NewsML 1 item. What its component does not say, a component around it may."""

import re

from lxml.etree import _Element

from articles.markdown import plain_text
from articles.pipeline.records import ArticleRecord, Position

from .byline_in_text import parted_byline
from .carried_text import read_carried
from .elements import XML_LANG, attribute, find, find_all, first_text
from .news_item import is_withdrawn, meaningful, number_of, with_dateline, without_headline
from .newsml_1_tags import tags_of

# Texts that stand before the others, and texts that only sum them up.
LEADS = {"lead", "intro"}
SUMMARIES = {"abstract", "summary", "subheadline"}
IDENTIFIER = "Identification/NewsIdentifier"
PARTIES = ("AdministrativeMetadata/Provider/Party", "AdministrativeMetadata/Source/Party")


Text = tuple[str, ArticleRecord]


class Story:
    def __init__(self, item: _Element, component: _Element, contents: list[_Element]) -> None:
        self._item = item
        self._component = component
        self._contents = contents
        self._around = [component, *component.iterancestors("{*}NewsComponent")]

    def record(self, position: Position, is_alone: bool) -> ArticleRecord:
        texts = self._texts(position)
        inner = next((found for role, found in texts if role not in LEADS | SUMMARIES), ArticleRecord(position))
        headline = self._line("HeadLine") or inner.headline or self._line("SlugLine")
        byline, body = parted_byline(self._line("ByLine") or inner.byline, without_headline(_body(texts), headline))
        management = find(self._item, "NewsManagement")
        return ArticleRecord(
            position,
            headline=headline,
            summary=self._summary(texts) or inner.summary,
            body=with_dateline(body, self._line("DateLine")),
            byline=byline,
            language=self._language() or inner.language,
            source=self._source() or inner.source,
            external_id=self._identity(is_alone) or inner.external_id,
            rights=self._line("CopyrightLine") or inner.rights,
            version=number_of(first_text(self._item, f"{IDENTIFIER}/RevisionId")),
            is_withdrawn=is_withdrawn(attribute(management, "Status", "FormalName")),
            tags=meaningful((*tags_of(self._around, self._language()), *inner.tags)),
        )

    def _texts(self, position: Position) -> list[Text]:
        """The texts of the story with the parts they play. Of several contents of one component, which are the same
        in several formats, the first counts."""
        texts: dict[_Element, Text] = {}
        for content in self._contents:
            found = read_carried(find(content, "DataContent"), position).record
            if found.body:
                component = content.getparent()
                texts.setdefault(component, (attribute(component, "Role", "FormalName").lower(), found))
        return list(texts.values())

    def _line(self, name: str) -> str:
        """One of the lines of news, of the nearest component that has it."""
        return next(filter(None, (first_text(component, f"NewsLines/{name}") for component in self._around)), "")

    def _summary(self, texts: list[Text]) -> str:
        """What says what the story is about. A sub-headline in capitals is a mark for editors: INDIA ACCIDENT."""
        below = self._line("SubHeadLine")
        return ("" if below.isupper() else below) or self._typed_line("summary") or _first_words(texts)

    def _typed_line(self, kind: str) -> str:
        """A line that says of what kind it is."""
        lines = (line for component in self._around for line in find_all(component, "NewsLines/NewsLine"))
        typed = (line for line in lines if attribute(line, "NewsLineType", "FormalName").lower() == kind)
        return next(filter(None, (first_text(line, "NewsLineText") for line in typed)), "")

    def _language(self) -> str:
        for component in self._around:
            language = attribute(component, "DescriptiveMetadata/Language", "FormalName") or component.get(XML_LANG)
            if language:
                return language.lower() if len(language) == 2 else language
        return ""

    def _source(self) -> str:
        """The provider; else who sent it; else the source that he names; else the provider's address."""
        named = [[attribute(component, path, "FormalName") for component in self._around] for path in PARTIES]
        sender = attribute(self._item.getparent(), "NewsEnvelope/SentFrom/Party", "FormalName")
        address = first_text(self._item, f"{IDENTIFIER}/ProviderId")
        return next(filter(None, [*named[0], sender, *named[1], address]), "")

    def _identity(self, is_alone: bool) -> str:
        """The same for all revisions of a story; the mark of its component tells the stories of an item apart. An item
        without a number has none: what its components are marked with is the same in others."""
        names = ("ProviderId", "DateId", "NewsItemId")
        provider, day, number = (first_text(self._item, f"{IDENTIFIER}/{name}") for name in names)
        if not number.strip("0"):
            return ""
        identity = f"urn:newsml:{provider}:{re.sub(r'[^0-9]', '', day)[:8]}:{number}"
        return identity if is_alone else f"{identity}#{self._component.get('Duid', '') or self._language()}"


def _body(texts: list[Text]) -> str:
    """The leads, where the text does not repeat them, and the text."""
    leads = [found.body for role, found in texts if role in LEADS]
    body = "\n\n".join(found.body for role, found in texts if role not in LEADS | SUMMARIES)
    return "\n\n".join(filter(None, [*(lead for lead in leads if not body.startswith(lead)), body]))


def _first_words(texts: list[Text]) -> str:
    """What sums the story up, or leads to it."""
    short = (plain_text(found.body) for role, found in texts if role in LEADS | SUMMARIES)
    return " ".join(next(short, "").split())
