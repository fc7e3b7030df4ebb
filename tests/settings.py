"""The settings of the tests: the same as everywhere, with a data folder and a database of their own."""

import os
import tempfile

os.environ.setdefault("NEWSROOM_DATA_DIR", tempfile.mkdtemp(prefix="newsroom-tests-"))
os.environ["NEWSROOM_SECRET_KEY"] = "a-key-for-the-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz"

from newsroom.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests ask faster than anybody may; those of the limits set their own.
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"anonymous": None, "user": None}  # noqa: F405
