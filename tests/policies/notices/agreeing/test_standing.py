"""Who is asked what on which day: computed from the versions, the answers and the day, and from nothing else."""

import datetime as dt

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.notices.agreeing.questions import asked_in_force, questions
from policies.notices.agreeing.standing import standings_of
from policies.notices.models import Answer, Engagement
from policies.versions.announcing import withdraw
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import put, row
from tests.policies.notices.agreeing.people import BACK, NO, an_old_hand, answered, state_of, version, who_joined

JUNE = dt.date(2026, 6, 15)


def test_it_may_wait_for_the_days_of_grace_and_is_due_then(terms, today):
    ann = an_old_hand()
    assert state_of(ann) == "may wait"
    today(dt.date(2026, 6, 19))
    assert state_of(ann) == "may wait"
    today(dt.date(2026, 6, 20))
    assert state_of(ann) == "due"


def test_grace_is_for_who_was_there_before_or_had_agreed_before(terms):
    assert state_of(who_joined(dt.date(2026, 6, 10))) == "may wait"
    newcomer = who_joined(dt.date(2026, 6, 11), "new@example.org")
    assert state_of(newcomer) == "due"


def test_an_answer_counts_for_the_version_that_asked_and_for_later_ones(terms):
    ann = an_old_hand()
    answered(ann, "1.0")
    assert state_of(ann) == "may wait"
    answered(ann, "2.0")
    assert state_of(ann) == "agreed"
    announce(terms, a_document("terms apply to everybody"), significance="correction")
    assert [question.number for question in questions()] == ["2.1"]
    assert state_of(ann) == "agreed"


@pytest.mark.parametrize("kinds", [(NO,), ("accepted", BACK)])
def test_a_refusal_is_an_answer(terms, today, kinds):
    ann = an_old_hand()
    for kind in kinds:
        answered(ann, "2.0", kind)
    assert state_of(ann) == "refused"
    today(dt.date(2026, 12, 1))
    assert state_of(ann) == "refused"


def test_whoever_refused_is_asked_again_by_the_next_amendment_only(terms):
    ann = an_old_hand()
    answered(ann, "2.0", NO)
    announce(terms, a_document("terms apply to everybody"), significance="correction")
    assert state_of(ann) == "refused"
    announce(terms, a_document("terms are other ones"), asks_for="acceptance")
    assert state_of(ann) == "may wait" or state_of(ann) == "due"


def test_an_amendment_that_asks_nobody_again_leaves_agreements_standing_and_asks_the_others(terms):
    ann, ben = an_old_hand(), an_old_hand(email="ben@example.org")
    answered(ann, "2.0")
    words = {"asks_this_time": "nobody-again", "asks_because": "It gives you more rights."}
    announce(terms, a_document("terms are kinder"), asks_for="acceptance", **words)
    assert (state_of(ann), state_of(ben)) == ("agreed", "may wait")
    assert [(one.number, one.because) for one in questions()] == [("3.0", "It gives you more rights.")]


def test_an_upcoming_version_asks_from_its_day_and_may_be_accepted_early(terms, today):
    ann, ben = an_old_hand(), an_old_hand(email="ben@example.org")
    answered(ben, "2.0")
    announce(terms, a_document("terms are new"), asks_for="acceptance", effective_from=dt.date(2026, 7, 1))
    assert [question.number for question in asked_in_force()] == ["2.0"]
    assert [one.state.value for one in standings_of(ben)] == ["agreed", "early"]
    answered(ann, "3.0")
    assert [one.state.value for one in standings_of(ann)] == ["agreed", "agreed"]
    today(dt.date(2026, 7, 1))
    assert [(one.question.number, one.state.value) for one in standings_of(ben)] == [("3.0", "may wait")]
    assert state_of(ann) == "agreed"


def test_two_versions_that_come_meanwhile_are_one_question_for_the_newest(terms, today):
    ann = an_old_hand()
    answered(ann, "1.0")
    for words, day in (("terms are new", 1), ("terms are newer", 2)):
        announce(terms, a_document(words), asks_for="acceptance", effective_from=dt.date(2026, 7, day))
    today(dt.date(2026, 7, 5))
    (standing,) = standings_of(ann)
    assert (standing.question.number, standing.before.version.number) == ("4.0", "1.0")


def test_a_withdrawn_version_asks_nothing_and_agreeing_to_it_counts_for_nothing(terms):
    ann = an_old_hand()
    later = announce(terms, a_document("terms are new"), asks_for="acceptance", effective_from=dt.date(2026, 7, 1))
    answered(ann, "3.0")
    assert len(questions()) == 2
    withdraw(later, reason="A mistake.")
    assert [question.number for question in questions()] == ["2.0"]
    assert state_of(ann) == "may wait"


def test_a_policy_that_stops_asking_asks_nobody(terms):
    announce(terms, a_document("terms are gone"), asks_for="", least_age=None)
    assert questions() == []


def test_accepting_is_acknowledging_and_not_the_other_way(terms, today):
    ann = an_old_hand()
    answered(ann, "2.0")
    announce(terms, a_document("terms are new"), asks_for="acknowledgement", least_age=None)
    assert state_of(ann) in {"due", "may wait"}
    answered(ann, "3.0", "acknowledged")
    assert state_of(ann) == "agreed"
    words = {"asks_this_time": "nobody-again", "asks_because": "So."}
    announce(terms, a_document("terms are newest"), asks_for="acceptance", **words)
    assert state_of(ann) in {"due", "may wait"}, "what was only read is not accepted"


def test_known_questions_cost_no_query_and_answers_one(terms, django_assert_num_queries):
    ann = an_old_hand()
    answered(ann, "1.0")
    with django_assert_num_queries(1):
        questions()
    with django_assert_num_queries(0):
        questions()
    with django_assert_num_queries(1):
        standings_of(ann)
    for number in range(8):
        slug = f"policy-{number}"
        page = a_draft(a_document("more", title=slug), slug)
        put(page, row(1, dt.date(2026, 1, number + 1), asks_for="acceptance", asks_anew=True))
    cache.clear()
    questions()
    with django_assert_num_queries(1):
        assert len(standings_of(ann)) == 9


def test_where_nothing_is_asked_nobody_costs_a_query(privacy, django_assert_num_queries):
    ann = an_old_hand()
    questions()
    with django_assert_num_queries(0):
        assert standings_of(ann) == []


WHAT_HAPPENS = st.lists(
    st.tuples(st.sampled_from(["seen", "notified"]), st.sampled_from(["1.0", "2.0"])), max_size=6, unique=True
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(what=WHAT_HAPPENS, days=st.integers(0, 400))
def test_being_told_and_looking_never_make_an_agreement(terms, today, what, days):
    from django.db import transaction

    with transaction.atomic():
        ann = an_old_hand(email=f"ann{days}.{len(what)}@example.org")
        for kind, number in what:
            Engagement.objects.create(person=ann, version=version(number), kind=kind)
        today(JUNE + dt.timedelta(days=days))
        assert state_of(ann) in {"may wait", "due"}
        assert not Answer.objects.filter(person=ann).exists()
        today(JUNE)
        transaction.set_rollback(True)
