"""A form field for several files, each of which is looked at before the form counts as filled in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.rights.attaching.keeping import MOST_BYTES, RULE, Checked, RefusedFiles, check_files


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Gives a list of `Checked`; an empty one where nothing was chosen."""

    widget = SeveralFiles

    def __init__(self, most_bytes: int = MOST_BYTES, **kwargs: Any) -> None:
        self.most_bytes = most_bytes
        super().__init__(**{"required": False, "help_text": RULE, **kwargs})

    def clean(self, data: Sequence[UploadedFile] | UploadedFile | None, initial: object = None) -> list[Checked]:
        """Raises: ValidationError: in the words of each file that is not taken."""
        files = [data] if isinstance(data, UploadedFile) else [file for file in data or () if file]
        try:
            return check_files(files, self.most_bytes)
        except RefusedFiles as refused:
            raise ValidationError(refused.reasons) from refused
