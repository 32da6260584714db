"""How long the CMS's pages about a notice take on the server, with many deliveries, and how many queries each costs.

BENCH_DELIVERIES       100000 (the promise is for 1000000, on PostgreSQL, each page under 300 ms)

The database is the one of the tests: DATABASE_URL=postgres://… make bench, or this file alone.
"""

import os
import sys
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.sending.staging import stage_recipients
from tests.bench.notices.rows import SERIES
from tests.making.notices import a_notice, fresh
from tests.making.people import a_person

DELIVERIES = int(os.environ.get("BENCH_DELIVERIES", "100000"))
ROUNDS = 5
PAGES = {
    "the list": "/cms/notices/",
    "status": "/cms/notices/inspect/{notice}/",
    "progress": "/cms/notices/{notice}/progress/",
    "history": "/cms/notices/history/{notice}/",
    "the e-mail": "/cms/notices/{notice}/mail/",
    "deliveries": "/cms/notices/{notice}/deliveries/",
    "… the second page": "/cms/notices/{notice}/deliveries/?p=2",
    "… in the middle": "/cms/notices/{notice}/deliveries/?p={middle}",
    "… the last page": "/cms/notices/{notice}/deliveries/?p={last}",
    "… an address": "/cms/notices/{notice}/deliveries/?q=p{some}@d7.example.org",
    "… a beginning": "/cms/notices/{notice}/deliveries/?q=p777",
    "… nothing begins so": "/cms/notices/{notice}/deliveries/?q=zebra",
    "… sent": "/cms/notices/{notice}/deliveries/?state=sent",
    "… failed": "/cms/notices/{notice}/deliveries/?state=failed",
    "… refused": "/cms/notices/{notice}/deliveries/?reason=refused",
    "… unreachable": "/cms/notices/{notice}/deliveries/?state=unreachable",
    "… not wanted": "/cms/notices/{notice}/deliveries/?reason=preference",
    "one delivery": "/cms/notices/deliveries/{delivery}/",
    "asked to stop": "/cms/notices/{notice}/stop/",
    "asked to correct": "/cms/notices/{notice}/correct/",
}


@pytest.fixture
def notice(privacy, transactional_db) -> AmendmentNotice:
    """A notice that is done: of a hundred, two failed, three could not be reached, five did not want it."""
    a_person("first@example.org")
    made = a_notice(privacy)
    stage_recipients(made)
    columns = "notice_id, address, name, attempts, doubts, reply, due_at, settled_at, state, reason"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO notices_delivery ({columns}) "
            f"SELECT {made.pk}, 'p' || n || '@d' || (n %% 100) || '.example.org', 'Pat Reader', 0, 0, '', "
            "created_at, created_at, "
            "CASE WHEN n %% 100 < 2 THEN 'failed' WHEN n %% 100 < 5 THEN 'unreachable' "
            "WHEN n %% 100 < 10 THEN 'skipped' ELSE 'sent' END, "
            "CASE WHEN n %% 100 < 2 THEN 'refused' WHEN n %% 100 < 5 THEN 'no-address' "
            "WHEN n %% 100 < 10 THEN 'preference' ELSE '' END "
            f"FROM ({SERIES[connection.vendor].format(first=1, last=DELIVERIES)}) AS numbers "
            f"CROSS JOIN notices_amendmentnotice WHERE id = {made.pk}",
            [],
        )
        cursor.execute("VACUUM ANALYZE notices_delivery" if connection.vendor == "postgresql" else "ANALYZE")
    hundredth = DELIVERIES // 100
    AmendmentNotice.objects.update(
        state="done",
        recipients=DELIVERIES,
        failed=2 * hundredth,
        unreachable=3 * hundredth,
        skipped=5 * hundredth,
        sent=90 * hundredth,
    )
    return fresh(made)


def taken(client, address: str) -> float:
    began = time.perf_counter()
    assert client.get(address).status_code == 200, address
    return time.perf_counter() - began


def test_pages_about_a_notice(notice, cms, capsys):
    pages = -(-DELIVERIES // 50)
    places = {
        "notice": notice.pk,
        "delivery": Delivery.objects.filter(state="sent").first().pk,
        "middle": pages // 2,
        "last": pages,
        "some": DELIVERIES // 2 + 7,
    }
    lines = []
    for name, path in PAGES.items():
        address = path.format(**places)
        taken(cms, address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            taken(cms, address)
        queries = list(asked.captured_queries)
        slowest = max(queries, key=lambda query: float(query["time"]))
        seconds = sorted(taken(cms, address) for _ in range(ROUNDS))
        cpu = time.process_time()
        taken(cms, address)
        cpu = time.process_time() - cpu
        lines.append(
            f"{name:22} {seconds[ROUNDS // 2] * 1000:6.0f} ms ({seconds[0] * 1000:.0f} to {seconds[-1] * 1000:.0f})"
            f", {cpu * 1000:.0f} ms of CPU, {len(queries)} queries, the slowest {float(slowest['time']) * 1000:.0f} ms "
            f"{slowest['sql'][:70]}"
        )
    with capsys.disabled():
        load = os.getloadavg()[0]
        sys.stdout.write(f"\nNotices in the CMS, {DELIVERIES:,} deliveries, {connection.vendor}; load {load:.1f}\n")
        sys.stdout.write("\n".join(lines) + "\n")
