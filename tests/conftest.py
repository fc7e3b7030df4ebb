import pytest

pytest_plugins = ["tests.browsing", "tests.uploading"]


@pytest.fixture(autouse=True)
def index_of_its_own(settings, tmp_path):
    """Each test has an empty folder for its search index."""
    settings.INDEX_DIR = tmp_path / "index"
