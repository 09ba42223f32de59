"""Settings, from the file `.env` or the environment alone; `.env.example` explains each variable.

Without `DATABASE_URL` the project runs in its *embedded* mode: SQLite, a broker made of files, mail into a local
sink, all under `var/`, nothing else to install. With `DATABASE_URL` it is production, and no process starts before all
that is missing or wrong is mended: all of it is named at once, with what to write.
"""

import tomllib
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config import environment, languages, log_filters, schedule
from config.embedded import state
from config.monitoring import variables
from config.worker import variables as told_outside

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
env, read = environ.FileAwareEnv(), environment.Reading()
SETTINGS_FILE = BASE_DIR / ".env"
OVERRIDDEN = read(environment.read_file, SETTINGS_FILE)
read(environment.refuse_two_ways)

EMBEDDED = read(environment.is_embedded, env)
DEBUG = read(environment.debug, env, is_embedded=EMBEDDED)
VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var")
HOST, PORT = env.str("HOST", default="") or "127.0.0.1", read(environment.number, env, "PORT", 8000)

if EMBEDDED:
    read(state.make_state_folder, VAR_DIR)
    SECRET_KEY = read(state.secret_key, env, VAR_DIR / "secret-key")
    SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    DATABASES = {"default": state.sqlite(VAR_DIR / "database.sqlite3")}
    MAILBOX_DIR: Path | None = VAR_DIR / "mailbox"
    EMAIL_BACKEND = "mailbox.backend.EmailBackend"
    CELERY_BROKER_URL = "folder://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = read(state.broker_folders, VAR_DIR / "broker")
    LIVE_PORT: int | None = read(environment.number, env, "LIVE_PORT", (PORT or 0) + 1)  # no proxy joins the two here
else:
    SECRET_KEY = read(environment.secret_key, env)
    SITE_URL = read(environment.site_url, env)
    ALLOWED_HOSTS = read(environment.allowed_hosts, env)
    DATABASES = {"default": read(environment.postgresql, env)}
    MAILBOX_DIR = None
    vars().update(read(environment.email, env) or {})
    CELERY_BROKER_URL = read(environment.redis_url, env)
    CELERY_BROKER_TRANSPORT_OPTIONS = environment.REDIS_TRANSPORT_OPTIONS
    LIVE_PORT = None

DATABASE_POOLED = not EMBEDDED and read(environment.pooled, env)
SECRET_KEY_FALLBACKS = read(environment.former_keys, env)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or environment.sender(SITE_URL)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
HTTPS = SITE_URL.startswith("https://")
TRUSTED_PROXIES = read(environment.number, env, "TRUSTED_PROXIES", 1 if HTTPS else 0)  # gunicorn speaks no TLS
WEB_CONCURRENCY = read(environment.processes, env)
WEB_THREADS, WEB_GRACEFUL_TIMEOUT = (read(environment.number, env, *each) for each in environment.WEB_DEFAULTS)
# Of each network in one live process. All screens of a building may have one address; a process holds 5,000 streams.
LIVE_STREAMS_PER_NETWORK = read(environment.number, env, "LIVE_STREAMS_PER_NETWORK", 4000)
LIVE_NEW_STREAMS_PER_SECOND = read(environment.number, env, "LIVE_NEW_STREAMS_PER_SECOND", 200)
SITE_LANGUAGES = read(languages.offered, env)
SECRETARIAT_CONTACT = env.str("SECRETARIAT_CONTACT", default="")
SECURITY_CONTACT = read(environment.several, env, "SECURITY_CONTACT", environment.CONTACT)
CLAMD_URL = read(environment.scanner, env)
FRAMED_BY = read(environment.several, env, "FRAMED_BY", environment.HOST)
SENTRY_DSN = read(variables.sentry, env)
METRICS_HOST, METRICS_PORT = read(variables.metrics, env, VAR_DIR / "metrics") or ("", 0)
IDENTITY_PROVIDER = read(environment.identity_provider, env)
# Nothing is told to another system unless these say so. Without encryption, only to this machine, while debugging.
WEBHOOKS, WEBHOOK_INTERNAL_HOSTS = read(told_outside.webhooks, env) or (False, [])
WEBHOOK_PLAIN_HTTP = DEBUG
LOG_LEVEL, LOG_FORMAT = read(environment.log_level, env), read(variables.log_format, env)
read.end()

INSTALLED_APPS = [
    "secretariat.apps.SecretariatAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "i18nfield",
    "phonenumber_field",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "languages",
    "journal",
    "outbox",
    "uploads",
    "dialogue",
    "speakers",
    "registration",
    "floor",
    "webhooks",
    "secretariat",
    "config",
]
if EMBEDDED:
    INSTALLED_APPS.append("mailbox")

