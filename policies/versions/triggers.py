"""What the database refuses about announced versions, also to raw SQL, on PostgreSQL and SQLite."""

from django.conf import settings

from accounts.models.triggers import DIFFERS, Trigger, on_each_database
from accounts.values.country import COUNTRY
from policies.versions.models import FREE_FIELDS, PolicyVersion

TABLE = PolicyVersion._meta.db_table
REFUSAL = "announced policy versions are frozen"


def _frozen_columns() -> list[str]:
    fields = PolicyVersion._meta.concrete_fields
    return [field.column for field in fields if field.column and field.name not in FREE_FIELDS]


def _changes(vendor: str) -> str:
    """Return the condition under which an UPDATE is refused: what is free may change in one direction only."""
    differs = DIFFERS[vendor]
    frozen = [f"NEW.{column} {differs} OLD.{column}" for column in _frozen_columns()]
    return " OR ".join([*frozen, *_withdrawal(differs, vendor), *_people(differs)])


def _withdrawal(differs: str, vendor: str) -> list[str]:
    """Withdrawn once, before the day it comes into force, with words that stay."""
    words = f"NEW.withdrawn_reason {differs} OLD.withdrawn_reason"
    too_late = f"{DAY_OF_WITHDRAWING[vendor]} >= NEW.effective_from"
    too_early = {
        # An unreadable time has no julianday.
        "sqlite": "coalesce(julianday(NEW.withdrawn_at) < julianday(OLD.announced_at), 1)",
        "postgresql": "NEW.withdrawn_at < OLD.announced_at",
    }[vendor]
    return [
        f"(OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at {differs} OLD.withdrawn_at OR {words}))",
        f"(NEW.withdrawn_at IS NULL AND {words})",
        f"(OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND ({too_late} OR {too_early}))",
    ]


def _people(differs: str) -> list[str]:
    """People are only forgotten; but for whoever withdraws, in that moment."""
    withdrawing = "(OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)"
    return [
        f"(NEW.announced_by_id IS NOT NULL AND NEW.announced_by_id {differs} OLD.announced_by_id)",
        f"(NEW.withdrawn_by_id IS NOT NULL AND NEW.withdrawn_by_id {differs} OLD.withdrawn_by_id "
        f"AND NOT {withdrawing})",
    ]


DAY_OF_WITHDRAWING = {
    "sqlite": COUNTRY.day_in_sqlite("NEW.withdrawn_at"),
    "postgresql": f"(NEW.withdrawn_at AT TIME ZONE '{settings.TIME_ZONE}')::date",
}
# INSERT OR REPLACE deletes the old row without asking the trigger on DELETE.
_TAKEN = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (page_id = NEW.page_id AND sequence = NEW.sequence))"
TRIGGERS = (
    Trigger(TABLE, "frozen_update", "UPDATE", REFUSAL, on_each_database(_changes)),
    Trigger(TABLE, "frozen_delete", "DELETE", REFUSAL),
    Trigger(TABLE, "frozen_insert", "INSERT", REFUSAL, {"sqlite": _TAKEN}),
    Trigger(TABLE, "frozen_truncate", "TRUNCATE", REFUSAL, {"postgresql": ""}),
)
