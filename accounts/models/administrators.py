"""The database never loses its last administrator: whatever deletes, demotes or switches off, in code or in SQL."""

from accounts.models.triggers import Trigger
from accounts.models.users import User

TABLE = User._meta.db_table
SAYS = "the last active administrator cannot be lost"
NOBODY_LEFT = f"NOT EXISTS (SELECT 1 FROM {TABLE} WHERE is_superuser AND is_active)"
WAS_ONE = "OLD.is_superuser AND OLD.is_active"
IS_NONE = f"{WAS_ONE} AND NOT (NEW.is_superuser AND NEW.is_active)"


def _after(event: str, lost: str) -> Trigger:
    """Look once the statement is done: one statement may switch off several at once."""
    refuses = dict.fromkeys(("sqlite", "postgresql"), f"{lost} AND {NOBODY_LEFT}")
    name = f"last_administrator_{event.lower()}"
    return Trigger(TABLE, name, event, SAYS, refuses, time="AFTER", when="old.is_superuser", alone=True)


TRIGGERS = (_after("UPDATE", IS_NONE), _after("DELETE", WAS_ONE))
