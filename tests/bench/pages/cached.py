"""Settings of the plain Wagtail site with Django's cache middleware around it, as Django's documentation has it."""

from tests.bench.pages.plain import *  # noqa: F403

MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    "tests.bench.pages.silence.without_our_words",
    *MIDDLEWARE,  # noqa: F405
    "django.middleware.cache.FetchFromCacheMiddleware",
]
