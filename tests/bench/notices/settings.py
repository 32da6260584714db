"""Settings of the benchmark's processes: as in tests, with the peers installed and a real mail server."""

import os

from plum.settings import test
from plum.settings.test import *  # noqa: F403

INSTALLED_APPS = [*test.INSTALLED_APPS, "post_office", "mailer"]

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
NOTICES_EMAIL = {}

# What makes the peers fast without changing what they do: large batches, success not logged a second time.
POST_OFFICE = {
    "BACKENDS": {"default": EMAIL_BACKEND},
    "BATCH_SIZE": 1000,
    "LOG_LEVEL": 1,
    "LOCK_FILE_NAME": f"plum-bench-{os.getpid()}",
}
MAILER_EMAIL_BACKEND = EMAIL_BACKEND
MAILER_USE_FILE_LOCK = False
MAILER_EMAIL_LOG_MESSAGE_DATA = False
quiet = {"post_office": {"level": "ERROR", "handlers": ["stderr"], "propagate": False}}
LOGGING = test.LOGGING | {"loggers": test.LOGGING["loggers"] | quiet}
