"""What a person says on the page of their request."""

from typing import ClassVar, Unpack
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.rights.attaching.fields import FilesField
from accounts.values.options import Files, FormOptions, Given


class MessageForm(forms.Form):
    """A message, with files or without; or files alone."""

    told_by: ClassVar = {"attachments": "rights-files", ALL_OTHERS: "rights-messages"}

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(label=_("Your message"), max_length=10_000, required=False, widget=forms.Textarea)
    attachments = FilesField(label=_("Files"))

    def __init__(self, data: Given = None, files: Files = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.initial.setdefault("once", uuid4())

    def clean(self) -> dict[str, object]:
        """Ask for something to send."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("words") and not cleaned.get("attachments") and not self.errors:
            self.add_error("words", gettext("Write something, or choose a file."))
        return cleaned


class WhyForm(forms.Form):
    """Why a request is withdrawn or opened again, if the person likes to say so."""

    told_by: ClassVar = {ALL_OTHERS: "rights-story"}

    words = forms.CharField(label=_("Why?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
