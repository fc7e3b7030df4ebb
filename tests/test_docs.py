"""The reference pages have a heading for everything there is, so that none goes undescribed."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from articles.filters import ArticleFilterSet
from articles.pipeline.formats import FORMATS

ROOT = Path(settings.BASE_DIR)
COMMANDS = sorted(path.stem for path in (ROOT / "articles/management/commands").glob("[a-z]*.py"))
SETTINGS = sorted(set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "newsroom/settings.py").read_text())))


def headings(page: str) -> list[str]:
    return re.findall(r"^#+ (.*)$", (ROOT / "docs" / page).read_text(), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described(command):
    assert f"manage.py {command}" in headings("importing.md")


@pytest.mark.parametrize("name", [*SETTINGS, "PORT"])
def test_every_setting_is_described(name):
    assert name in headings("settings.md")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_described(name):
    assert name in headings("importing.md")


@pytest.mark.parametrize("name", ArticleFilterSet().filters)
def test_every_parameter_of_the_list_is_described(name):
    described = {name for heading in headings("searching.md") for name in heading.split(", ")}
    assert name in described


def test_the_settings_were_found():
    assert {"DATABASE_URL", "NEWSROOM_DATA_DIR", "NEWSROOM_SECRET_KEY"} <= set(SETTINGS)


def test_links_between_the_pages_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"
