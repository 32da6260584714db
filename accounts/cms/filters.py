"""Filters of lists in the CMS whose fields say their names in the site's language."""

from collections.abc import Mapping
from typing import ClassVar

from wagtail.admin.filters import WagtailFilterSet

from accounts.values.wording import Words


class NamedFilters(WagtailFilterSet):
    """Subclass with `names`, by field: what a model calls its fields is English."""

    names: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field, name in self.names.items():
            self.filters[field].label = name
