"""Keeps announced policies, and the pages they stand under, online, in their place and at their address."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.values.wording import sentences
from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

WHY = _("people must be able to read, at the address they know, what applied to them")


def announced_under(pages: Iterable[object]) -> QuerySet[PolicyPage]:
    """Return the policies with versions among these pages and below them; anything that is no page is ignored."""
    below = [Q(path__startswith=page.path) for page in pages if isinstance(page, Page)]
    if not below:
        return PolicyPage.objects.none()
    announced = Exists(PolicyVersion.objects.filter(page=OuterRef("pk")))
    return PolicyPage.objects.filter(announced, Q(*below, _connector=Q.OR)).order_by("path")


def keep_page(
    sender: type, instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **_: object
) -> None:
    """Refuse to take such a page offline or change its slug, also when the base class is saved, as expiry does."""
    if raw or not issubclass(sender, Page) or instance._state.adding:
        return
    if update_fields is not None and not {"live", "slug"} & set(update_fields):
        return
    row = Page.objects.filter(pk=instance.pk).values("live", "slug").first()
    if row is None:
        return
    if row["live"] and not instance.live:
        _refuse_for(instance, gettext("“%(title)s” stays online.") % {"title": instance.title})
    if row["slug"] != instance.slug:
        words = gettext("“%(title)s” keeps the slug “%(slug)s”.")
        _refuse_for(instance, words % {"title": instance.title, "slug": row["slug"]}, "slug")


def keep_place(sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **_: object) -> None:
    """Refuse to move such a page under another one."""
    if parent_page_before.pk != parent_page_after.pk:
        _refuse_for(instance, gettext("“%(title)s” stays where it is.") % {"title": instance.title})


def _refuse_for(page: Page, words: str, field: str | None = None) -> None:
    policy = announced_under([page]).first()
    if policy is None:
        return
    if policy.pk == page.pk:
        why = gettext("It has announced versions: %(why)s.") % {"why": WHY}
    else:
        why = gettext("“%(title)s”, which stands under it, has announced versions: %(why)s.") % {
            "title": policy.title,
            "why": WHY,
        }
    refusal = AnnouncementRefused(sentences(words, why), field)
    refusal.page_id = page.pk
    raise refusal
