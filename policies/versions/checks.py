"""System checks on the database: the triggers stand, and the tree of pages matches the addresses."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
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


@register(Tags.database)
def tree_matches_addresses(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    from policies.writing.models import PolicyIndexPage

    for alias in databases or ():
        if PolicyIndexPage._meta.db_table not in connections[alias].introspection.table_names():
            continue
        for index in PolicyIndexPage.objects.using(alias).all():
            if index.slug != "policies" or index.depth != 3:
                hint = "Give the list of policies the slug “policies”, directly under the home page."
                message = f"The list of policies stands at {index.url_path}, but its address is /policies/."
                return [Warning(message, hint=hint, id="policies.W001")]
    return []
