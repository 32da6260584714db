"""A correction of an e-mail: to those who got it, in its thread, after a look and a hold."""

import datetime as dt
from email import message_from_bytes, policy

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.models import MailPreference
from policies.notices.following import correct
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import IllegalTransition
from policies.notices.sending.rounds import work
from policies.notices.sending.staging import stage_newcomers, stage_recipients
from policies.notices.totals import recount
from tests.making.editing import messages_of
from tests.making.mailing import Mailing
from tests.making.notice_pages import history_of, page_of
from tests.making.notices import a_notice, a_sending_notice, fresh, states, who_chose
from tests.making.people import a_person, text_of
from tests.policies.notices.servers import accepting_server

pytestmark = pytest.mark.django_db
WORDS = "The day was wrong: it begins on 3 March, not on 3 May."


@pytest.fixture
def server(settings):
    """A real mail server that the notices go through."""
    with accepting_server() as accepting:
        Mailing(settings).through(accepting)
        yield accepting


@pytest.fixture
def sent(privacy, server) -> AmendmentNotice:
    """A notice that Ann and Ben got, that Cas did not want and that came back from Dee."""
    for name in ("ann", "ben", "dee"):
        a_person(f"{name}@example.org", first_name=name.title())
    who_chose("none", "cas@example.org")
    notice = a_sending_notice(privacy)
    work()
    Delivery.objects.filter(address="dee@example.org").update(state="unreachable", reason="bounced")
    recount(notice)
    assert fresh(notice).state == "done"
    return notice


def follower(notice) -> AmendmentNotice:
    return AmendmentNotice.objects.get(follows=notice)


def looked_at(client, notice, words=WORDS):
    return client.post(page_of(notice, "correct"), {"step": "look", "words": words})


def sends(client, notice, words=WORDS):
    seen = looked_at(client, notice, words).context["seen"]
    return client.post(page_of(notice, "correct"), {"step": "send", "seen": seen}, follow=True)


def let_the_hold_end() -> None:
    AmendmentNotice.objects.update(held_until=timezone.now() - dt.timedelta(minutes=1))
    work()


@pytest.mark.parametrize(
    ("who", "may"),
    [("nobody", False), ("editor", False), ("approver", True), ("data protection", False), ("superuser", True)],
)
def test_who_may_correct_is_asked_for_words_and_who_may_not_makes_nothing(sent, staff, who, may):
    client = staff(who)
    assert client.get(page_of(sent, "correct")).status_code == (200 if may else 302)
    answer = looked_at(client, sent)
    assert answer.status_code == (200 if may else 302)
    assert client.get(page_of(sent, "correct", "html")).status_code == (404 if may else 302)
    if may:
        seen = answer.context["seen"]
        assert client.post(page_of(sent, "correct"), {"step": "send", "seen": seen}).url == page_of(follower(sent))
    else:
        assert not AmendmentNotice.objects.filter(follows=sent).exists()


def test_the_mail_is_looked_at_first_as_text_and_as_html(sent, cms, server):
    before = len(server.accepted)
    page = looked_at(cms, sent)
    text = text_of(page)
    for words in (
        "2 people who got the first one",
        "15 minutes after you press",
        "Correction: Privacy policy: changes",
        WORDS,
    ):
        assert words in text
    frame = cms.get(page.context["frame"])
    assert WORDS in frame.text
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "script-src" not in frame["Content-Security-Policy"]
    assert not AmendmentNotice.objects.filter(follows=sent).exists()
    assert len(server.accepted) == before


def test_a_test_goes_to_whoever_asks_and_to_nobody_else(sent, cms, editor, server):
    before = len(server.accepted)
    seen = looked_at(cms, sent).context["seen"]
    page = cms.post(page_of(sent, "correct"), {"step": "test", "seen": seen})
    assert f"Sent to {editor.email}. Nobody else" in messages_of(page)
    assert [mail.recipient for mail in server.accepted[before:]] == [editor.email]
    assert ModelLogEntry.objects.get(action="notices.try").user == editor
    assert page.context["seen"]


def test_it_reaches_those_who_got_the_first_in_the_same_thread_after_its_hold(sent, cms, server):
    first = {mail.recipient: mail.message_id for mail in server.accepted}
    server.accepted.clear()
    response = sends(cms, sent)
    assert "Until then it can be stopped." in messages_of(response)
    made = follower(sent)
    work()
    assert (fresh(made).state, server.accepted) == ("held", [])
    let_the_hold_end()
    assert sorted(server.recipients) == ["ann@example.org", "ben@example.org"]
    for taken in server.accepted:
        mail = message_from_bytes(taken.body, policy=policy.default)
        assert mail["In-Reply-To"].strip() == mail["References"].strip() == first[taken.recipient]
        assert taken.message_id not in first.values()
        assert mail["Subject"].startswith("Correction: Privacy policy: changes from")
        assert WORDS in " ".join(mail.get_body(("plain",)).get_content().split())
        assert "That e-mail was not right." in mail.get_body(("html",)).get_content()


def test_whoever_has_chosen_no_such_mail_since_gets_no_correction_either(sent, cms, server):
    ann = Delivery.objects.get(address="ann@example.org", notice=sent).person
    MailPreference.objects.create(person=ann, policy_mail="none")
    sends(cms, sent)
    let_the_hold_end()
    made = follower(sent)
    assert states(made) == {"ann@example.org": "skipped preference", "ben@example.org": "sent"}


def partly_sent(privacy, **outcomes) -> AmendmentNotice:
    """A notice that is over, with these states and reasons of what went to Ann, Ben and so on."""
    for name in outcomes:
        a_person(f"{name}@example.org")
    notice = a_sending_notice(privacy)
    for name, (state, reason) in outcomes.items():
        Delivery.objects.filter(address=f"{name}@example.org").update(state=state, reason=reason)
    AmendmentNotice.objects.update(state="stopped", sent=1)
    return fresh(notice)


def test_who_never_answered_may_have_got_it_and_is_told(privacy):
    notice = partly_sent(privacy, ann=("sent", ""), ben=("failed", "in-doubt"), cas=("failed", "refused"))
    stage_recipients(correct(notice, WORDS))
    assert states(follower(notice)).keys() == {"ann@example.org", "ben@example.org"}


def test_a_correction_stands_in_every_history(sent, privacy, cms):
    sends(cms, sent)
    line = "A correction of the e-mails about version 2.0 made"
    for address in (history_of(sent), history_of(follower(sent)), f"/cms/pages/{privacy.pk}/history/"):
        text = text_of(cms.get(address))
        assert line in text
        assert WORDS in text
    assert PageLogEntry.objects.filter(action="notices.correct").count() == 2


def test_a_notice_is_corrected_once_and_then_not_tried_again(sent, cms):
    seen = looked_at(cms, sent).context["seen"]
    for _ in range(2):
        response = cms.post(page_of(sent, "correct"), {"step": "send", "seen": seen}, follow=True)
    assert "was made already" in messages_of(response)
    assert AmendmentNotice.objects.filter(follows=sent).count() == 1
    AmendmentNotice.objects.filter(pk=sent.pk).update(failed=1)
    assert "was made already" in text_of(cms.get(page_of(sent, "retry")))
    assert "was made already" in messages_of(cms.post(page_of(sent, "retry"), follow=True))


def test_one_that_was_stopped_can_be_written_anew_and_a_wrong_one_be_corrected(sent, cms):
    sends(cms, sent)
    cms.post(page_of(follower(sent), "stop"), {"because": "Wrong again."})
    sends(cms, sent, "Better words.")
    let_the_hold_end()
    second = AmendmentNotice.objects.get(words="Better words.")
    assert fresh(second).state == "done"
    assert "Until then" in messages_of(sends(cms, second, "Even better words."))
    assert AmendmentNotice.objects.get(words="Even better words.").follows == second


@pytest.mark.parametrize("state", ["held", "sending", "paused"])
def test_it_must_be_over_first(sent, cms, state):
    seen = looked_at(cms, sent).context["seen"]
    AmendmentNotice.objects.update(state=state)
    assert "Stop it first" in text_of(cms.get(page_of(sent, "correct")))
    for data in ({"step": "send", "seen": seen}, {"step": "look", "words": WORDS}):
        assert "Stop it first" in messages_of(cms.post(page_of(sent, "correct"), data, follow=True))
    with pytest.raises(IllegalTransition, match="Stop it first"):
        correct(sent, WORDS)


def test_where_nobody_got_it_there_is_nothing_to_correct(held, cms):
    cms.post(page_of(held, "stop"), {"because": "Wrong."})
    assert "Nobody got this e-mail" in text_of(cms.get(page_of(held, "correct")))


@pytest.mark.parametrize("seen", ["", "nonsense", "another notice"])
def test_words_that_nobody_looked_at_are_not_sent(sent, privacy, cms, seen):
    if seen == "another notice":
        seen = looked_at(cms, sent).context["seen"]
        sent = a_notice(privacy, words="cookies are gone")
        AmendmentNotice.objects.filter(pk=sent.pk).update(state="done", sent=1)
    response = cms.post(page_of(sent, "correct"), {"step": "send", "seen": seen}, follow=True)
    assert "Look at the e-mail once more" in messages_of(response)
    assert not AmendmentNotice.objects.filter(follows=sent).exists()


def test_the_words_can_be_changed_after_the_look(sent, cms):
    seen = looked_at(cms, sent).context["seen"]
    assert WORDS in cms.post(page_of(sent, "correct"), {"step": "change", "seen": seen}).text
    assert looked_at(cms, sent, " ").context["form"].errors.keys() == {"words"}


def test_nobody_is_staged_while_a_mail_of_the_first_is_in_the_air(privacy):
    notice = partly_sent(privacy, ann=("sending", ""), ben=("sent", ""))
    made = correct(notice, WORDS)
    assert not stage_recipients(made)
    Delivery.objects.filter(address="ann@example.org").update(state="sent")
    assert stage_recipients(made)
    assert states(made).keys() == {"ann@example.org", "ben@example.org"}


def test_newcomers_are_not_sent_what_was_corrected(privacy, server, cms):
    a_person("ann@example.org")
    soon = timezone.localdate() + dt.timedelta(days=30)
    notice = a_sending_notice(privacy, effective_from=soon, tell_newcomers=True)
    work()
    correct(fresh(notice), WORDS)
    a_person("new@example.org")
    assert stage_newcomers(notice) == 0


def test_the_command_corrects_as_the_page_does(sent, capsys):
    from django.core.management import call_command

    call_command("notices", "correct", str(sent.pk), "--words", WORDS)
    assert f"Notice {follower(sent).pk} corrects it; 2 recipients got the first." in capsys.readouterr().out
