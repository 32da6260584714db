"""What a person wants to be sent, and what they agree to."""

from django import forms

from accounts.models import ConsentRecord, MailPreference

Purpose = ConsentRecord.Purpose


class PreferencesForm(forms.Form):
    policy_mail = forms.TypedChoiceField(
        label="When our policies change, send me e-mail about",
        choices=MailPreference.PolicyMail.choices,
        coerce=MailPreference.PolicyMail,
        widget=forms.RadioSelect,
    )


class ConsentForm(forms.Form):
    """Reads one button: agree to one purpose in the words that were shown, or take back one or all."""

    agree = forms.TypedChoiceField(choices=Purpose.choices, coerce=Purpose, empty_value=None, required=False)
    version = forms.IntegerField(required=False)
    take_back = forms.TypedMultipleChoiceField(choices=Purpose.choices, coerce=Purpose, required=False)
