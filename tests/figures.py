"""Reading the tables and the drawings of a page, to hold the ones against the others."""

from lxml import html
from lxml.html import HtmlElement

from .pages import read


def read_tree(client, address: str) -> HtmlElement:
    page = read(client, address)
    assert page.status == 200, address
    return html.fromstring(page.html)


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def number_in(text: str) -> int:
    return int(text.replace(",", ""))


def cells(row: HtmlElement) -> list[str]:
    """The texts of a row of a table, without what the drawings in it say."""
    return [text_of(cell) for cell in row.xpath("./th | ./td")]


def company_tables(tree: HtmlElement) -> dict[str, list[HtmlElement]]:
    """The rows of each table under “Appears with”, by its heading."""
    parts = tree.xpath("//section[@id='appears-with' or contains(@class, 'company')]//div[h3]")
    return {text_of(part.find("h3")): part.xpath(".//tbody/tr") for part in parts}


def time_table(tree: HtmlElement) -> dict[str, int]:
    """The histogram's table: {period: articles}."""
    rows = tree.xpath("//figure[contains(@class, 'time-chart')]//tbody/tr")
    return {cells(row)[0]: number_in(cells(row)[1]) for row in rows}


def time_columns(tree: HtmlElement) -> dict[str, int]:
    """What the columns of the histogram are drawn for."""
    columns = tree.xpath("//figure[contains(@class, 'time-chart')]//*[@data-count]")
    return {column.get("data-name"): number_in(column.get("data-count")) for column in columns}


def dots(tree: HtmlElement) -> dict[str, int | None]:
    """The dots of a map: {address of the place: its articles}."""
    links = tree.xpath("//figure[contains(@class, 'map')]//a")
    return {link.get("href"): number_in(link.get("data-count")) if link.get("data-count") else None for link in links}
