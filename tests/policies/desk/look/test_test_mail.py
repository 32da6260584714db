"""“Send me a test”: one mail to whoever asks, through the server that sends notices."""

import pytest
from wagtail.models import PageLogEntry

from policies.notices.models import AmendmentNotice
from tests.making.editing import a_waiting_draft, messages_of
from tests.making.mailing import Mailing
from tests.policies.notices.servers import accepting_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing(settings) -> Mailing:
    return Mailing(settings)


def asks(client, page):
    return client.post(f"/cms/policies/{page.pk}/look/test/", follow=True)


def test_it_goes_to_whoever_asks_and_makes_nothing(privacy, cms, editor, mailing):
    a_waiting_draft(privacy)
    with accepting_server() as server:
        mailing.through(server)
        answer = asks(cms, privacy)
    assert server.recipients == ["editor@example.org"]
    body = server.accepted[0].body
    assert b"Subject: Privacy policy: changes from" in body
    assert b"Clearer words." in body
    assert "sent to editor@example.org, and to nobody else" in messages_of(answer)
    assert answer.redirect_chain == [(f"/cms/policies/{privacy.pk}/look/", 302)]
    assert not AmendmentNotice.objects.exists()
    assert privacy.versions.count() == 1
    entry = PageLogEntry.objects.get(action="policies.test_mail")
    assert (entry.user, entry.data) == (editor, {})


def test_what_the_mail_server_says_against_it_is_quoted(privacy, cms, mailing):
    a_waiting_draft(privacy)
    with accepting_server(refuse={"editor@example.org": "550 5.1.1 nobody here"}) as server:
        mailing.through(server)
        answer = asks(cms, privacy)
    assert "550 5.1.1 nobody here" in messages_of(answer)
    assert not PageLogEntry.objects.filter(action="policies.test_mail").exists()


def test_a_correction_has_no_mail_to_test(privacy, cms):
    a_waiting_draft(privacy, significance="correction")
    assert "there is no mail to test" in messages_of(asks(cms, privacy))
