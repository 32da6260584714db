"""The form by which somebody without an account follows policies."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.fields import MailboxField


class FollowForm(forms.Form):
    told_by: ClassVar = {"address": "followers.address"}

    address = MailboxField(
        label=_("Your e-mail address"),
        max_length=320,
        error_messages={"required": _("Fill this in, so that we know where to write.")},
    )
