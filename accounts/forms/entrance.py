"""allauth's forms in plain words: labels and hints that say what is meant, and no placeholder that hides."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.flows import entrance
from accounts.models import User
from accounts.models.fields import MailboxField
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.second_factor import forms as factor_forms
from accounts.second_factor.confirmation import gave_password_just_now
from accounts.second_factor.passkeys import confirming, work_here
from accounts.values.wording import Words

ADDRESS = _("E-mail address")
HINT = _("12 characters or more. Three words that do not belong together are easy to remember and hard to guess.")


class PlainWords(forms.Form):
    """Mix in before a form of allauth's. A password is asked for once: the button beside it shows what was typed."""

    labels: ClassVar[dict[str, Words]] = {}
    hints: ClassVar[dict[str, Words]] = {}
    attributes: ClassVar[dict[str, dict[str, Words]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))
            field.error_messages["required"] = gettext("Fill this in.")
            field.label = self.labels.get(name, field.label)
            if name in self.hints or isinstance(field, PasswordField):
                field.help_text = self.hints.get(name, "")


class SignInByAddress(allauth_forms.LoginForm):
    """allauth makes its field when the form is made."""

    not_kept: ClassVar = {"password": factor_forms.COMPARED}
    told_by: ClassVar = {ALL_OTHERS: "security-events"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = MailboxField()


class SignInForm(PlainWords, SignInByAddress):
    labels: ClassVar = {"login": ADDRESS}
    attributes: ClassVar = {"login": {"autocomplete": "username"}}

    @property
    def passkey_config(self) -> dict[str, str] | None:
        """What the script needs to sign in with a passkey; nothing where passkeys do not work."""
        return confirming(self.request, "alone") if work_here(self.request) else None


class SignUpForm(PlainWords, allauth_forms.SignupForm):
    email = MailboxField()
    told_by: ClassVar = {"email": "account", "password1": "account.password", ALL_OTHERS: "policies-answered"}
    labels: ClassVar = {"email": ADDRESS}
    hints: ClassVar = {"email": _("We send you a link to confirm it."), "password1": HINT}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = entrance.boxes()
        for box in self.boxes:
            error = {"required": box.unticked}
            self.fields[box.name] = forms.BooleanField(label=box.label, initial=False, error_messages=error)

    @property
    def readings(self) -> list[entrance.Reading]:
        return entrance.readings()

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Answer whoever signs up with the same mailbox at the same moment, and comes second, as if it was long ago."""
        try:
            return super().try_save(request)
        except IntegrityError:
            if not User.objects.filter(email=self.cleaned_data["email"]).exists():
                raise
            self.account_already_exists = True
            return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        """Make the account together with what was ticked for it."""
        with transaction.atomic():
            person: User = super().save(request)
            entrance.record(person, [box.name for box in self.boxes if self.cleaned_data[box.name]])
        return person


class ResetPasswordForm(PlainWords, allauth_forms.ResetPasswordForm):
    email = MailboxField()
    told_by: ClassVar = {"email": "security-events"}
    labels: ClassVar = {"email": ADDRESS}


class NewPasswordForm(PlainWords, allauth_forms.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": _("New password")}
    told_by: ClassVar = {ALL_OTHERS: "account.password"}
    hints: ClassVar = {"password1": HINT}


class InvitationForm(NewPasswordForm):
    labels: ClassVar = {"password1": _("Password")}


class ChangePasswordForm(PlainWords, allauth_forms.ChangePasswordForm):
    """Asks for the current password, unless that was given within the last minutes (ASVS 5.0, 6.2.3)."""

    not_kept: ClassVar = {"oldpassword": factor_forms.COMPARED}
    told_by: ClassVar = {ALL_OTHERS: "account.password"}
    labels: ClassVar = {"oldpassword": _("Current password"), "password1": _("New password")}
    hints: ClassVar = {"password1": HINT}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if gave_password_just_now(get_adapter().request, self.user):
            del self.fields["oldpassword"]


class AddressForm(PlainWords, allauth_forms.AddEmailForm):
    email = MailboxField()
    told_by: ClassVar = {"email": "addresses"}
    labels: ClassVar = {"email": _("New e-mail address")}
    hints: ClassVar = {"email": _("We send a link there. Your address changes when you follow it.")}


class MailedCodeForm(PlainWords, allauth_forms.ConfirmLoginCodeForm):
    not_kept: ClassVar = {"code": factor_forms.COMPARED}
    labels: ClassVar = {"code": _("Code from the e-mail")}
    attributes: ClassVar = {"code": {"autocapitalize": "characters", "spellcheck": "false"}}


class ReauthenticateForm(PlainWords, factor_forms.ReauthenticateForm):
    pass
