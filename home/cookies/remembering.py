"""What the organisation has chosen about cookies and statistics, without a query for each page."""

from typing import Final, cast

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Site

from home.cookies.models import Choices
from home.finished_pages.making import for_a_kept_page

KEY: Final = "home.cookies.choices"


def choices() -> Choices:
    """Return the setting of the site, saved or not. Where the database is gone, nobody is asked and nothing counted."""
    try:
        anew = for_a_kept_page(KEY, _look_up)
        return anew or cast(Choices, cache.get_or_set(KEY, _look_up, settings.FACTS_KEPT.total_seconds()))
    except DatabaseError:
        return Choices()


def _look_up() -> Choices:
    # Not for_site(): that writes a row where there is none, and reading must do with a database that is read-only.
    found = Choices.objects.filter(site__is_default_site=True).first()
    return found or Choices()


def forget(instance: object, **_: object) -> None:
    if isinstance(instance, Choices | Site):
        cache.delete(KEY)
        transaction.on_commit(lambda: cache.delete(KEY))


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(forget, dispatch_uid="home.cookies.forget")
