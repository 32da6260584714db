"""Many tabs, one person: what is pressed at the same moment is written down once."""

import pytest
from django.db import connection

from tests.making.simultaneous import HANDS, at_once
from tests.policies.notices.agreeing.people import BACK, YES, an_old_hand, answered, answers

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is not shared by threads"),
]


def test_agreeing_in_many_tabs_leaves_one_answer(terms):
    ann = an_old_hand()
    given = at_once(*[lambda: answered(ann, "2.0", YES)] * HANDS)
    assert len([answer for answer in given if answer]) == 1
    assert answers(ann) == [("2.0", YES)]
    at_once(*[lambda: answered(ann, "2.0", "declined")] * HANDS)
    assert answers(ann) == [("2.0", YES), ("2.0", BACK)]
