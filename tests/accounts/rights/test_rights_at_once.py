"""Two at the same moment: one request, one message, one move, and the other is told so."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.rights.models import Channel, Message, Outcome, RightsRequest
from accounts.rights.moves import By, IllegalMove, decide
from accounts.rights.person.writing import write
from tests.making.rights import a_request, filled_in, staff_member
from tests.making.simultaneous import HANDS, at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is not shared by threads"),
]


def test_a_form_sent_by_several_hands_makes_one_request():
    same = filled_in()
    answers = at_once(*[lambda: Client().post("/data-rights/", same).status_code for _ in range(HANDS)])
    assert {302} <= set(answers) <= {302, 429}  # an address is taken a few times in an hour
    assert RightsRequest.objects.count() == 1


def test_a_message_sent_by_several_hands_is_there_once():
    case, once = a_request(channel=Channel.FORM), uuid4()
    written = at_once(*[lambda: write(case, By.person(), "Hello", once=once) for _ in range(HANDS)])
    assert [bool(one) for one in written].count(True) == 1
    assert Message.objects.count() == 1


def test_of_several_who_decide_one_wins():
    a_request()
    desk = staff_member()

    def decided():
        try:
            decide(RightsRequest.objects.get(), desk, Outcome.GRANTED)
        except IllegalMove:
            return False
        return True

    assert at_once(*[decided] * HANDS).count(True) == 1
    assert RightsRequest.objects.get().story.filter(what="decided").count() == 1
