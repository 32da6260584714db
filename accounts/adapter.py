"""What allauth asks this site: which steps a sign-in has, and who proves their mailbox as well."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django_otp import user_has_device

from accounts.second_factor.guard import may_enter_cms


class AccountAdapter(DefaultAccountAdapter):
    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "accounts.second_factor.stage.SecondFactorStage"]

    def is_login_by_code_required(self, login: Any) -> bool:
        """Ask editors without a second factor for a mailed code, too: a stolen password must not enrol one."""
        if login.user and may_enter_cms(login.user) and not user_has_device(login.user):
            records = get_authentication_records(self.request, login.user)
            return not (records and records[-1]["method"] == "code")
        return super().is_login_by_code_required(login)
