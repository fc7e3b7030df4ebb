"""What keeps people from a page, as far as a machine can tell: WCAG 2.2 AA by axe, and pages wider than the screen."""

import pytest

axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make test installs it")

WIDTHS = (390, 1280)
# Without fetching the stylesheets once more: what they import is looked for beside the page then.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"], "preload": False}
# In the dark a page has other colours and nothing else: the stylesheets may say no more.
RULES_OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "preload": False}
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# For `new_page`: axe brings styles of its own along; colours that are still changing would be measured half way.
OPTIONS = {"bypass_csp": True, "reduced_motion": "reduce"}


def assert_accessible(page) -> None:
    """As the page is now, with all that is folded in it, in light and dark, narrow and wide."""
    page.evaluate(UNFOLD)
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(axe.AXE_SCRIPT)
    found = [report for width in WIDTHS for report in _reports(page, width)]
    assert not any(found), "\n\n".join(filter(None, found))


def _reports(page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    reports = [_report(page, RULES)]
    # After that: what scripts draw anew for the width is there by now.
    wide = page.evaluate(TOO_WIDE)
    reports.append(f"{page.url} is wider than {width} pixels, by {wide}" if wide > 0 else "")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return [*reports, _report(page, RULES_OF_COLOUR)]


def _report(page, rules: dict) -> str:
    found = axe.AxeResults(page.evaluate("rules => axe.run(rules)", rules))
    size = page.viewport_size["width"]
    return f"{page.url}, {size} pixels wide\n{found.generate_report()}" if found.violations_count else ""
