"""What the database refuses about requests: they, their story and their decisions are the evidence of both sides.

Only retention and erasing, which say so, may delete or overwrite: `accounts.personal_data.forgetting`.
"""

from typing import Final

from accounts.models.triggers import DIFFERS, Trigger, changed, on_each_database
from accounts.personal_data.forgetting import NOBODY_FORGETS
from accounts.rights.models.decisions import Decision, RecipientTask, WithheldItem
from accounts.rights.models.files import File
from accounts.rights.models.messages import Message
from accounts.rights.models.pauses import Pause
from accounts.rights.models.receipts import ErasureReceipt
from accounts.rights.models.requests import Kind, RightsRequest
from accounts.rights.models.stories import Story
from accounts.rights.models.transitions import legal_changes

REQUEST: Final = RightsRequest._meta.db_table
PAUSE: Final = Pause._meta.db_table
ADDED_TO = (Story, Message, Decision, WithheldItem)
KEPT = (RightsRequest, Pause, File, RecipientTask, ErasureReceipt, *ADDED_TO)
FROZEN = ("id", "reference", "opened_at", "opened_on", "once")


def _illegal(vendor: str) -> str:
    """The condition of a change that no move makes, or of another's name or day of writing down."""
    legal = ", ".join(sorted({f"'{before.value}>{after.value}'" for before, after in legal_changes()}))
    moved = f"(OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({legal}))"
    return f"{NOBODY_FORGETS[vendor]} AND ({moved} OR {changed(FROZEN, vendor)})"


def _no_access_request() -> dict[str, str]:
    its_own = f"{REQUEST}.id = NEW.request_id"
    access = f"SELECT 1 FROM {REQUEST} WHERE {its_own} AND kind = '{Kind.ACCESS.value}'"  # noqa: S608
    return dict.fromkeys(DIFFERS, f"NOT EXISTS ({access})")


PAUSED_FOR = "only access requests can be paused"
TRIGGERS: Final = (
    Trigger(REQUEST, "legal_moves", "UPDATE", "a request moves by the legal moves only",
            on_each_database(_illegal)),
    Trigger(PAUSE, "access_insert", "INSERT", PAUSED_FOR, _no_access_request()),
    Trigger(PAUSE, "access_update", "UPDATE", PAUSED_FOR, _no_access_request()),
    *(Trigger(model._meta.db_table, "kept_update", "UPDATE", "it is only added to", dict(NOBODY_FORGETS))
      for model in ADDED_TO),
    *(Trigger(model._meta.db_table, "kept_delete", "DELETE", "it is kept", dict(NOBODY_FORGETS)) for model in KEPT),
    *(Trigger(model._meta.db_table, "kept_truncate", "TRUNCATE", "it is kept", {"postgresql": ""}) for model in KEPT),
)  # fmt: skip
