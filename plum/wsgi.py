"""The WSGI application that granian serves."""

import gc
import os

from django.conf import settings
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application

from plum.bodies import WholeBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plum.settings.production")


# Files are uploaded in the CMS, and with rights requests.
WITH_FILES = ("/cms/", "/data-rights/", "/account/requests/")


def most_bytes(path: str) -> int:
    """Return how many bytes may be sent to an address."""
    return int(settings.UPLOAD_MAX_SIZE if path.startswith(WITH_FILES) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


django = get_wsgi_application()

from home.operations.alarms import watch_the_housekeeping  # noqa: E402  (they need the apps, loaded by now)
from plum.finished import keep_finished_pages, tell_caches_in_front  # noqa: E402

# Not before the first request: a connection must not be shared with a forked process.
request_started.connect(watch_the_housekeeping, dispatch_uid="plum.watch_the_housekeeping")

application = WholeBodies(tell_caches_in_front(keep_finished_pages(django)), most_bytes)

# What is loaded stays: the garbage collector need not look through it again and again while pages are made.
gc.freeze()
