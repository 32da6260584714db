"""What the database refuses about notices and deliveries: they are the evidence of who was told what, and when.

Only retention and erasing, which say so, may delete or overwrite: `accounts.personal_data.forgetting`.
"""

from accounts.models.triggers import Trigger, changed, on_each_database
from accounts.personal_data.forgetting import NOBODY_FORGETS
from policies.notices.models.answers import Answer
from policies.notices.models.engagement import Engagement
from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState

NOTICE, DELIVERY, ENGAGEMENT = (model._meta.db_table for model in (AmendmentNotice, Delivery, Engagement))
ANSWER = Answer._meta.db_table
MAIL = "the mail of a notice is frozen, and notices are kept"
SETTLED = "what became of a delivery is kept"
DONE = "what people did with a version is kept"
ANSWERED = "what people answered is kept"
# A report of non-delivery, or another try, may follow; nothing else.
OUTCOME = ("state", "reason", "reply", "attempts", "doubts", "first_tried_at", "settled_at")
TRIED_AGAIN = f"(OLD.state = '{DeliveryState.FAILED.value}' AND NEW.state = '{DeliveryState.PENDING.value}')"


def _mail_changed(vendor: str) -> str:
    begun = changed(("id", "version_id", "kind", "audience", "created_at", "follows_id", "words"), vendor)
    frozen = changed(("message", "always_because", "staged_at"), vendor)
    return f"{NOBODY_FORGETS[vendor]} AND ({begun} OR (OLD.staged_at IS NOT NULL AND {frozen}))"


def _outcome_changed(vendor: str) -> str:
    whose = changed(("id", "notice_id", "address", "name", "follows"), vendor)
    another = " OR ".join(
        f"(NEW.{link} IS NOT NULL AND {changed((link,), vendor)})" for link in ("person_id", "follower_id")
    )
    came_back = (
        f"(OLD.state IN ('{DeliveryState.SENT.value}', '{DeliveryState.FAILED.value}') "
        f"AND NEW.state = '{DeliveryState.UNREACHABLE.value}' "
        f"AND NOT {changed(('attempts', 'doubts', 'first_tried_at'), vendor)})"
    )
    outcome = f"({changed(OUTCOME, vendor)} AND NOT {TRIED_AGAIN} AND NOT {came_back})"
    return f"OLD.settled_at IS NOT NULL AND {NOBODY_FORGETS[vendor]} AND ({whose} OR {another} OR {outcome})"


def _kept(table: str, says: str) -> tuple[Trigger, Trigger]:
    deleting = Trigger(table, "kept_delete", "DELETE", says, dict(NOBODY_FORGETS))
    return deleting, Trigger(table, "kept_truncate", "TRUNCATE", says, {"postgresql": ""})


TRIGGERS = (
    Trigger(NOTICE, "kept_update", "UPDATE", MAIL, on_each_database(_mail_changed)),
    *_kept(NOTICE, MAIL),
    # AFTER: a trigger before it would lock every row once more, and one is changed twice for each mail.
    Trigger(
        DELIVERY, "kept_update", "UPDATE", SETTLED, on_each_database(_outcome_changed),
        time="AFTER", when="old.settled_at IS NOT NULL",
    ),
    *_kept(DELIVERY, SETTLED),
    Trigger(ENGAGEMENT, "kept_update", "UPDATE", DONE, dict(NOBODY_FORGETS)),
    *_kept(ENGAGEMENT, DONE),
    Trigger(ANSWER, "kept_update", "UPDATE", ANSWERED, dict(NOBODY_FORGETS)),
    *_kept(ANSWER, ANSWERED),
)  # fmt: skip
