"""The system check that the triggers stand."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from policies.versions import triggers


@register(Tags.database)
def triggers_stand(app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        if triggers.TABLE not in connections[alias].introspection.table_names():
            continue
        if names := triggers.missing(alias):
            found.append(
                Error(
                    f"Announced versions are not protected in database “{alias}”: {', '.join(names)} missing.",
                    hint="Run `manage.py migrate`, which installs them; then `manage.py verify_policies`.",
                    id="policies.E001",
                )
            )
    return found
