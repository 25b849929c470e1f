"""All settings of Motcua, in one typed file. The environment variables are listed in docs/settings.md."""

from importlib.util import find_spec
from pathlib import Path

from motcua.base.postgres import database_settings, home
from motcua.site import environment
from motcua.site.modules import MODULES

DEBUG = environment.switch("MOTCUA_DEBUG", False)
SECRET_KEY = environment.secret("MOTCUA_SECRET_KEY", kept_in=home() / "secret-key")
ALLOWED_HOSTS = environment.text("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = environment.text("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000")  # stands in QR codes and messages
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
PROXIES = environment.number("MOTCUA_PROXIES", 0)  # of ours that each request comes through
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None

INSTALLED_APPS = [
    "django_cotton.apps.SimpleAppConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    *[module for module in MODULES if find_spec(module)],
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.site.middleware.BehindProxies",
    "motcua.site.middleware.RequestLog",
    "motcua.site.middleware.KeptByNobody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.site.middleware.ChosenLanguage",
    "motcua.site.middleware.UploadLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "motcua.organizations.gateways.sessions.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.site.middleware.ContentPolicy",
    "motcua.site.middleware.Refusals",
    "motcua.site.middleware.ReadableAddress",
]

ROOT_URLCONF = "motcua.site.urls"
WSGI_APPLICATION = "motcua.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.site.context.face",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
            ],
        },
    }
]

FORM_RENDERER = "motcua.ui.forms.Renderer"

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organizations.Account"
AUTHENTICATION_BACKENDS = ["motcua.organizations.gateways.sign_in.PasswordSignIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "organizations:sign_in"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "site:home"

CSRF_FAILURE_VIEW = "motcua.site.views.forbidden"

SESSION_ENGINE = "motcua.organizations.gateways.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = Path(environment.text("MOTCUA_FILES", str(home() / "files")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
UPLOAD_LIMIT = environment.number("MOTCUA_UPLOAD_MB", 50) * 1024 * 1024

# Mail goes out once a sender is set; notices are shown on the page in any case.
MAIL_FROM = environment.text("MOTCUA_MAIL_FROM", "")
EMAIL_HOST = environment.text("MOTCUA_MAIL_HOST", "localhost")
EMAIL_PORT = environment.number("MOTCUA_MAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("MOTCUA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.text("MOTCUA_MAIL_PASSWORD", "")
EMAIL_USE_TLS = environment.switch("MOTCUA_MAIL_TLS", False)
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs must not hold up the worker

# SMS and Zalo go out through partners that speak the protocol of docs/messages.md; without an address they are closed.
SMS_URL = environment.text("MOTCUA_SMS_URL", "")
SMS_SECRET = environment.text("MOTCUA_SMS_SECRET", "")
ZALO_URL = environment.text("MOTCUA_ZALO_URL", "")
ZALO_SECRET = environment.text("MOTCUA_ZALO_SECRET", "")
MESSAGE_TIMEOUT = environment.number("MOTCUA_MESSAGE_TIMEOUT", 10)  # seconds for each wait on a partner

# Fees are paid online once a gateway is named; until then pages say that none is connected.
PAYMENT_GATEWAY = environment.text("MOTCUA_PAYMENT_GATEWAY", "http")
PAYMENT_URL = environment.text("MOTCUA_PAYMENT_URL", "")
PAYMENT_MERCHANT = environment.text("MOTCUA_PAYMENT_MERCHANT", "motcua")
PAYMENT_SECRET = environment.text("MOTCUA_PAYMENT_SECRET", "")
PAYMENT_TIMEOUT = environment.number("MOTCUA_PAYMENT_TIMEOUT", 10)  # seconds
PAYMENT_ORDER_MINUTES = environment.number("MOTCUA_PAYMENT_ORDER_MINUTES", 15)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "motcua.site.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": environment.text("MOTCUA_LOG_LEVEL", "INFO")},
    "loggers": {name: {"level": "WARNING"} for name in ("procrastinate", "pikepdf", "fontTools")},
}
