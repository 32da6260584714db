"""What a policy asks of people with an account, as editors choose it: for the policy, and for one amendment."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel

from policies.versions.asking import NOBODY_AGAIN, Asking, AsksFor

# Of the policy, and of one amendment: these are emptied when it is announced.
POLICY_FIELDS = ("asks_for", "grace_days", "least_age")
THIS_TIME_FIELDS = ("asks_this_time", "asks_because")
ASKING_FIELDS = (*POLICY_FIELDS, *THIS_TIME_FIELDS)


class AsksPeople(models.Model):
    """The fields of a policy that say what it asks people for."""

    asks_for = models.CharField(
        _("What does this policy ask of people with an account?"),
        max_length=15,
        blank=True,
        default="",
        choices=AsksFor,
        help_text=_(
            "Being told is not agreeing: what you choose is asked by a button, and nothing else counts. It is "
            "asked of an amendment once that is in force, never of a correction."
        ),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("Days to answer"),
        null=True,
        blank=True,
        default=14,
        validators=[MaxValueValidator(365)],
        help_text=_(
            "From the day in force. So long people with an account may answer later; then the site asks on "
            "each page of their account. Their details, data, rights, closing and the policies are never kept "
            "from them."
        ),
    )
    least_age = models.PositiveSmallIntegerField(
        _("Least age"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("In years. Whoever accepts says that they are so old. Leave it empty to ask for no age."),
    )
    asks_this_time = models.CharField(
        _("Whom does this amendment ask to agree?"),
        max_length=15,
        blank=True,
        default="",
        choices=[
            ("", _("What the policy asks, on the tab Agreeing")),
            (AsksFor.ACKNOWLEDGEMENT.value, _("Everybody to acknowledge it")),
            (AsksFor.ACCEPTANCE.value, _("Everybody to accept it")),
            (NOBODY_AGAIN, _("Nobody again who agreed to an earlier version")),
        ],
    )
    asks_because = models.TextField(
        _("Why people are asked"),
        blank=True,
        default="",
        help_text=_(
            "In plain words: people see it with the question. Needed where this amendment asks otherwise than "
            "the policy. It stays with the version for ever."
        ),
    )

    class Meta:
        abstract = True

    agreeing: ClassVar[Panel] = ObjectList(
        [
            FieldPanel("asks_for", widget=forms.RadioSelect),
            FieldPanel("grace_days"),
            FieldPanel("least_age"),
        ],
        heading=_("Agreeing"),
    )
    this_time: ClassVar[list[Panel]] = [
        FieldPanel("asks_this_time", widget=forms.RadioSelect),
        FieldPanel("asks_because"),
    ]

    @property
    def asking(self) -> Asking:
        """What the page, as it is in memory, asks for."""
        return asking_in({name: getattr(self, name) for name in ASKING_FIELDS})


def asking_in(value: Mapping[str, Any]) -> Asking:
    """Return what is asked by the values of a page or of its form, by the names of the fields."""
    return Asking(
        asks_for=value["asks_for"] or "",
        this_time=value["asks_this_time"] or "",
        because=value["asks_because"] or "",
        grace_days=value["grace_days"] or 0,
        least_age=value["least_age"],
    )
