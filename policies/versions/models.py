"""The announced versions of the policies: frozen, numbered, chained, in force by date."""

import datetime as dt
from functools import cached_property
from typing import NoReturn, Unpack

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.values.options import SaveOptions
from policies.texts.document import Document, from_json
from policies.versions.asking import AskedOfPeople
from policies.versions.kinds import OfKinds

# What may still change after announcing: withdrawal, and whoever is erased one day.
FREE_FIELDS = frozenset({"withdrawn_at", "withdrawn_reason", "withdrawn_by", "announced_by"})


class FrozenError(TypeError):
    """An announced version is neither changed nor deleted."""


def refuse_to_change(*_: object, **__: object) -> NoReturn:
    """Stand in for what would change or delete an announced version.

    Raises:
        FrozenError: always.
    """
    raise FrozenError("An announced version is neither changed nor deleted; announce a new one, or withdraw it.")


class Significance(models.TextChoices):
    """DESCRIBED: the policy said wrongly what is done with people's data; what is done stays as it was."""

    AMENDMENT = "amendment", _("Amendment")
    CORRECTION = "correction", _("Correction")
    DESCRIBED = "described", _("Description corrected, nothing else changed")


class Standing(models.TextChoices):
    """A version's standing on a date: computed, never stored."""

    IN_FORCE = "in-force", _("In force")
    UPCOMING = "upcoming", _("Upcoming")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def of(self, slug: str) -> "PolicyVersionQuerySet":
        return self.filter(slug=slug)

    def kept(self) -> "PolicyVersionQuerySet":
        """All that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def newest_kept(self, page_id: int | None, *, before: int | None = None) -> "PolicyVersion | None":
        """Return a policy's newest version that was not withdrawn; of those before a sequence, if one is given.

        That is the version which an announcement amends. `History.before` answers the same in memory.
        """
        earlier = {} if before is None else {"sequence__lt": before}
        return self.kept().filter(page=page_id, **earlier).order_by("-sequence").first()

    def in_force(self, *, on: dt.date) -> "PolicyVersionQuerySet":
        """The version of each policy in force on that day: the newest that had begun."""
        return self.kept().filter(~Exists(_newer().filter(effective_from__lte=on)), effective_from__lte=on)

    def upcoming(self, *, on: dt.date) -> "PolicyVersionQuerySet":
        """What comes into force after that day, soonest first; not what a newer version replaces before it begins."""
        replaced = _newer().filter(effective_from__lte=OuterRef("effective_from"))
        return self.kept().filter(~Exists(replaced), effective_from__gt=on).order_by("effective_from", "sequence")

    def with_amended(self) -> "PolicyVersionQuerySet":
        """With `amended`: the number of the version that each one amends, None for a policy's first."""
        older = PolicyVersion.objects.kept().filter(page=OuterRef("page"), sequence__lt=OuterRef("sequence"))
        number = Concat("major", Value("."), "minor", output_field=models.CharField())
        return self.annotate(amended=Subquery(older.order_by("-sequence").values(number=number)[:1]))

    def outline(self) -> "PolicyVersionQuerySet":
        """Without the texts: the cost of a list must not grow with what the policies say."""
        return self.defer("content", "text")

    def update(self, **fields: object) -> int:
        if not set(fields) <= FREE_FIELDS:
            refuse_to_change()
        return super().update(**fields)

    def delete(self) -> NoReturn:
        refuse_to_change()


def _newer() -> PolicyVersionQuerySet:
    return PolicyVersion.objects.kept().filter(page=OuterRef("page"), sequence__gt=OuterRef("sequence"))


class PolicyVersion(AskedOfPeople, OfKinds, models.Model):
    """One announced text of a policy. Made only by `announcing.announce()`; then only withdrawal can change."""

    page = models.ForeignKey("policies.PolicyPage", on_delete=models.PROTECT, related_name="versions")
    revision = models.OneToOneField(
        "wagtailcore.Revision",
        on_delete=models.PROTECT,
        related_name="policy_version",
        help_text="The draft announced.",
    )
    slug = models.SlugField(
        max_length=255, db_index=False, help_text="The policy's address, fixed by its first version."
    )
    sequence = models.PositiveIntegerField(help_text="1, 2, 3 … in the order of announcing.")
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    significance = models.CharField(max_length=10, choices=Significance)
    change_summary = models.TextField(blank=True)
    effective_from = models.DateField()
    announced_at = models.DateTimeField(help_text="In whole seconds: exports of the database cut the rest.")
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, help_text="When it was recorded here, if announced elsewhere before.")
    title = models.CharField(max_length=255)
    content = models.JSONField(help_text="The document, as policies.texts.document.codec writes it.")
    text = models.TextField(help_text="The canonical text.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical text.")
    chain = models.CharField(max_length=64, help_text="SHA-256 over this version's facts and its predecessor's chain.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, default="")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        permissions = [
            ("take_evidence", "Can take the evidence of a version, with the names of colleagues"),
            ("take_evidence_of_person", "Can take the evidence of one person and a version"),
        ]
        ordering = ["slug", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "sequence"], name="policies_version_slug_sequence"),
            models.UniqueConstraint(fields=["page", "sequence"], name="policies_version_page_sequence"),
            models.UniqueConstraint(fields=["page", "major", "minor"], name="policies_version_number"),
            models.CheckConstraint(condition=Q(sequence__gte=1, major__gte=1), name="policies_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="policies_version_withdrawn_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(sequence=1) | ~Q(change_summary=""), name="policies_version_later_have_summary"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    def save(self, **options: Unpack[SaveOptions]) -> None:
        changing = options.get("update_fields")
        if not self._state.adding and (changing is None or not set(changing) <= FREE_FIELDS):
            refuse_to_change()
        super().save(**options)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        refuse_to_change()

    def get_absolute_url(self) -> str:
        return reverse("policies:version", args=[self.slug, self.number])

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_amendment(self) -> bool:
        return self.significance == Significance.AMENDMENT

    @property
    def announced_on(self) -> dt.date:
        return timezone.localdate(self.announced_at)

    @cached_property
    def document(self) -> Document:
        return from_json(self.content)
