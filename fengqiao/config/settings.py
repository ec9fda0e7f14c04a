"""Settings of one installation. What differs between installations comes from the environment (environment.py)."""

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from fengqiao.config import environment, keys, logs, messages, own_model

BASE_DIR = environment.BASE_DIR
ENVIRONMENT = environment.kind()
# A demo offers its accounts at the door and marks its papers as samples.
DEMO = ENVIRONMENT == "development"
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"
DEBUG = environment.debug(production=PRODUCTION)

FENGQIAO_HOME = environment.home()
KEYS = FENGQIAO_HOME / "keys"
SECRET_KEY = keys.secret_key(KEYS, production=PRODUCTION)
FIELD_KEYS = keys.field_keys(KEYS, production=PRODUCTION)
FIELD_CIPHER = environment.choice("FIELD_CIPHER", ("aes-gcm", "sm4-gcm"))
LEDGER_SIGNING_KEY = keys.ledger_signing_key(KEYS, production=PRODUCTION)
LEDGER_HASH = environment.choice("LEDGER_HASH", ("sha256", "sm3"))

# ── The house, from the ground up ────────────────────────────────────────────────────────────────────────────────────
OWN_APPS = [
    "fengqiao.ledger",
    "fengqiao.places",
    "fengqiao.bodies",
    "fengqiao.people",
    "fengqiao.disputes",
    "fengqiao.web",
    "fengqiao.papers",
    "fengqiao.intake",
    "fengqiao.routing",
    "fengqiao.mediation",
    "fengqiao.agreements",
    "fengqiao.fulfilment",
    "fengqiao.callbacks",
    "fengqiao.notices",
    "fengqiao.supervision",
    "fengqiao.portal",
    "fengqiao.desk",
    "fengqiao.api",
    "fengqiao.district",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "csp",
    *OWN_APPS,
    "fengqiao.config.apps.Wiring",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fengqiao.web.middleware.StaysSignedIn",
    "fengqiao.web.middleware.SignInRequired",
    "fengqiao.web.middleware.DutiesFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "fengqiao.config.urls"
WSGI_APPLICATION = "fengqiao.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fengqiao.web.context.site",
                "fengqiao.desk.nav.nav",
            ],
        },
    }
]

# ── Where things are kept ────────────────────────────────────────────────────────────────────────────────────────────
DATABASE_URL = environment.text("DATABASE_URL", default="sqlite:///db.sqlite3")
DATABASES = {"default": environment.database(DATABASE_URL, kind_=ENVIRONMENT, folder=FENGQIAO_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
FILES_ROOT = FENGQIAO_HOME / "files"
MEDIA_ROOT = FILES_ROOT
MEDIA_URL = ""
# The queue lives in the same database: a task is enqueued in the transaction of the act that asks for it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# ── Files the browser gets ───────────────────────────────────────────────────────────────────────────────────────────
NODE_MODULES = BASE_DIR / "node_modules"
NPM_FILES = {
    "@tabler/core/dist/css/tabler.min.css": "vendor/tabler.min.css",
    "signature_pad/dist/signature_pad.umd.min.js": "vendor/signature_pad.umd.min.js",
}
STATIC_URL = "static/"
STATIC_ROOT = FENGQIAO_HOME / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "fengqiao.config.assets.NpmFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "fengqiao.config.assets.Storage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG

# ── Language and time ────────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英语"))]
LOCALE_PATHS = [BASE_DIR / "fengqiao" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ── Who comes in ─────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["fengqiao.people.sign_in.Accounts"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# docs/sign-in.md. Wrong tries of one account (and of one address) that shut it, and for how many minutes.
LOCK_AFTER = environment.number("LOCK_AFTER", 5, least=1)
LOCK_AFTER_ADDRESS = environment.number("LOCK_AFTER_ADDRESS", 50, least=1)
LOCK_MINUTES = environment.number("LOCK_MINUTES", 15, least=1)
PASSWORD_DAYS = environment.number("PASSWORD_DAYS", 0)  # how long a password is good; 0: until it is changed
# 网络安全法 21(3): six months at least.
ACCESS_LOG_DAYS = environment.number("ACCESS_LOG_DAYS", 365, least=183)
# A demonstration lets its accounts in with one step; whoever wants a second one may have it.
SECOND_FACTOR = environment.choice("SECOND_FACTOR", ("required", "offered") if PRODUCTION else ("offered", "required"))
COUNTY_SIGN_IN = environment.county_sign_in(production=PRODUCTION)
# Sessions are rows, so that a person can see and end the ones that are open in their name.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_HOURS = environment.number("SESSION_HOURS", 12, least=1)  # the longest that anybody stays signed in
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
IDLE_MINUTES = environment.number("IDLE_MINUTES", 30, least=1)  # staff who do nothing are signed out
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "fengqiao.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

# ── What the browser is told ─────────────────────────────────────────────────────────────────────────────────────────
ALLOWED_HOSTS = environment.allowed_hosts(production=PRODUCTION)
PUBLIC_URL = environment.text("PUBLIC_URL").rstrip("/")
SECURE_SSL_REDIRECT = PRODUCTION and environment.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the balancer, inside
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# ── Messages that leave the house: docs/messages.md ──────────────────────────────────────────────────────────────────
SMS_PORT = messages.sms(production=PRODUCTION)
MAIL_PORT = messages.mail(production=PRODUCTION)
MESSAGE_TRIES = environment.number("MESSAGE_TRIES", 8, least=1)
MESSAGE_RETRY_SECONDS = environment.number("MESSAGE_RETRY_SECONDS", 60, least=1)  # after the first; then twice as long
MESSAGE_RETRY_CAP_SECONDS = environment.number("MESSAGE_RETRY_CAP_SECONDS", 3600, least=1)
MESSAGE_LEASE_SECONDS = environment.number("MESSAGE_LEASE_SECONDS", 120, least=1)  # longer than any port's patience

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# ── A second opinion on texts, off where nothing is set: docs/understanding.md ────────────────────────────────────────
OWN_MODEL = own_model.own_model(production=PRODUCTION)

LOGGING = logs.configuration(json_lines=PRODUCTION, quiet=TESTING)
