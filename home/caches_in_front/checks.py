"""Says at the start when a cache in front cannot be told of changes."""

from django.core.checks import CheckMessage, Error, register
from wagtail.contrib.frontend_cache.utils import get_backends


@register()
def caches_can_be_told(app_configs: object = None, **_: object) -> list[CheckMessage]:
    try:
        get_backends()
    except Exception as error:
        hint = "Write FRONT_CACHE as docs/operations.md says, “Caches in front”."
        return [Error(f"A cache in front cannot be told of changes: {error}", hint=hint, id="plum.E020")]
    return []
