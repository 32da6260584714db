"""What a person wants to be sent, and what they agree to."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.flows.consents import WORDINGS
from accounts.models import ConsentRecord, MailPreference
from accounts.personal_data.just_in_time import ALL_OTHERS

Purpose = ConsentRecord.Purpose
ASKED_HERE = [(purpose.value, purpose.label) for purpose in WORDINGS]


class PreferencesForm(forms.Form):
    told_by: ClassVar = {"policy_mail": "mail-preference"}

    policy_mail = forms.TypedChoiceField(
        label=_("When our policies change, send me e-mail about"),
        choices=MailPreference.PolicyMail.choices,
        coerce=MailPreference.PolicyMail,
        widget=forms.RadioSelect,
    )


class ConsentForm(forms.Form):
    """Reads one button: agree to one purpose in the words that were shown, or take back one or all."""

    told_by: ClassVar = {ALL_OTHERS: "consents"}

    agree = forms.TypedChoiceField(choices=ASKED_HERE, coerce=Purpose, empty_value=None, required=False)
    version = forms.IntegerField(required=False)
    take_back = forms.TypedMultipleChoiceField(choices=ASKED_HERE, coerce=Purpose, required=False)
