"""Django's settings, all of them derived from the environment (see environment.py)."""

from pathlib import Path

from pupitre import connectors
from pupitre.config import environment
from pupitre.config.secrets import kept

DATA_DIR = Path(environment.read("PUPITRE_DATA_DIR")).absolute()
BASE_URL, _host = environment.base_url()
_https = BASE_URL.startswith("https://")

DEBUG = environment.yes("PUPITRE_DEBUG")
SECRET_KEY = kept(DATA_DIR / "secret.key", environment.read("PUPITRE_SECRET_KEY"))
CREDENTIALS_KEY = kept(DATA_DIR / "credentials.key", environment.read("PUPITRE_CREDENTIALS_KEY"))
LINK_HOSTS = environment.link_hosts()
ALLOWED_HOSTS = [_host, "127.0.0.1", "localhost", *LINK_HOSTS]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

ROOMS = (
    "desk", "training", "archive", "measurement", "crisis", "listening", "conversations", "relations", "editorial",
    "publishing",
    "library", "links", "channels", "strategy", "ledger", "shell", "core",
)  # fmt: skip
INSTALLED_APPS = [
    # The rooms come first: the shell dresses the sign-in pages of the packages below.
    *(f"pupitre.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "pupitre.engine",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pupitre.shell.web.middleware.language",
    "pupitre.shell.web.middleware.content_policy",
    "pupitre.shell.web.middleware.refusals",
    "pupitre.shell.web.idempotency.idempotency",
]

ROOT_URLCONF = "pupitre.config.urls"
ASGI_APPLICATION = "pupitre.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "pupitre.shell.templatetags.pupitre",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pupitre.shell.web.context.desk",
            ],
        },
    }
]

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"

ACCOUNT_ADAPTER = "pupitre.shell.web.account.ClosedDoor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pupitre"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = "UTC"
USE_I18N = True
LOCALE_PATHS = [Path(connectors.__file__).parent / "locale"]  # not an application: it knows no Django
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 86400
MEDIA_ROOT = DATA_DIR / "media"
S3_URL = environment.bucket()
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DEFAULT_FROM_EMAIL = environment.read("PUPITRE_MAIL_FROM")
for _name, _value in environment.email().items():
    globals()[_name] = _value

WORKER_THREADS = environment.number("PUPITRE_WORKER_THREADS", least=1, most=64)
LEASE_SECONDS = environment.lease()
LOOK_SECONDS = environment.number("PUPITRE_LOOK_SECONDS", least=1, most=3600)
INBOX_SECONDS = environment.number("PUPITRE_INBOX_SECONDS", least=1, most=3600)
FEED_SECONDS = environment.number("PUPITRE_FEED_SECONDS", least=1, most=86400)
ALLOW_PRIVATE_ADDRESSES = environment.yes("PUPITRE_ALLOW_PRIVATE_ADDRESSES")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"pupitre": {"level": "INFO"}, "httpx": {"level": "WARNING"}},
}
