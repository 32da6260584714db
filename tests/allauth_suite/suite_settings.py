"""Settings for allauth's own tests: our adapter, user, forms, middleware and pages; else allauth's defaults."""

from plum.settings.test import *  # noqa: F403

# What its tests presume unless they say otherwise.
for _name in [name for name in globals() if name.startswith("ACCOUNT_") and name != "ACCOUNT_FORMS"]:
    del globals()[_name]
ACCOUNT_ADAPTER = "suite_adapter.Adapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
AUTH_PASSWORD_VALIDATORS = []
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
ALLOWED_HOSTS = ["testserver", "example.com"]
SITE_URL = "http://testserver"
ROOT_URLCONF = "suite_urls"
LOGIN_REDIRECT_URL = "/accounts/profile/"
APPEND_SLASH = False

INSTALLED_APPS += ["suite", "django.contrib.admin", "django.contrib.sites"]  # noqa: F405
SITE_ID = 1
AUTH_USER_MODEL = "suite.User"
SILENCED_SYSTEM_CHECKS = ["models.E006", "models.E016"]
