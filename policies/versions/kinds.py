"""What an amendment changes for people: the kinds that an editor ticks, frozen with the version, shown to readers."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class KindOfChange(models.TextChoices):
    """In the order in which they are asked and shown."""

    NEW_PURPOSE = "new-purpose", _("New purpose")
    NEW_DATA = "new-data", _("New data")
    NEW_RECIPIENT = "new-recipient", _("New recipient")
    TRANSFER = "transfer-abroad", _("Transfer abroad")
    LONGER = "longer-keeping", _("Kept longer")
    AUTOMATED = "automated-decisions", _("Automated decisions")
    RIGHTS = "rights", _("Rights")
    OTHER = "other", _("Other")


# Of these people must be told before they begin: the regulator on `LAW.NEW_USES`.
NEW_USES = frozenset(
    {
        KindOfChange.NEW_PURPOSE,
        KindOfChange.NEW_DATA,
        KindOfChange.NEW_RECIPIENT,
        KindOfChange.TRANSFER,
        KindOfChange.AUTOMATED,
    }
)


class OfKinds(models.Model):
    """The part of a version that says what kinds of change it makes, and why it begins at short notice. Frozen."""

    kinds = models.JSONField(default=list, blank=True, help_text="Values of KindOfChange, in its order.")
    short_notice_because = models.TextField(
        blank=True, default="", help_text="Why it begins sooner than the settings of then asked for; else empty."
    )

    class Meta:
        abstract = True

    @property
    def kinds_in_words(self) -> list[str]:
        return in_words(self.kinds)

    @property
    def kinds_for_readers(self) -> list[str]:
        """Return the same without “Other”, which tells a reader nothing."""
        return in_words(kind for kind in self.kinds if kind != KindOfChange.OTHER)


def in_order(kinds: Iterable[str]) -> list[str]:
    """Return those kinds that there are, each once, in their order."""
    chosen = set(kinds)
    return [kind.value for kind in KindOfChange if kind.value in chosen]


def in_words(kinds: Iterable[str]) -> list[str]:
    return [str(KindOfChange(kind).label) for kind in in_order(kinds)]


def facts_of_kinds(version: OfKinds) -> dict[str, object]:
    """Return what the chain covers of it: only what is set, so that older chains stay as they are."""
    facts = {"kinds": version.kinds, "short_notice_because": version.short_notice_because}
    return {name: fact for name, fact in facts.items() if fact}
