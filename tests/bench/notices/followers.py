"""Followers of all policies, some of whom have an account with the same address, and staging them."""

import gc
import time

from django.db import connection
from django.utils import timezone

from accounts.personal_data.forgetting import forgetting
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import Audience, NoticeState
from policies.notices.opening import to_followers
from policies.notices.sending.staging import stage_recipients
from tests.bench.notices.rows import SERIES, empty


def make_followers(count: int) -> None:
    """Make so many; every tenth has the address of somebody with an account, if there are so many."""
    series = SERIES[connection.vendor].format(first=1, last=count)
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM notices_follower")
        cursor.execute(
            "INSERT INTO notices_follower (address, asked_at, confirmed_at, mail_attempts) "
            "SELECT CASE WHEN n %% 10 = 0 THEN 'p' || n || '@d' || (n %% 100) || '.example.org' "
            f"ELSE 'f' || n || '@example.org' END, %s, %s, 0 FROM ({series}) AS numbers",
            [moment, moment],
        )
        cursor.execute("ANALYZE")


def stage() -> dict[str, object]:
    """Stage the people, then the followers beside them; return the seconds of the latter, and how many there are."""
    empty()
    notice = AmendmentNotice.objects.get(audience=Audience.PEOPLE)
    beside = notice.beside() or to_followers(notice)
    with forgetting():
        for one in (notice, beside):
            one.state, one.message, one.staged_at = NoticeState.STAGING, "", None
            one.save()
    assert stage_recipients(notice)
    gc.collect()
    began = time.perf_counter()
    assert stage_recipients(beside)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "followers": Delivery.objects.filter(notice=beside).count()}
