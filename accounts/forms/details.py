"""What a person tells of themselves."""

from typing import Any

from django import forms

from accounts.flows.profile import FIELDS
from accounts.models import User

AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "preferred_name": "nickname",
    "phone": "tel",
    "postal_address": "street-address",
}


class DetailsForm(forms.ModelForm):
    """Reads the values; the rule `update_details` writes them."""

    class Meta:
        model = User
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postal_address"].widget.attrs["rows"] = 5
        for name, purpose in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose
