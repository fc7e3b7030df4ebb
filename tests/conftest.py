import pytest
from django.conf import settings as project_settings
from django.utils import translation

pytest_plugins = ["tests.browsing", "tests.uploading"]


@pytest.fixture(autouse=True)
def index_of_its_own(settings, tmp_path):
    """Each test has an empty folder for its search index."""
    settings.INDEX_DIR = tmp_path / "index"


@pytest.fixture(autouse=True)
def findings_of_its_own(settings, tmp_path):
    """Nobody has looked for likely duplicates yet."""
    findings = settings.CACHES["findings"] | {"LOCATION": tmp_path / "findings"}
    settings.CACHES = settings.CACHES | {"findings": findings}


@pytest.fixture(autouse=True)
def language_of_its_own():
    """A request in another language leaves it on for its thread; the next test starts in that of the settings."""
    with translation.override(project_settings.LANGUAGE_CODE):
        yield
