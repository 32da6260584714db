"""Two tabs, or a tab and a mail program: what is chosen at the same moment is written down once."""

import pytest
from django.db import connection
from django.test import Client

from accounts.flows.consents import WORDINGS
from accounts.flows.preferences import PolicyMail, choose_policy_mail
from accounts.flows.unsubscribe_links import POLICY_MAIL, unsubscribe_token
from accounts.models import ConsentRecord
from tests.making.choices import the_site_chooses
from tests.making.people import sign_in
from tests.making.simultaneous import HANDS, at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is not shared by threads"),
]
Purpose = ConsentRecord.Purpose
ROUNDS = 10
BUTTONS = "/account/preferences/consents/"


def tabs():
    the_site_chooses(third_parties="Partner Ltd")
    browsers = [Client() for _ in range(HANDS)]
    for browser in browsers:
        sign_in(browser)
    return browsers


def post(browser, data):
    assert browser.post(BUTTONS, data).status_code == 302


def test_agreeing_and_taking_back_in_many_tabs_leave_one_record_each(ann):
    browsers = tabs()
    for data in ({"agree": Purpose.PASSING_ON, "version": 1}, {"take_back": Purpose.PASSING_ON}):
        at_once(*[lambda browser=browser, data=data: post(browser, data) for browser in browsers])
    assert list(ann.consent_records.values_list("given", flat=True)) == [False, True]


def test_agreeing_to_different_things_at_once_keeps_each(ann):
    browsers = tabs()
    works = [
        lambda browser=browser, purpose=purpose: post(browser, {"agree": purpose, "version": 1})
        for browser, purpose in zip(browsers, WORDINGS, strict=False)
    ]
    at_once(*works)
    assert set(ann.consent_records.values_list("purpose", flat=True)) == set(WORDINGS)


def test_unsubscribing_many_times_at_once_is_done_once(ann):
    link = f"/account/unsubscribe/{unsubscribe_token(ann.pk, POLICY_MAIL)}/"
    for _ in range(ROUNDS):
        choose_policy_mail(ann, PolicyMail.EVERY)
        answers = at_once(*[lambda: Client().post(link, {"List-Unsubscribe": "One-Click"})] * HANDS)
        assert {answer.status_code for answer in answers} == {200}
    assert ann.mail_choices.filter(policy_mail=PolicyMail.NONE).count() == ROUNDS
