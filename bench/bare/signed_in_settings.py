"""The house's own settings, middleware and sign-in, with the operation as its only address."""

from motcua.site import settings as house

globals().update({name: value for name, value in vars(house).items() if name.isupper()})  # settings are module names

INSTALLED_APPS = [*house.INSTALLED_APPS, "bare"]
ROOT_URLCONF = "bare.signed_in_urls"
