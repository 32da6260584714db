"""What the database refuses about approvals: who said yes to what is evidence, and so is how the rule stood.

Only retention and erasing, which say so, may delete or overwrite: `accounts.personal_data.forgetting`.
"""

from django.db.models import Model

from accounts.models.triggers import Trigger, changed, on_each_database
from accounts.personal_data.forgetting import NOBODY_FORGETS
from policies.desk.approving.models import Approval, OutsideReview, TwoPeopleRule

APPROVED, REVIEWED, RULED = (
    "approvals are kept as they were given",
    "reviews are kept as they were given",
    "how the rule of two people stood is kept",
)
ONCE = ("version_id",)
ANSWER = ("answer", "answered_at", "signed_name", "words")
REVOKED = ("revoked_at", "revoked_by_id")


def _frozen(model: type[Model], *free: str) -> tuple[str, ...]:
    return tuple(field.column for field in model._meta.concrete_fields if field.column and field.column not in free)


def _refused(model: type[Model], vendor: str, *once: tuple[tuple[str, ...], str]) -> str:
    """Refuse every change but the first of what is set once.

    Args:
        model: whose rows.
        vendor: the database.
        once: columns that are set together, and the condition under which they were set already.
    """
    free = [column for columns, _ in once for column in columns]
    broken = [changed(_frozen(model, *free), vendor)]
    broken += [f"({already} AND {changed(columns, vendor)})" for columns, already in once]
    return f"{NOBODY_FORGETS[vendor]} AND ({' OR '.join(broken)})"


def _kept(model: type[Model], says: str, *once: tuple[tuple[str, ...], str]) -> tuple[Trigger, ...]:
    table = model._meta.db_table
    return (
        Trigger(table, "kept_update", "UPDATE", says, on_each_database(lambda vendor: _refused(model, vendor, *once))),
        Trigger(table, "kept_delete", "DELETE", says, dict(NOBODY_FORGETS)),
        Trigger(table, "kept_truncate", "TRUNCATE", says, {"postgresql": ""}),
    )


ANNOUNCED_WITH_IT = (ONCE, "OLD.version_id IS NOT NULL")
ANSWERED_ONCE = (ANSWER, "OLD.answer <> ''")
APPROVAL_TAKEN_BACK_ONCE = (("taken_back_at",), "OLD.taken_back_at IS NOT NULL")
TAKEN_BACK_ONCE = (REVOKED, "OLD.revoked_at IS NOT NULL")
TRIGGERS = (
    *_kept(TwoPeopleRule, RULED),
    *_kept(Approval, APPROVED, ANNOUNCED_WITH_IT, APPROVAL_TAKEN_BACK_ONCE),
    *_kept(OutsideReview, REVIEWED, ANNOUNCED_WITH_IT, ANSWERED_ONCE, TAKEN_BACK_ONCE),
)
