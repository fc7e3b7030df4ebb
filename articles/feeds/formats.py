"""Django's generators of Atom (RFC 4287) and RSS 2.0, and what these feeds say beyond them.

Entries have three fields of their own: `language`, `original` (the address at the source), both perhaps empty,
and `updateddate` also in RSS.
"""

import datetime

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

# When a feed without entries was last changed: an answer that is the same every time.
NEVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class _Steady(SyndicationFeed):
    """The same entries give the same feed, whenever it is asked for."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NEVER)


class Atom(_Steady, Atom1Feed):
    label = "Atom"

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        # RFC 5005: where the newest entries are, for readers that go through pages of a feed.
        handler.addQuickElement("link", "", {"rel": "first", "href": self.feed["feed_url"]})

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["original"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["original"]})


class Rss(_Steady, Rss201rev2Feed):
    label = "RSS"

    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("atom:link", None, {"rel": "first", "href": self.feed["feed_url"]})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if item["language"]:
            handler.addQuickElement("dc:language", item["language"])
        if item["item_copyright"]:
            handler.addQuickElement("dc:rights", item["item_copyright"])
        if item["original"]:
            handler.addQuickElement("atom:link", None, {"rel": "via", "href": item["original"]})
