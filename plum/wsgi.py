"""The WSGI application that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from plum.bodies import WholeBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plum.settings.production")


def most_bytes(path: str) -> int:
    """Return how many bytes may be sent to an address: files are uploaded in the CMS only."""
    in_cms = path.startswith("/cms/")
    return int(settings.UPLOAD_MAX_SIZE if in_cms else settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


application = WholeBodies(get_wsgi_application(), most_bytes)
