"""Forgets what the templates know of the site as soon as an editor changes it."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.images import get_image_model
from wagtail.models import Page, Site
from wagtail.signals import post_page_move

from home.context import forget_facts
from home.models import Organisation
from policies.versions.models import PolicyVersion


def forget(instance: object, **_: object) -> None:
    """Forget now, for what this transaction reads next, and again when others can see what it wrote."""
    if isinstance(instance, Page | Site | Organisation | PolicyVersion | get_image_model()):
        forget_facts()
        transaction.on_commit(forget_facts)


def connect() -> None:
    for signal in (post_save, post_delete, post_page_move):
        signal.connect(forget, dispatch_uid="home.forget_facts")
