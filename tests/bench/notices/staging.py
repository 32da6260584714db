"""Staging as we do it, and the same statement written by hand."""

import gc
import time
from collections import Counter

from django.db import connection, transaction
from django.utils import timezone

from accounts.flows.recipients import people
from accounts.personal_data.forgetting import forgetting
from policies.notices.models import Delivery
from policies.notices.models.notices import NoticeState
from policies.notices.sending.staging import insert_select, recipient_values, stage_recipients
from tests.bench.notices.rows import empty, the_notice

FULL_NAME = "COALESCE(u.first_name, '') || ' ' || COALESCE(u.last_name, '')"
TRIMMED = {"postgresql": "BTRIM({})", "sqlite": "TRIM({})"}
CUT = {"postgresql": "LEFT({}, 150)", "sqlite": "SUBSTR({}, 1, 150)"}
BY_HAND = """
    INSERT INTO notices_delivery (notice_id, person_id, address, name, state, reason, reply, attempts, doubts, due_at)
    SELECT %s, u.id,
        CASE WHEN dead.address_id IS NULL THEN COALESCE(e.email, '') ELSE '' END,
        {name},
        CASE WHEN e.email IS NULL OR dead.address_id IS NOT NULL THEN 'unreachable'
             WHEN COALESCE(m.policy_mail, 'amendments') NOT IN ('every', 'amendments') THEN 'skipped'
             ELSE 'pending' END,
        CASE WHEN dead.address_id IS NOT NULL THEN 'bounced'
             WHEN e.email IS NULL THEN 'no-address'
             WHEN COALESCE(m.policy_mail, 'amendments') NOT IN ('every', 'amendments') THEN 'preference'
             ELSE '' END,
        '', 0, 0, %s
    FROM accounts_user u
        LEFT JOIN account_emailaddress e ON e.user_id = u.id AND e.verified AND e."primary"
        LEFT JOIN accounts_deadaddress dead ON dead.address_id = e.id
        LEFT JOIN accounts_mailpreference m ON m.person_id = u.id
    WHERE u.is_active
    ON CONFLICT (notice_id, person_id) DO NOTHING
"""


def stage(how: str) -> dict[str, object]:
    """Stage everybody; return the seconds, and how many rows there are of each sort."""
    empty()
    notice = the_notice()
    notice.state, notice.message, notice.staged_at = NoticeState.STAGING, "", None
    with forgetting():
        notice.save()
    gc.collect()
    began = time.perf_counter()
    WAYS[how](notice)
    seconds = time.perf_counter() - began
    sorts = Counter(Delivery.objects.values_list("state", "reason", "name"))
    return {"seconds": seconds, "rows": sorted([*sort, count] for sort, count in sorts.items())}


def by_hand(notice) -> None:
    vendor = connection.vendor
    name = f"COALESCE(NULLIF({TRIMMED[vendor].format('u.preferred_name')}, ''), {TRIMMED[vendor].format(FULL_NAME)})"
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_HAND.format(name=CUT[vendor].format(name)), [notice.pk, moment])


def only_insert(notice) -> None:
    with transaction.atomic():
        insert_select(Delivery, people(), recipient_values(notice), unique=("notice", "person"))


WAYS = {"by hand": by_hand, "insert only": only_insert, "all of it": stage_recipients}
