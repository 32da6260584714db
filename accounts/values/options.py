"""What Django takes when a form is made and when a row is saved: the types of what ours pass on to it."""

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.db.models.base import ModelBase
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorList
from django.utils.datastructures import MultiValueDict

Given = Mapping[str, object] | None
Files = MultiValueDict[str, UploadedFile] | None


class FormOptions(TypedDict, total=False):
    """What a form takes by name, besides what was posted."""

    auto_id: bool | str
    prefix: str | None
    initial: MutableMapping[str, Any] | None
    error_class: type[ErrorList]
    label_suffix: str | None
    empty_permitted: bool
    use_required_attribute: bool | None
    renderer: BaseRenderer | None


class SaveOptions(TypedDict, total=False):
    """What saving a row takes."""

    force_insert: bool | tuple[ModelBase, ...]
    force_update: bool
    using: str | None
    update_fields: Iterable[str] | None
