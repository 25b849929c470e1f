"""Django with nothing but the operation: no middleware, no session, no log line; the database as the house has it."""

from motcua.base.postgres import database_settings

SECRET_KEY = "a bench keeps no secret"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["bare"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bare.urls"
DATABASES = {"default": database_settings()}
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = False
UPLOAD_LIMIT = 50 * 1024 * 1024
