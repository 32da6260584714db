"""The step of allauth's sign-in that asks for the second factor. Every way in passes it."""

from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect
from django_otp import user_has_device


class SecondFactorStage(LoginStage):
    """Must be the last stage: a later one would load the user anew and lose the device that was given."""

    key = "second_factor"
    urlname = "second_factor:give"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user  # None while allauth pretends, so that nobody learns who has an account
        if user is None or getattr(user, "otp_device", None) or not user_has_device(user):
            return None, True
        return redirect(self.urlname), True
