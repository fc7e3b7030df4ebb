"""Real news data beside the project, for tests that are worth more with it. It is not part of the project."""

from pathlib import Path

import pytest
from django.conf import settings

CORPORA = Path(settings.BASE_DIR).parent / "shared" / "corpora"

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason=f"no real news data in {CORPORA}")
