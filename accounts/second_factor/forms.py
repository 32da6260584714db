"""The forms that ask for a code: at sign-in, before a change, and to set up an app; and those that name and remove."""

from collections.abc import Iterable
from typing import Any, ClassVar, Unpack

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm as PasswordForm
from django import forms
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device
from django_otp.models import Device

from accounts.second_factor.factors import Factor, code_devices, has_passkey
from accounts.second_factor.given_codes import CodeRefused, check, verify
from accounts.second_factor.models import RecoveryDevice
from accounts.second_factor.passkeys import confirming, just_given, take_given
from accounts.values.options import Files, FormOptions, Given
from accounts.values.person import Person
from accounts.values.wording import Words

APP = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}
# Letters and digits. The browser must not remember them.
RECOVERY = APP | {"autocomplete": "off", "inputmode": "text"}


COMPARED = _("Compared, and not kept.")


def code_field(label: Words, attrs: dict[str, str], help_text: Words) -> forms.CharField:
    return forms.CharField(label=label, max_length=64, widget=forms.TextInput(attrs), help_text=help_text)


def name_field(initial: Words = "") -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=64,
        initial=initial,
        help_text=_("So that you know it again, such as “My phone”."),
    )


class DeviceField(forms.ChoiceField):
    """Names the device that the code belongs to. Accepts only the person's own."""

    default_error_messages = dict.fromkeys(
        ("required", "invalid_choice"), _("This method of yours is not there any more. Reload the page and try again.")
    )

    def __init__(self, devices: Iterable[str], chosen: Device | None) -> None:
        initial = chosen.persistent_id if chosen else None
        choices = [(device, device) for device in devices]
        super().__init__(label=gettext("Method"), choices=choices, initial=initial, widget=forms.HiddenInput)


class TakesCode(forms.Form):
    """Takes a code of one of the person's devices: the one named by `?with=`, or the app used last."""

    given: Device | None = None
    not_kept: ClassVar[dict[str, Words]] = {"otp_token": COMPARED}

    def ask_code(self, request: HttpRequest, user: Person) -> None:
        """Add the fields. A form without a device to choose from accepts no code."""
        self.request, self.person = request, user
        devices = {device.persistent_id: device for device in code_devices(user)}
        asked = self.data.get("otp_device") or request.GET.get("with")
        device = devices.get(asked or "", next(iter(devices.values()), None))
        self.fields["otp_device"] = DeviceField(devices, device)
        if device is not None:
            self.fields["otp_token"] = self.field_for(device, other_ways(request, devices, device))

    def field_for(self, device: Device, others: SafeString) -> forms.CharField:
        """Return the field for a code of this device; `others` is added to its hint."""
        if isinstance(device, RecoveryDevice):
            hint = format_html("{}{}", gettext("One of the codes you were given to keep, not used yet."), others)
            return code_field(gettext("Recovery code"), RECOVERY, hint)
        words = gettext(
            "The six digits your authenticator app shows for this site. If they are about to change, or you have just "
            "used them, wait for the next."
        )
        hint = format_html("{}{}", words, others)
        return code_field(gettext("Code from “%(name)s”") % {"name": device.name}, APP, hint)

    def check_code(self) -> None:
        """Verify the code after everything else: a wrong password must not use up a code."""
        if self.errors:
            return
        device_id, code = self.cleaned_data.get("otp_device", ""), self.cleaned_data.get("otp_token", "")
        try:
            self.given = verify(self.request, self.person, device_id, code)
        except CodeRefused as refused:
            self.add_error("otp_token" if "otp_token" in self.fields else None, str(refused))


def other_ways(request: HttpRequest, devices: dict[str, Device], chosen: Device) -> SafeString:
    """Return links that ask for a code of another device instead, keeping the rest of the address."""

    def link(device: Device) -> tuple[str, str]:
        query = request.GET.copy()
        if onward := request.POST.get("next"):
            query["next"] = onward
        query["with"] = device.persistent_id
        if isinstance(device, RecoveryDevice):
            words = gettext("Use a recovery code instead")
        else:
            words = gettext("Use “%(name)s” instead") % {"name": device.name}
        return f"?{query.urlencode()}", words

    links = [link(device) for device in devices.values() if device.persistent_id != chosen.persistent_id]
    return format_html_join("", ' <a href="{}">{}</a>.', links)


class CodeForm(TakesCode):
    """The second step of signing in."""

    def __init__(
        self,
        data: Given = None,
        files: Files = None,
        *,
        request: HttpRequest,
        user: Person,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.ask_code(request, user)
        self.passkey_config = confirming(request, "give") if has_passkey(user) else None

    def clean(self) -> dict[str, object]:
        self.check_code()
        return self.cleaned_data


class ReauthenticateForm(TakesCode, PasswordForm):
    """Asks for the password and, if the person has one, the second factor (ASVS 5.0, 7.5.1). A fresh passkey counts."""

    not_kept: ClassVar = {"password": COMPARED, "otp_token": COMPARED}

    passkey_config: dict[str, str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = get_adapter().request
        self.passkey_given = just_given(request, self.user)
        if user_has_device(self.user) and not self.passkey_given:
            self.ask_code(request, self.user)
            self.passkey_config = confirming(request, "reauthenticate") if has_passkey(self.user) else None

    def clean(self) -> dict[str, object]:
        super().clean()
        if "otp_device" in self.fields:
            self.check_code()
        elif self.passkey_given and not self.errors:
            take_given(get_adapter().request)
        return self.cleaned_data


class ConfirmAppForm(forms.Form):
    """The first code of an authenticator app that is being set up."""

    told_by: ClassVar = {"name": "authenticator-apps"}
    not_kept: ClassVar = {"otp_token": COMPARED}

    name = name_field(_("Authenticator app"))
    otp_token = code_field(
        _("Code"), APP, _("The six digits the app shows now. If they are about to change, wait for the next.")
    )

    def __init__(
        self, data: Given = None, files: Files = None, *, device: Device, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.device = device

    def clean(self) -> dict[str, object]:
        if not self.errors:
            try:
                check(self.device.user, self.device.persistent_id, self.cleaned_data["otp_token"])
            except CodeRefused as refused:
                text = gettext("%(refused)s If it goes on, see that the clock of your phone is set by itself.") % {
                    "refused": refused
                }
                self.add_error("otp_token", text)
        return self.cleaned_data


class NameForm(forms.Form):
    told_by: ClassVar = {"name": "passkeys"}

    name = name_field()


class RemoveForm(forms.Form):
    """Asks editors to say that they know what they lose with their last factor."""

    not_kept: ClassVar = {"understood": _("Asked for once, and not kept.")}

    understood = forms.BooleanField(label=_("I know that I cannot enter the CMS until I have set up another."))

    def __init__(
        self,
        data: Given = None,
        files: Files = None,
        *,
        locks_out_of_cms: bool,
        factor: Factor,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.factor = factor
        if not locks_out_of_cms:
            del self.fields["understood"]
