"""The user forms of the CMS: staff need not know names, keep all details right, and give no more than their own."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from accounts.flows.granting import Position, objections
from accounts.flows.profile import FIELDS
from accounts.models import User
from accounts.models.fields import MailboxField
from accounts.models.users import TAKEN
from accounts.personal_data.just_in_time import ALL_OTHERS

MORE = ("preferred_name", "phone", "postal_address")
ONLY_ADMINISTRATORS = _("Only an administrator can change this.")
RESTRICTED = _(
    "They asked us to restrict the use of their data, so our staff change none of it. What they want to have corrected "
    "is decided in their request."
)
OWN_ROLES = _("You can give the roles that may do no more than you.")


class PersonForm(UserForm):
    """Mix in before a user form of Wagtail's. Visitors need not tell their names, so staff must not have to."""

    told_by: ClassVar = {
        "groups": "groups",
        "password1": "account.password",
        "password2": "account.password",
        ALL_OTHERS: "account",
    }
    error_messages: ClassVar = UserForm.error_messages | {"duplicate_username": TAKEN}
    instance: User
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        """Take, besides what Wagtail gives, who of the staff fills the form in."""
        super().__init__(*args, **kwargs)
        self.by = by
        self.before = Position.of(self.instance)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False
        if not by.is_superuser:
            self.fields["groups"].help_text = OWN_ROLES
            if administrator := self.fields.get("is_superuser"):
                # For the eye only: what is posted all the same is refused in words.
                administrator.widget.attrs["disabled"] = True
                administrator.help_text = ONLY_ADMINISTRATORS

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.errors:
            for refusal in objections(self.by, self.instance, self.wanted):
                self.add_error(refusal.field, str(refusal))
            if self.instance.is_restricted and {*FIELDS, "email"} & {*self.changed_data}:
                self.add_error(None, RESTRICTED)
        return cleaned

    @property
    def wanted(self) -> Position:
        """The position that the form gives; what it does not ask for stays."""
        said = self.cleaned_data
        return Position(
            email=said["email"],
            is_superuser=said.get("is_superuser", self.before.is_superuser),
            is_active=said.get("is_active", self.before.is_active),
            roles=frozenset(role.pk for role in said["groups"]),
        )

    @property
    def gives_or_takes(self) -> bool:
        """Whether it changes the position of somebody, or makes somebody with more than an address."""
        nothing_yet = Position(email=self.wanted.email)
        return self.wanted != (self.before if self.before.email else nothing_yet)


class PersonCreationForm(PersonForm, UserCreationForm):
    email = MailboxField(label=_("E-mail address"))

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | set(MORE)
        widgets = UserCreationForm.Meta.widgets | {"postal_address": forms.Textarea(attrs={"rows": 4})}


class PersonEditForm(PersonForm, UserEditForm):
    email = MailboxField(label=_("E-mail address"))

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | set(MORE)
        widgets = UserEditForm.Meta.widgets | {"postal_address": forms.Textarea(attrs={"rows": 4})}
