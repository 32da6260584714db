"""How many days before it begins an amendment is announced at least: by the site's settings, and by law."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from accounts.values.wording import day_in_words, days_in_words
from policies.versions.kinds import NEW_USES, KindOfChange, in_order
from policies.versions.models import Significance
from policies.versions.proposals import Proposal

# “You must bring any new uses of an individual's personal data to their attention before you start the processing”: the
# regulator on the right to be informed. So it begins on the next day at the earliest, whatever the settings say.
DAYS_BY_LAW = 1
NO_KIND = _("Say what kind of change it is: each has its days of notice. Tick all that apply, or “Other” if none does.")


def _days(kind: KindOfChange, default: int) -> models.PositiveSmallIntegerField[int, int]:
    least = DAYS_BY_LAW if kind in NEW_USES else 0
    return models.PositiveSmallIntegerField(
        lazy(lambda label: str(label).lower(), str)(kind.label),
        default=default,
        validators=[MinValueValidator(least), MaxValueValidator(365)],
        help_text=format_lazy(_("In days, {least} at least."), least=least) if least else _("In days."),
    )


@register_setting(icon="calendar-alt", order=991)  # beside the notices'
class LeastNotice(BaseGenericSetting):
    """For each kind of change, the days between announcing and the day in force. Going below needs a reason."""

    new_purpose = _days(KindOfChange.NEW_PURPOSE, 30)
    new_data = _days(KindOfChange.NEW_DATA, 30)
    new_recipient = _days(KindOfChange.NEW_RECIPIENT, 30)
    transfer_abroad = _days(KindOfChange.TRANSFER, 30)
    longer_keeping = _days(KindOfChange.LONGER, 14)
    automated_decisions = _days(KindOfChange.AUTOMATED, 30)
    rights = _days(KindOfChange.RIGHTS, 14)
    other = _days(KindOfChange.OTHER, 0)

    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            "<p>How many days before it begins an amendment is announced, for each kind of change. Of several kinds "
            "the longest counts. Sooner needs a written reason, which stays with the version. New uses of people's "
            "data begin one day after announcing at the earliest, whatever stands here: people must know before.</p>"
        ),
        *(FieldPanel(kind.value.replace("-", "_"), heading=kind.label) for kind in KindOfChange),
    ]

    class Meta:
        verbose_name = _("least notice")

    @classmethod
    def current(cls) -> "LeastNotice":
        """Return what is set, or the defaults; unlike `load()`, asking writes nothing."""
        return cls.objects.first() or cls()

    def days_of(self, kind: str) -> int:
        """Return the days for one kind."""
        return max(int(getattr(self, kind.replace("-", "_"))), days_by_law([kind]))


def days_by_law(kinds: Iterable[str]) -> int:
    return DAYS_BY_LAW if NEW_USES & set(kinds) else 0


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first day on which something may begin: by the settings, because of `kind`, and by law."""

    day: dt.date
    by_law: dt.date
    days: int
    kind: str = ""

    @property
    def why(self) -> str:
        """Return which kind asks for how much; nothing where none does."""
        return (
            gettext("%(kind)s: %(days)s of notice")
            % {"kind": KindOfChange(self.kind).label, "days": days_in_words(self.days)}
            if self.kind
            else ""
        )


def earliest_for(kinds: Iterable[str], announced_on: dt.date) -> Earliest:
    """Return when changes of these kinds may begin at the earliest, if they are announced on that day."""
    kinds = in_order(kinds)
    if not kinds:
        return Earliest(announced_on, announced_on, 0)
    settings = LeastNotice.current()
    days, kind = max(((settings.days_of(kind), kind) for kind in kinds), key=lambda each: each[0])
    by_law = dt.timedelta(days=days_by_law(kinds))
    return Earliest(announced_on + dt.timedelta(days=days), announced_on + by_law, days, kind if days else "")


def earliest_of(proposal: Proposal, announced_on: dt.date) -> Earliest:
    """Return the same for a proposal: only amendments announced here give notice."""
    gives_notice = proposal.significance == Significance.AMENDMENT and not proposal.announced_elsewhere
    return earliest_for(proposal.kinds if gives_notice else (), announced_on)


def objections_to_notice(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield what speaks against the kinds and the day of a later version, in words, with the field to mend."""
    if proposal.kinds and proposal.significance in (Significance.CORRECTION, Significance.DESCRIBED):
        yield gettext("Only an amendment is of such a kind. Take the ticks away, or call it an amendment."), "kinds"
        return
    if set(proposal.kinds) - set(KindOfChange.values):
        yield gettext("Choose among the kinds that are offered."), "kinds"
        return
    if not proposal.kinds and proposal.significance == Significance.AMENDMENT and not proposal.announced_elsewhere:
        yield str(NO_KIND), "kinds"
        return
    earliest, asked = earliest_of(proposal, proposal.announcing_day), proposal.effective_from
    if asked is None or asked < proposal.announcing_day:
        return
    if asked < earliest.by_law:
        yield (
            gettext("People must be told of a new use of their data before it begins, so the earliest day is %(day)s.")
            % {"day": day_in_words(earliest.by_law)},
            "effective_from",
        )
    elif asked < earliest.day and not proposal.short_notice_because.strip():
        yield (
            gettext(
                "%(why)s. So the earliest day is %(day)s. Choose that day or a later one, or say below why it "
                "has to be sooner."
            )
            % {"why": earliest.why, "day": day_in_words(earliest.day)},
            "effective_from",
        )
