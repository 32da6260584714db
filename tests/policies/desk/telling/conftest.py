"""Everybody who may come to the pages about notices, and notices in each state."""

import pytest

from policies.notices.models import AmendmentNotice
from policies.notices.sending.staging import stage_recipients
from tests.making.notices import a_notice, fresh
from tests.making.people import a_person
from tests.making.staff import a_member_of_staff


@pytest.fixture
def staff(client, verified):
    """`staff("approver")` is the browser of somebody in that role, signed in."""
    return lambda name: verified(client, a_member_of_staff(name))


@pytest.fixture
def held(privacy) -> AmendmentNotice:
    """A notice to Ann and Ben that waits for its hour."""
    for name in ("ann", "ben"):
        a_person(f"{name}@example.org")
    notice = a_notice(privacy)
    stage_recipients(notice)
    return fresh(notice)
