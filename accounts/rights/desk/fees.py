"""Asking for a fee: on which ground, how much, how that was worked out, and how to pay."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights.desk.forms import DeedForm, words_field
from accounts.values.country import COUNTRY, LAW


class FeeForm(DeedForm):
    """A fee is asked for on a ground that the law knows, and is no more than what the answer costs."""

    ground = forms.ChoiceField(
        label=_("On which ground?"),
        choices=list(LAW.FEE_GROUNDS.items()),
        widget=forms.RadioSelect,
        help_text=_("The person reads it."),
    )
    amount = forms.DecimalField(
        label=format_lazy(_("How much, in {money}?"), money=COUNTRY.MONEY),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        help_text=_("Nothing more is asked for than what the answer costs us."),
    )
    worked_out = words_field(_("How was that worked out?"), _("Copies, postage, hours: each with its number."))
    how_to_pay = words_field(_("How can it be paid?"))


def fee_in_words(given: Mapping[str, Any]) -> str:
    """Return what the letter says of a fee.

    Args:
        given: what the form says.
    """
    amount = COUNTRY.MONEY_WRITTEN % {"amount": f"{given['amount']:,.2f}"}
    return "\n\n".join(
        (
            gettext("%(ground)s. The fee is %(amount)s.")
            % {"ground": LAW.FEE_GROUNDS[given["ground"]], "amount": amount},
            gettext("How it was worked out: %(words)s") % {"words": given["worked_out"].strip()},
            gettext("How to pay: %(words)s") % {"words": given["how_to_pay"].strip()},
        )
    )
