"""Text between the paragraphs of a page that stands in none of its own, which trafilatura would tear apart or lose."""

from lxml import html

# Shorter ones are labels and credits.
SHORTEST_PARAGRAPH = 60
CONTAINERS = ("body", "main", "article", "section", "div", "td")
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "br",
}  # fmt: skip


def put_into_paragraphs(tree: html.HtmlElement) -> None:
    """Give loose text that stands beside other blocks a paragraph, as browsers do where they lay it out."""
    for container in list(tree.iter(*CONTAINERS)):
        has_blocks = any(child.tag not in INLINE for child in container)
        if has_blocks and any(len(text) >= SHORTEST_PARAGRAPH for text in _own_texts(container)):
            _rebuild(container)


def _own_texts(container: html.HtmlElement) -> list[str]:
    return [text.strip() for text in (container.text, *(child.tail for child in container)) if text]


def _rebuild(container: html.HtmlElement) -> None:
    run = _new_run(container.text)
    container.text = None
    for child in list(container):
        tail, child.tail = child.tail, None
        if child.tag not in INLINE or _ends_paragraph(child, run):
            _close(run, container)
            run = _new_run(tail)
            container.append(child)
        else:
            run.append(child)
            child.tail = tail
    _close(run, container)


def _new_run(text: str | None) -> html.HtmlElement:
    run = html.Element("p")
    run.text = text
    return run


def _ends_paragraph(child: html.HtmlElement, run: html.HtmlElement) -> bool:
    """Whether it is the second of two line breaks."""
    last = next(run.iterchildren(reversed=True), None)
    return child.tag == "br" and last is not None and last.tag == "br" and not (last.tail or "").strip()


def _close(run: html.HtmlElement, container: html.HtmlElement) -> None:
    if len(run.text_content().strip()) < SHORTEST_PARAGRAPH:
        run.tag = "span"
    if len(run) or (run.text or "").strip():
        container.append(run)
