"""Another process of the site: announces for as long as it is told to, or dies while it is about to commit."""

import os
import signal
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from home.finished_pages.committing import site_guard  # noqa: E402
from home.models import Organisation  # noqa: E402


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def change(mark):
    with transaction.atomic():
        Organisation.objects.update(name=f"mark-{mark}-")


def die(mark):
    """Go between the raising of the guard and the commit."""
    with transaction.atomic():
        Organisation.objects.update(name=f"mark-{mark}-")
        with site_guard().raised():
            os.kill(os.getpid(), signal.SIGKILL)


def stand_still(mark):
    """Commit for as long as nobody says that it is enough."""
    with site_guard().raised():
        say("raised")
        sys.stdin.readline()
    say(mark)


DEEDS = {"change": change, "die": die, "stand": stand_still}

settings.VAR_DIR = os.environ["GUARD_FOLDER"]
connection.ensure_connection()
say("ready")
for line in sys.stdin:
    deed, mark = line.split()
    DEEDS[deed](mark)
    say(mark)
