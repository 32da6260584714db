"""What stands in the database and behind the commands: digests, chain hashes, every row of ours, every help text."""

import json
from typing import Any

from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.db import connection, models

from .recording import Recorder

OURS = ("home", "policies", "accounts")
# Labels and numbers that Django gives out by the order of apps.
NAMELESS = {"content_type", "permission", "permissions", "group_permissions"}


def record_help(recorder: Recorder) -> None:
    for name, app in sorted(get_commands().items()):
        if isinstance(app, str) and app.split(".")[0] in OURS:
            command = load_command_class(app, name)
            recorder.write(f"help {name}", command.create_parser("manage.py", name).format_help())


def models_of_ours() -> list[type[models.Model]]:
    """Ours by their own names: the app they belong to may change, and what they hold may not."""
    found = [model for model in apps.get_models(include_auto_created=True) if model.__module__.split(".")[0] in OURS]
    return sorted(found, key=lambda model: model.__name__)


def record_digests(recorder: Recorder) -> None:
    version = next(model for model in models_of_ours() if model.__name__ == "PolicyVersion")
    names = [field.attname for field in version._meta.concrete_fields if "digest" in field.name or "hash" in field.name]
    rows = version._default_manager.order_by("pk").values_list("pk", "slug", "sequence", *names)
    recorder.write("digests", "\n".join(str(row) for row in [("pk", "slug", "sequence", *names), *rows]) + "\n")


def record_rows(recorder: Recorder) -> None:
    """Every row of every model of ours, without the order of columns; and the triggers that guard them."""
    for model in models_of_ours():
        fields = sorted(field.attname for field in model._meta.concrete_fields if field.name not in NAMELESS)
        rows = model._base_manager.order_by("pk").values(*fields)
        lines = [json.dumps(row, default=plain, sort_keys=True) for row in rows]
        recorder.write(f"rows {model.__name__}", "\n".join(lines) + "\n")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        recorder.write("triggers", "\n\n".join(f"{name}\n{sql}" for name, sql in cursor.fetchall()))


def plain(value: Any) -> str:
    return (
        value.hex()
        if isinstance(value, bytes)
        else json.dumps(value.get_prep_value())
        if hasattr(value, "stream_block")
        else str(value)
    )
