"""Settings of the tests: the same house with a cheap hasher, plain static files and undefined variables that fail."""

from motcua.base.postgres.address import PREPARED
from motcua.site.settings import *  # noqa: F403
from motcua.site.settings import DATABASES, MIDDLEWARE, STORAGES, TEMPLATES
from motcua.site.undefined import Undefined

MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
assert isinstance(TEMPLATES[0]["OPTIONS"], dict)
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()
DATABASES["default"]["OPTIONS"] = {**PREPARED, "options": "-c motcua.tests_may_truncate=on"}  # and no pool
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "WARNING"}}
