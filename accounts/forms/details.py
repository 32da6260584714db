"""What a person tells of themselves."""

from typing import ClassVar, Unpack

from django import forms

from accounts.flows.profile import FIELDS
from accounts.models import User
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.values.options import Files, FormOptions, Given

AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "preferred_name": "nickname",
    "phone": "tel",
    "postal_address": "street-address",
}


class DetailsForm(forms.ModelForm):
    """Reads the values; the rule `update_details` writes them."""

    told_by: ClassVar = {ALL_OTHERS: "account"}

    class Meta:
        model = User
        fields = FIELDS

    def __init__(
        self, data: Given = None, files: Files = None, *, instance: User | None = None, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, instance=instance, **options)
        self.fields["postal_address"].widget.attrs["rows"] = 5
        for name, purpose in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose
