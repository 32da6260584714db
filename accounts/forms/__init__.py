"""The forms of the account: allauth's own in plain words, and the site's for details and preferences."""

from accounts.forms.details import DetailsForm
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
from accounts.forms.preferences import ConsentForm, PreferencesForm

__all__ = [
    "AddressForm",
    "ChangePasswordForm",
    "ConsentForm",
    "DetailsForm",
    "MailedCodeForm",
    "NewPasswordForm",
    "PreferencesForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "SignInForm",
    "SignUpForm",
]