MIDDLEWARE = [
    "config.monitoring.probes.answered_first",
    "config.monitoring.numbering.numbered",
    "config.monitoring.counting.counted",
    "django.middleware.security.SecurityMiddleware",
    "config.readable.only_readable",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "languages.choosing.in_the_language_of_the_reader",
    "csp.middleware.CSPMiddleware",
    "dialogue.previews.linking.linked",
    "secretariat.maintenance.closing.closed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "secretariat.signing_in.sessions.of_staff",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "languages.offered.for_templates",
                "secretariat.recovery.banner.for_templates",
            ],
        },
    }
]
FORM_RENDERER = "config.forms.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:start"
# Staff sign in on our own page; django-allauth has the second factor, and the identity provider of the organization.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not EMBEDDED)
ACCOUNT_ADAPTER = "secretariat.signing_in.adapting.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": None, "reauthenticate": "10/15m/user"}  # ours tell a lead
ACCOUNT_REAUTHENTICATION_METHODS, ACCOUNT_REAUTHENTICATION_TIMEOUT = ["password"], 15 * 60
MFA_ADAPTER = "secretariat.signing_in.adapting.FactorAdapter"
FACTOR_FORMS = "secretariat.signing_in.factor_forms"
MFA_FORMS = {"authenticate": f"{FACTOR_FORMS}.CodeForm", "authenticate_webauthn": f"{FACTOR_FORMS}.UsePasskeyForm"}
MFA_FORMS |= {"add_webauthn": f"{FACTOR_FORMS}.AddPasskeyForm", "activate_totp": f"{FACTOR_FORMS}.SetUpAppForm"}
MFA_ALLOW_UNVERIFIED_EMAIL = MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER, MFA_TOTP_TOLERANCE = "List of speakers", 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # on localhost alone: elsewhere browsers have no passkeys without https
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": IDENTITY_PROVIDER["apps"]}}
SOCIALACCOUNT_ADAPTER = "secretariat.signing_in.organization.OrganizationAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host would break the content security policy
if IDENTITY_PROVIDER["issuer"]:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")

# Words. What people write is kept in six languages; which of them the site itself speaks is said by `SITE_LANGUAGES`.
LANGUAGE_CODE = "en"
LANGUAGES = languages.OFFICIAL
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"
PHONENUMBER_DEFAULT_REGION = "US"

# Page assets. Third-party files come from npm at install time and are never committed.
STATIC_URL = "static/"
# A release brings the static files, collected when it was built. Elsewhere each machine collects them: `prepare`.
RELEASED_FILES = BASE_DIR / "collected"
IS_RELEASE = RELEASED_FILES.is_dir()
STATIC_ROOT = RELEASED_FILES if IS_RELEASE else VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.static.PackageFinder",
]
PAGE_ASSETS = {
    "vendor/bootstrap": ("bootstrap/dist", ["css/bootstrap.min.css*", "css/bootstrap.rtl.min.css*"]),
    "vendor/noto-sans": (
        "@fontsource/noto-sans",
        [f"files/noto-sans-{script}-[46]00-normal.woff2" for script in ("latin", "latin-ext", "cyrillic")],
    ),
    "vendor/noto-serif": (
        "@fontsource/noto-serif",
        [f"files/noto-serif-{script}-500-normal.woff2" for script in ("latin", "latin-ext", "cyrillic")],
    ),
    "vendor/noto-sans-arabic": (
        "@fontsource/noto-sans-arabic",
        ["files/noto-sans-arabic-arabic-[46]00-normal.woff2"],
    ),
    "vendor/noto-sans-sc": (
        "@fontsource/noto-sans-sc",
        ["400.css"]
        + [f"files/noto-sans-sc-{part}-400-normal.woff2" for part in ("[0-9]*", "latin*", "cyrillic", "vietnamese")],
    ),
    "vendor/sortable": ("sortablejs", ["Sortable.min.js"]),
    "vendor/jsqr": ("jsqr/dist", ["jsQR.js"]),
}
# The first is shared by all web processes: it says which codes of a second factor were used. The others are in the
# memory of each process, and keep few pages, however many addresses a visitor makes up.
IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kept_for_a_while"},
    "pages": {"BACKEND": IN_MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 40}},
    "facts": {"BACKEND": IN_MEMORY, "LOCATION": "facts"},
    "paper": {"BACKEND": IN_MEMORY, "LOCATION": "paper", "OPTIONS": {"MAX_ENTRIES": 8}},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.HashedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Security. Nothing inline and nothing from other hosts, in the admin too.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # monitoring asks for it from inside
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Celery carries out; the database decides. Publishing never waits long for a broker.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600  # a task takes a minute at most: one that hangs ends, and a new process takes its place
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_REDIS_SOCKET_TIMEOUT, CELERY_REDIS_SOCKET_CONNECT_TIMEOUT = 5, 2
CELERY_TIMEZONE = "UTC"
# Tasks after which Celery itself closes a connection to the database; by default it does so after each one.
# `CONN_MAX_AGE` and `CONN_HEALTH_CHECKS` decide before that: see `config/celery.py`.
CELERY_DB_REUSE_MAX = 10_000
CELERY_BEAT_SCHEDULE = schedule.SCHEDULE

LOGGING = log_filters.configuration(LOG_LEVEL, LOG_FORMAT)
