"""Settings. What differs between machines is an environment variable; docs/settings.md explains each."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from articles.api.rates import read_rate
from articles.database.engine import database_settings

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# Everything the archive writes lives here: the SQLite file, the search index, collected static files.
DATA_DIR = Path(env.str("NEWSROOM_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
INDEX_DIR = DATA_DIR / "index"

# Giving a secret key is what makes an installation a public one: debug pages are then off.
SECRET_KEY = env.str("NEWSROOM_SECRET_KEY", default="")
DEBUG = env.bool("NEWSROOM_DEBUG", default=not SECRET_KEY)
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "NEWSROOM_DEBUG is off and NEWSROOM_SECRET_KEY is not set. Set it to a long random "
            'string, for example the output of: python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    SECRET_KEY = "insecure-key-for-a-laptop-with-debug-on"  # noqa: S105 - refused as soon as debug is off

ALLOWED_HOSTS = env.list("NEWSROOM_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("NEWSROOM_TRUSTED_ORIGINS", default=[])

# Served over HTTPS: cookies are sent over HTTPS only, and browsers are told to insist on it.
HTTPS = env.bool("NEWSROOM_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
# For the hosts below this one, too: it would cut off those that have no HTTPS, and cannot be taken back for a year.
HSTS_SUBDOMAINS = env.bool("NEWSROOM_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and HSTS_SUBDOMAINS
SILENCED_SYSTEM_CHECKS = [] if HSTS_SUBDOMAINS else ["security.W005", "security.W021"]
BEHIND_PROXY = env.bool("NEWSROOM_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "articles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    # Last: what the others refuse needs no transaction.
    "articles.history.middleware.OccasionMiddleware",
]

X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "newsroom" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database_settings(env.str("DATABASE_URL", default=""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
TIME_ZONE = env.str("NEWSROOM_TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
# What is handed in is on the same disk from the first byte on: a file of the allowed size would not fit everywhere.
MEDIA_ROOT = FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
MEDIA_ROOT.mkdir(exist_ok=True)

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What takes long to find out and all processes show, such as likely duplicates.
    "findings": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "findings",
        "TIMEOUT": None,
    },
}

# Long work of the desk waits in the database. "demand": a process is started when there is some, and ends when there is
# none; "separate": `manage.py db_worker` runs all the time, elsewhere.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER = env.str("NEWSROOM_WORKER", default="demand")
if WORKER not in ("demand", "separate"):
    raise ImproperlyConfigured(f'NEWSROOM_WORKER is "{WORKER}". Set it to demand or to separate.')

# How large a file may be that is imported at the desk, in bytes; the variable is in megabytes.
LARGEST_UPLOAD = env.int("NEWSROOM_LARGEST_UPLOAD", default=1_024) * 1024**2

# Limits on what a visitor may send.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["articles.api.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly"],
    "DEFAULT_PARSER_CLASSES": ["articles.api.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["articles.api.throttles.AnonymousThrottle", "articles.api.throttles.UserThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": read_rate(env.str("NEWSROOM_API_RATE_ANONYMOUS", default="120/minute")),
        "user": read_rate(env.str("NEWSROOM_API_RATE_USER", default="1200/minute")),
    },
    "DEFAULT_SCHEMA_CLASS": "articles.api.schema.ApiSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "articles.api.problems.problem_response",
    # Without a proxy of our own anybody could write the header that proxies name addresses in.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Newsroom",
    "DESCRIPTION": "A news archive: articles, and the people, places and topics they are about.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [],
    "PATH_CONVERTER_OVERRIDES": {"slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 100}},
    # Any field may be left out of an answer: see the parameters "fields" and "omit".
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
