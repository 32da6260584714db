"""The user forms of the CMS: names are theirs to give, and the rest of the details can be kept right here, too."""

from typing import Any, ClassVar

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from accounts.models.fields import MailboxField
from accounts.models.users import TAKEN

MORE = ("preferred_name", "phone", "postal_address")


class OptionalNames:
    """Mix in before a user form of Wagtail's. Visitors need not tell their names, so staff must not have to."""

    error_messages: ClassVar = UserForm.error_messages | {"duplicate_username": TAKEN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False  # type: ignore[attr-defined]


class PersonCreationForm(OptionalNames, UserCreationForm):
    email = MailboxField(label="E-mail address")

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | set(MORE)
        widgets = UserCreationForm.Meta.widgets | {"postal_address": forms.Textarea(attrs={"rows": 4})}


class PersonEditForm(OptionalNames, UserEditForm):
    email = MailboxField(label="E-mail address")

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | set(MORE)
        widgets = UserEditForm.Meta.widgets | {"postal_address": forms.Textarea(attrs={"rows": 4})}
