"""The addresses of the second factor, all under /account/."""

from django.urls import path

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from accounts.second_factor.views import giving, managing, passkey_alone, passkeys, recovery_codes, setting_up

app_name = "second_factor"

HOME = "security/second-factor/"
LOGIN, ALONE, AGAIN = "login/second-factor/", "login/passkey/", "reauthenticate/passkey/"

urlpatterns = [
    path(LOGIN, giving.Give.as_view(), name="give"),
    path(f"{LOGIN}passkey/begin/", passkeys.BeginAtSignIn.as_view(), name="passkey_give_begin"),
    path(f"{LOGIN}passkey/complete/", passkeys.CompleteAtSignIn.as_view(), name="passkey_give_complete"),
    path(f"{ALONE}begin/", passkey_alone.BeginAlone.as_view(), name="passkey_alone_begin"),
    path(f"{ALONE}complete/", passkey_alone.CompleteAlone.as_view(), name="passkey_alone_complete"),
    path(f"{AGAIN}begin/", passkeys.BeginAtReauthentication.as_view(), name="passkey_reauthenticate_begin"),
    path(f"{AGAIN}complete/", passkeys.CompleteAtReauthentication.as_view(), name="passkey_reauthenticate_complete"),
    path(HOME, managing.Overview.as_view(), name="overview"),
    path(f"{HOME}app/", setting_up.SetUp.as_view(), name="set_up"),
    path(f"{HOME}passkey/", passkeys.AddPasskey.as_view(), name="passkey_add"),
    path(f"{HOME}passkey/begin/", passkeys.BeginAdding.as_view(), name="passkey_add_begin"),
    path(f"{HOME}passkey/complete/", passkeys.CompleteAdding.as_view(), name="passkey_add_complete"),
    path(f"{HOME}passkey/<row:pk>/name/", managing.NamePasskey.as_view(), name="passkey_name"),
    path(f"{HOME}recovery-codes/", recovery_codes.RecoveryCodes.as_view(), name="recovery_codes"),
    path(f"{HOME}recovery-codes/kept/", recovery_codes.Kept.as_view(), name="codes_kept"),
    path(f"{HOME}<slug:kind>/<row:pk>/rename/", managing.Rename.as_view(), name="rename"),
    path(f"{HOME}<slug:kind>/<row:pk>/remove/", managing.Remove.as_view(), name="remove"),
]
