"""The states of a request: only legal moves, one at a time, and each of them in the story."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.rights.models import Kind, Outcome, RightsRequest, State, Story
from accounts.rights.models.transitions import STEPS, Move, legal_changes
from accounts.rights.moves import (
    By,
    IllegalMove,
    Overtaken,
    acknowledge,
    ask_clarification,
    ask_fee,
    ask_identity,
    clarify,
    close,
    close_unanswered,
    correct_day,
    decide,
    extend,
    give_identity,
    move,
    pay_fee,
    reopen,
    start,
    tell_progress,
    withdraw,
)
from tests.making.rights import a_request, staff_member

pytestmark = pytest.mark.django_db

PERSON = By.person()


@pytest.fixture
def desk():
    return staff_member()


def story(request):
    return [line.what for line in request.story.all()]


def test_a_request_goes_its_way_from_receipt_to_the_end_and_every_step_is_in_its_story(today, desk):
    request = a_request(received_on=dt.date(2026, 6, 3))
    today(dt.date(2026, 6, 3))
    assert request.due_on == dt.date(2026, 7, 3)
    start(request, desk)
    ask_identity(request, desk, "A copy of a letter to you")
    assert (request.state, request.due_on) == (State.WAITING_IDENTITY, None)
    today(dt.date(2026, 6, 10))
    give_identity(request, PERSON)
    assert (request.state, request.due_on) == (State.WORKING, dt.date(2026, 7, 10))
    ask_clarification(request, desk, "Which year do you mean?")
    assert (request.state, request.due_on) == (State.WAITING_CLARIFICATION, None)
    today(dt.date(2026, 6, 14))
    clarify(request, PERSON, words="The last")
    assert request.due_on == dt.date(2026, 7, 15)
    extend(request, desk, "There are many papers")
    assert request.due_on == dt.date(2026, 9, 15)
    decide(request, desk, Outcome.PARTLY)
    assert (request.state, request.due_on) == (State.DECIDED, None)
    close(request, desk)
    fresh = RightsRequest.objects.get()
    assert (fresh.state, fresh.due_on, fresh.closed_on) == (State.CLOSED, None, dt.date(2026, 6, 14))
    assert story(request) == [
        "started", "identity_asked", "identity_given", "clarification_asked", "clarified", "extended", "decided",
        "closed",
    ]  # fmt: skip


def test_a_fee_starts_the_month_and_can_be_asked_for_once_more(today, desk):
    today(dt.date(2026, 6, 3))
    request = a_request(Kind.ERASURE)
    ask_fee(request, desk, "£10 for copies")
    today(dt.date(2026, 6, 20))
    pay_fee(request, desk, on=dt.date(2026, 6, 18))
    assert request.due_on == dt.date(2026, 7, 20)  # the 18th is a Saturday
    with pytest.raises(IllegalMove, match="Nobody can write down that the fee was paid now"):
        pay_fee(request, desk)


@pytest.mark.parametrize("what", list(Move), ids=lambda what: what.name)
def test_no_move_is_made_from_another_state_and_the_words_say_which_one_it_is_in(what, desk):
    for state in set(State) - STEPS[what].frm:
        request = RightsRequest(pk=1, state=state, kind=Kind.ACCESS, reference="ABC")
        with pytest.raises(IllegalMove, match="Nothing was changed") as refused:
            move(request, what, desk)
        assert state.label.lower() in str(refused.value)


def test_of_two_at_once_one_wins_and_the_other_is_told(desk):
    request = a_request()
    hers, his = RightsRequest.objects.get(), RightsRequest.objects.get()
    decide(hers, desk, Outcome.GRANTED)
    with pytest.raises(Overtaken, match=r"Somebody else changed .* It is in the state “decided” now"):
        decide(his, desk, Outcome.REFUSED)
    assert (his.state, his.outcome, his.moved) == (State.RECEIVED, "", 0)
    request.refresh_from_db()
    assert (request.outcome, request.moved, story(request)) == ("granted", 1, ["decided"])


def test_a_change_without_a_state_is_made_by_one_of_two_as_well(today, desk):
    a_request()
    hers, his = RightsRequest.objects.get(), RightsRequest.objects.get()
    extend(hers, desk, "Complex")
    with pytest.raises(Overtaken):
        extend(his, desk, "Too complex")
    assert RightsRequest.objects.get().extension_reasons == "Complex"


def test_an_extension_is_told_within_the_month_with_reasons_and_once(today, desk):
    today(dt.date(2026, 6, 3))
    request = a_request()
    for reasons, words in (("  ", "Say why"),):
        with pytest.raises(IllegalMove, match=words):
            extend(request, desk, reasons)
    today(dt.date(2026, 7, 4))
    with pytest.raises(IllegalMove, match="by 3 July 2026"):
        extend(request, desk, "Complex")
    today(dt.date(2026, 7, 3))
    extend(request, desk, "Complex")
    with pytest.raises(IllegalMove, match="already"):
        extend(request, desk, "Complex")


def test_what_the_law_does_not_know_is_refused_in_words(desk, ann):
    with pytest.raises(IllegalMove, match="Only an access request"):
        ask_clarification(a_request(Kind.ERASURE), desk, "Which?")
    with pytest.raises(IllegalMove, match="while signed in"):
        ask_identity(a_request(person=ann, channel="account"), desk)
    complaint = a_request(Kind.COMPLAINT)
    for deed in (ask_identity, lambda request, by: ask_fee(request, by, "£10"), lambda r, by: extend(r, by, "Long")):
        with pytest.raises(IllegalMove, match="complaint"):
            deed(complaint, desk)
    assert not Story.objects.exists()


def test_no_question_hides_that_a_request_is_late(today, desk):
    today(dt.date(2026, 6, 3))
    late, asked_in_time = a_request(), a_request()
    today(dt.date(2026, 7, 3))
    ask_clarification(asked_in_time, desk, "Which year?")
    today(dt.date(2026, 7, 4))
    with pytest.raises(IllegalMove, match="ended on 3 July 2026"):
        ask_clarification(late, desk, "Which year?")
    assert (late.state, late.due_on) == (State.RECEIVED, dt.date(2026, 7, 3))


def test_a_complaint_is_due_by_the_acknowledgement_and_then_every_30_days(today, desk):
    today(dt.date(2026, 7, 1))
    complaint = a_request(Kind.COMPLAINT)
    assert complaint.due_on == dt.date(2026, 7, 30)
    acknowledge(complaint, desk)
    assert complaint.due_on == dt.date(2026, 7, 31)
    today(dt.date(2026, 7, 20))
    tell_progress(complaint, desk, "We asked the branch")
    assert complaint.due_on == dt.date(2026, 8, 19)
    with pytest.raises(IllegalMove, match="already"):
        acknowledge(complaint, desk)


def test_a_person_asks_anew_by_opening_it_again_and_staff_cannot_win_time_by_that(today, desk):
    today(dt.date(2026, 6, 3))
    request = a_request()
    ask_clarification(request, desk, "Which year?")
    withdraw(request, PERSON)
    assert request.pauses.get().answered_on == dt.date(2026, 6, 3)
    today(dt.date(2026, 9, 1))
    by_staff = RightsRequest.objects.get()
    reopen(by_staff, desk)
    assert by_staff.due_on < dt.date(2026, 7, 10)
    withdraw(by_staff, PERSON)
    reopen(by_staff, PERSON)
    assert (by_staff.state, by_staff.due_on) == (State.RECEIVED, dt.date(2026, 10, 1))


def test_silence_closes_a_request_and_the_person_opens_it_again(today, desk):
    request = a_request()
    ask_identity(request, desk)
    close_unanswered(request, desk, "We wrote twice")
    assert (request.state, request.outcome) == (State.CLOSED, Outcome.NO_ANSWER)
    reopen(request, PERSON)
    assert (request.state, request.outcome, request.closed_on) == (State.RECEIVED, "", None)


def test_the_day_of_receipt_is_corrected_but_never_into_the_future(today, desk):
    today(dt.date(2026, 6, 10))
    request = a_request()
    correct_day(request, desk, dt.date(2026, 6, 1))
    assert request.due_on == dt.date(2026, 7, 1)
    with pytest.raises(IllegalMove, match="after it was written down"):
        correct_day(request, desk, dt.date(2026, 6, 11))


def test_the_database_refuses_what_no_move_makes(desk):
    legal = set(legal_changes())
    for before in State:
        for after in set(State) - {before}:
            if (before, after) not in legal:
                refused_by_the_database(before, after)


def refused_by_the_database(before, after):
    ended = {"closed_on": dt.date(2026, 1, 1)} if before in ("closed", "withdrawn") else {}
    request = a_request(state=before, outcome="granted", decided_on=dt.date(2026, 1, 1), **ended)
    with pytest.raises(DatabaseError, match="legal moves"), transaction.atomic():
        RightsRequest.objects.filter(pk=request.pk).update(state=after)


@pytest.mark.parametrize(
    "fields",
    [
        {"received_on": dt.date(2099, 1, 1)},
        {"kind": "complaint", "state": "waiting_fee"},
        {"kind": "erasure", "state": "waiting_clarification"},
        {"extended_on": dt.date(2026, 1, 1)},
        {"closed_on": dt.date(2026, 1, 1)},
        {"kind": "nonsense"},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be_so(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsRequest.objects.create(**{"kind": "access", "channel": "form", "state": "received"} | fields)


def test_the_story_and_the_messages_are_only_added_to_and_pauses_are_for_access(desk):
    request = a_request(Kind.ERASURE)
    start(request, desk)
    for statement in (
        lambda: Story.objects.model._base_manager.update(words="Rewritten"),
        lambda: Story.objects.model._base_manager.all().delete(),
        lambda: RightsRequest.objects.filter(pk=request.pk).update(reference="OTHER"),
        lambda: request.pauses.create(asked_on=dt.date(2026, 1, 1)),
        lambda: RightsRequest.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
