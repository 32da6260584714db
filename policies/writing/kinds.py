"""What kinds of change a draft makes, and what follows from it, as editors say it in the panel of the amendment."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from accounts.values.wording import day_in_words, days_in_words
from policies.versions.announcing import next_number
from policies.versions.kinds import KindOfChange
from policies.versions.least_notice import LeastNotice, earliest_for
from policies.versions.models import PolicyVersion, Significance

# Emptied when the draft is announced, with what each is then.
KIND_FIELDS: dict[str, object] = {"kinds": [], "short_notice_because": "", "tell_of_correction": False}


class SaysWhatKind(models.Model):
    """The fields of a policy that say what kinds of change its draft makes."""

    kinds = models.JSONField(
        _("What kinds of change?"),
        default=list,
        blank=True,
        help_text=_("Of an amendment. Tick all that apply: readers see it, and each asks for its days of notice."),
    )
    short_notice_because = models.TextField(
        _("Why it has to begin sooner"),
        blank=True,
        default="",
        help_text=_("Only where it begins before the earliest day. The reason stays with the version for ever."),
    )
    tell_of_correction = models.BooleanField(
        _("Tell people of the corrected description by e-mail"),
        default=False,
        help_text=_("Only asked where the description is corrected. The e-mail says that nothing else changes."),
    )

    class Meta:
        abstract = True

    kind_panels: ClassVar[list[Panel]] = [FieldPanel("kinds")]
    notice_panels: ClassVar[list[Panel]] = [
        FieldPanel("short_notice_because", widget=forms.Textarea(attrs={"rows": 1})),
    ]
    mail_panels: ClassVar[list[Panel]] = [FieldPanel("tell_of_correction")]

    def forget_the_kinds(self) -> None:
        """Empty these fields: they belong to the version now."""
        self.kinds, self.short_notice_because, self.tell_of_correction = [], "", False


class KindsField(forms.MultipleChoiceField):
    """Boxes to tick, each with the days of notice that it asks for."""

    widget = forms.CheckboxSelectMultiple

    def say_the_days(self, settings: LeastNotice) -> None:
        """Write behind each kind how many days before it is announced."""
        self.choices = [
            (
                kind.value,
                gettext("%(kind)s (%(days)s of notice)") % {"kind": kind.label, "days": days_in_words(days)}
                if days
                else kind.label,
            )
            for kind in KindOfChange
            for days in (settings.days_of(kind),)
        ]


def significances(newest: PolicyVersion) -> list[tuple[str, str]]:
    """Return the choices, each with the number that it would give."""
    number = {kind: ".".join(map(str, next_number(newest, kind))) for kind in Significance}
    return [
        (
            Significance.AMENDMENT.value,
            gettext("Yes, it is an amendment. It becomes version %(number)s, and registered people are told by e-mail.")
            % {"number": number[Significance.AMENDMENT]},
        ),
        (
            Significance.CORRECTION.value,
            gettext(
                "No, it corrects a typo, the style or a link. It becomes version %(number)s; nobody is sent an e-mail."
            )
            % {"number": number[Significance.CORRECTION]},
        ),
        (
            Significance.DESCRIBED.value,
            gettext(
                "No, the policy described wrongly what we do, and what we do stays the same. It becomes version "
                "%(number)s; you choose whether people are told by e-mail."
            )
            % {"number": number[Significance.DESCRIBED]},
        ),
    ]


def earliest_in_words(kinds: Iterable[str], kept: PolicyVersion | None, announced_on: dt.date) -> str:
    """Return from which day a draft can be in force, and which kind of change asks for it."""
    earliest = earliest_for(kinds, announced_on)
    day, why = earliest.day, earliest.why
    if kept and kept.effective_from > day:
        day, why = kept.effective_from, gettext("version %(number)s begins then") % {"number": kept.number}
    words = (
        gettext("%(day)s or later (%(why)s); that day, if it is left empty.")
        if why
        else gettext("%(day)s or later; that day, if it is left empty.")
    )
    return words % {"day": day_in_words(day), "why": why}
