"""What staff say when they close somebody else's account."""

from typing import ClassVar, Unpack

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import ClosingRequest
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.values.options import Files, FormOptions, Given

Reason = ClosingRequest.Reason
FOR_STAFF = [choice for choice in Reason.choices if choice[0] != Reason.OWN_WISH]


class StaffClosingForm(forms.Form):
    told_by: ClassVar = {ALL_OTHERS: "closings"}

    reason = forms.TypedChoiceField(label=_("Reason"), choices=FOR_STAFF, coerce=Reason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("More about it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person can read this. It is deleted with the account."),
    )

    def __init__(self, data: Given = None, files: Files = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["reason"].error_messages["required"] = gettext("Choose a reason.")
