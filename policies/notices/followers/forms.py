"""The form by which somebody without an account follows policies."""

from typing import ClassVar

from django import forms

from accounts.models.fields import MailboxField


class FollowForm(forms.Form):
    told_by: ClassVar = {"address": "followers.address"}

    address = MailboxField(
        label="Your e-mail address",
        max_length=320,
        error_messages={"required": "Fill this in, so that we know where to write."},
    )
