"""A NewsML 1 item as records: one for each story, which is a component with a headline and the texts below it."""

from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element

from articles.pipeline.formats.base import Parsed
from articles.pipeline.records import Note, Position

from .elements import attribute, find, first_text
from .news_item import Moment, after_embargo, completed, first_moment, objection
from .newsml_1_story import Story

# The types of media by the names that NewsML-G2 has for them; what is of another is text.
NATURES = {"photo": "picture", "graphic": "graphic", "audio": "audio", "video": "video", "animation": "animation"}
DATES = ("NewsManagement/ThisRevisionCreated", "NewsManagement/FirstCreated")
# The parts of a story that are not its text.
OTHER_ROLES = {
    "title", "headline", "caption", "stylesheet", "contact", "keywords", "logo", "photo", "video", "audio", "tweettext",
}  # fmt: skip


def read_item(item: _Element, position: Position) -> Iterator[Parsed]:
    """A record for each story, or what the item is instead; before them notes on what could not be read."""
    (day, time), notes = _moment(item, position)
    yield from notes
    stories = _stories(item)
    for component, contents in stories.items():
        record = Story(item, component, contents).record(position, is_alone=len(stories) == 1)
        record = replace(record, published_on=day, published_at=time)
        nature = "" if record.body else _nature(item)
        yield objection(nature, record, bool(record.body)) or completed(record, record.external_id)


def _moment(item: _Element, position: Position) -> tuple[Moment, list[Note]]:
    """When the item came out; what is under embargo does so when its status changes."""
    envelope = find(item.getparent(), "NewsEnvelope")
    written = [first_text(item, path) for path in DATES]
    written += [first_text(envelope, "DateAndTime"), first_text(item, "Identification/NewsIdentifier/DateId")]
    moment, notes = first_moment(written, position)
    if attribute(item, "NewsManagement/Status", "FormalName").lower() != "embargoed":
        return moment, notes
    moment, more_notes = after_embargo(
        moment, first_text(item, "NewsManagement/StatusWillChange/DateAndTime"), position
    )
    return moment, notes + more_notes


def _stories(item: _Element) -> dict[_Element, list[_Element]]:
    """The components that are stories, each with the contents that belong to it: its own, and those of components
    below it that have no headline of their own. An item without any text is one story without contents."""
    stories: dict[_Element, list[_Element]] = {}
    for content in item.iter("{*}ContentItem"):
        if _is_text(content):
            stories.setdefault(_story_of(content), []).append(content)
    top = find(item, "NewsComponent")
    return stories or {item if top is None else top: []}


def _is_text(content: _Element) -> bool:
    data, role = find(content, "DataContent"), attribute(content.getparent(), "Role", "FormalName").lower()
    return data is not None and role not in OTHER_ROLES and _media(content) not in NATURES


def _story_of(content: _Element) -> _Element:
    components = list(content.iterancestors("{*}NewsComponent"))
    titled = (component for component in components if first_text(component, "NewsLines/HeadLine"))
    return next(titled, components[-1] if components else content)


def _nature(item: _Element) -> str:
    """What an item without a text is, by its first content."""
    contents = item.iter("{*}ContentItem")
    return next((NATURES[media] for media in map(_media, contents) if media in NATURES), "")


def _media(content: _Element) -> str:
    return attribute(content, "MediaType", "FormalName").lower()
