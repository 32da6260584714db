"""Two people at the same notice in the same moment."""

import pytest
from django.db import connection

from policies.notices import steering
from policies.notices.following import correct
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import IllegalTransition
from tests.making.notices import a_sending_notice, fresh
from tests.making.people import a_person
from tests.making.policies import a_draft, announce
from tests.making.simultaneous import at_once

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite in memory knows one connection"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
assert connection  # named by the condition above


@pytest.fixture
def done() -> AmendmentNotice:
    """A notice that Ann got, and that failed to reach Ben."""
    a_person("ann@example.org")
    a_person("ben@example.org")
    page = a_draft()
    announce(page)
    notice = a_sending_notice(page)
    Delivery.objects.filter(address="ann@example.org").update(state="sent")
    Delivery.objects.filter(address="ben@example.org").update(state="failed", reason="refused")
    AmendmentNotice.objects.update(state="done", sent=1, failed=1)
    return fresh(notice)


def tried(deed, *args, **words) -> str:
    try:
        deed(*args, **words)
    except IllegalTransition as refusal:
        return f"refused: {refusal}"
    return "done"


def test_two_who_correct_make_one_correction(done):
    came = at_once(*(lambda words=words: tried(correct, done, words) for words in ("The day.", "The month.")))
    assert sorted(came)[0] == "done"
    assert "was made already" in sorted(came)[1]
    assert AmendmentNotice.objects.filter(follows=done).count() == 1


def test_nobody_is_tried_again_once_a_correction_is_made(done):
    at_once(lambda: tried(correct, done, "The day."), lambda: tried(steering.retry_failed, done))
    made = AmendmentNotice.objects.filter(follows=done).exists()
    failed = Delivery.objects.filter(notice=done, state="failed").exists()
    assert made == failed, "either it is corrected, or those that failed are tried again"
