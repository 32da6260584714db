"""The site as it is served, in a time zone whose midnight is where the bench wants it (`zone.py` writes it)."""

from plum.settings.dev import *  # noqa: F403
from tests.bench.crowd.zone import NAME

TIME_ZONE = NAME
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
