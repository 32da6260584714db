"""The forms of the account: allauth's own in plain words, and the site's for details and preferences."""

from accounts.forms.details import DetailsForm, PreferencesForm
from accounts.forms.entrance import (
    AddressForm,
    ChangePasswordForm,
    MailedCodeForm,
    NewPasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    SignInForm,
    SignUpForm,
)

__all__ = [
    "AddressForm",
    "ChangePasswordForm",
    "DetailsForm",
    "MailedCodeForm",
    "NewPasswordForm",
    "PreferencesForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "SignInForm",
    "SignUpForm",
]
