"""System checks: no setting may open a way round the second factor."""

from allauth.account.adapter import get_adapter
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

STAGE = "accounts.second_factor.stage.SecondFactorStage"
OTP, GUARD = "django_otp.middleware.OTPMiddleware", "accounts.second_factor.guard.SecondFactorGuard"


@register(Tags.security)
def one_truth(**kwargs: object) -> list[CheckMessage]:
    """Two tables of factors are two truths: each takes a person it does not list for one without a factor."""
    reasons = {
        "django_otp.plugins.otp_static": "its codes stand in clear text; recovery codes are second_factor's",
        "django_otp.plugins.otp_email": "a code by mail goes to the mailbox that resets the password",
        "allauth.mfa": "it keeps second factors of its own, of which django-otp knows nothing",
    }
    return [
        Error(f"{name} must not be installed: {why}.", hint="Take it out of INSTALLED_APPS.", id="second_factor.E001")
        for name, why in reasons.items()
        if apps.is_installed(name)
    ]


@register(Tags.security)
def guard_in_place(**kwargs: object) -> list[CheckMessage]:
    order = list(settings.MIDDLEWARE)
    if OTP in order and order[order.index(OTP) + 1 :][:1] == [GUARD]:
        return []
    hint = "Put it directly after OTPMiddleware: anything in between sees people before their second factor."
    return [Error(f"{GUARD} is missing or misplaced in MIDDLEWARE.", hint=hint, id="second_factor.E002")]


@register(Tags.security)
def stage_in_place(**kwargs: object) -> list[CheckMessage]:
    if get_adapter().get_login_stages()[-1:] == [STAGE]:
        return []
    hint = "Return it at the end of the adapter's get_login_stages(): a later stage would lose the device given."
    return [Error(f"{STAGE} is not the last step of signing in.", hint=hint, id="second_factor.E003")]


@register(Tags.security)
def no_sign_in_beside_ours(**kwargs: object) -> list[CheckMessage]:
    if getattr(settings, "OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN", True) is False:
        return []
    hint = "Set OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False: the views of this site sign in with a passkey alone."
    return [
        Error("django-otp-webauthn's own sign-in would pass by allauth's steps.", hint=hint, id="second_factor.E004")
    ]
