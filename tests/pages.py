"""Reading pages the way a visitor does: links, texts, the number of queries."""

from html import unescape
from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext


class Page(HTMLParser):
    """What a page links to ({text: address}), and its visible text."""

    def __init__(self, response) -> None:
        super().__init__()
        self.status = response.status_code
        self.html = response.getvalue().decode()
        self.links: dict[str, str] = {}
        self.addresses: list[str] = []
        self.text = ""
        self._address, self._link_text = None, ""
        self.feed(self.html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self._address, self._link_text = dict(attributes)["href"], ""
            self.addresses.append(self._address)

    def handle_endtag(self, tag):
        if tag == "a" and self._address is not None:
            self.links.setdefault(" ".join(self._link_text.split()), self._address)
            self._address = None

    def handle_data(self, data):
        self.text += f" {data}"
        self._link_text += data

    def link(self, beginning: str) -> str:
        """The address of the first link whose text begins so."""
        return next(address for text, address in self.links.items() if text.startswith(beginning))

    def leaving_out(self, label: str) -> str:
        """The address that leaves a value out."""
        before = self.html.split(f'aria-label="Leave out: {label}"')[0]
        return before.rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")

    def headlines(self) -> list[str]:
        """The headlines in a list of articles."""
        parts = self.html.split('class="entry-headline"')[1:]
        return [unescape(part.split("</a>")[0].rsplit(">", 1)[1]) for part in parts]


def read(client, address: str) -> Page:
    return Page(client.get(address))


def count_queries(client, address: str) -> int:
    """Once everything is indexed: the first visit does that."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
