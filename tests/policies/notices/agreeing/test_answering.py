"""An answer is a button that a person pressed: written once with its words and the text's digest, and never changed."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import triggers
from accounts.models.append_only import AppendOnly
from accounts.personal_data.collecting import collect
from accounts.personal_data.erasing import erase
from accounts.personal_data.register import subject_of
from policies.notices.agreeing.answering import AgeNotStated, Button, CannotAnswer, answer
from policies.notices.agreeing.counting import answers_by_version
from policies.notices.models import Answer, Engagement
from policies.notices.proof import discrepancies
from policies.versions.announcing import withdraw
from policies.versions.evidence import evidence_of, evidence_of_person
from policies.versions.models import PolicyVersion
from tests.making.people import a_person
from tests.making.policies import a_document, announce
from tests.policies.notices.agreeing.people import BACK, NO, YES, an_old_hand, answered, answers, version

WORDS = "I accept version 2.0 of “Terms of use”"


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_answer_keeps_the_version_its_digest_the_words_their_language_the_place_and_the_age(terms):
    ann = an_old_hand()
    answer(ann, version("2.0"), Button(YES, WORDS, "sign-in"), age_stated=True)
    given = Answer.objects.get(person=ann)
    assert (given.version, given.digest) == (version("2.0"), version("2.0").digest)
    assert (given.wording, given.language) == (f"{WORDS}. I am 16 or older", "en-gb")
    assert (given.where, given.kind, given.age_stated) == ("sign-in", "accepted", 16)


def test_taking_back_is_a_row_of_its_own_and_so_is_agreeing_again(terms):
    ann = an_old_hand()
    for kind in (YES, YES, BACK, YES, NO, NO):
        answered(ann, "2.0", kind)
    assert answers(ann) == [("2.0", YES), ("2.0", BACK), ("2.0", YES), ("2.0", BACK)]


def test_the_age_is_asked_for_once(terms):
    ann = an_old_hand()
    with pytest.raises(AgeNotStated, match="16 or older"):
        answer(ann, version("2.0"), Button(YES, WORDS, "page"))
    assert not Answer.objects.exists()
    answered(ann, "1.0")
    answer(ann, version("2.0"), Button(YES, WORDS, "page"))
    assert Answer.objects.get(version=version("2.0")).wording == WORDS


@pytest.mark.parametrize("kind", [BACK, "acknowledged"])
def test_what_was_not_asked_cannot_be_answered(terms, kind):
    with pytest.raises(CannotAnswer):
        answered(an_old_hand(), "2.0", kind)


def test_a_version_that_asks_nothing_or_was_withdrawn_cannot_be_answered(terms, privacy, today):
    ann = an_old_hand()
    with pytest.raises(CannotAnswer, match="does not ask"):
        answered(ann, "1.0", YES, "privacy")
    later = announce(terms, a_document("terms are new"), effective_from=today().replace(day=30))
    answered(ann, later.number)
    withdraw(later, reason="A mistake.")
    with pytest.raises(CannotAnswer, match="withdrawn"):
        answered(a_person("ben@example.org"), later.number)
    answered(ann, later.number, BACK)


def test_answers_are_only_added(terms):
    given = answered(an_old_hand(), "2.0")
    given.kind = NO
    for attempt in (given.save, given.delete, Answer.objects.all().delete, lambda: Answer.objects.update(kind=NO)):
        with pytest.raises(AppendOnly):
            attempt()
    for sql in ("UPDATE notices_answer SET wording = 'No.'", "DELETE FROM notices_answer"):
        with pytest.raises(IntegrityError, match="people answered is kept"):
            run(sql)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE is PostgreSQL's")
def test_answers_cannot_be_truncated(terms):
    answered(an_old_hand(), "2.0")
    with pytest.raises(IntegrityError, match="people answered is kept"):
        run("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE notices_answer")


@pytest.mark.parametrize(("column", "value"), [("kind", "'seen'"), ("wording", "''")])
def test_the_database_takes_no_answer_without_words_or_of_another_kind(terms, column, value):
    answered(an_old_hand(), "2.0")
    columns = ["person_id", "version_id", "kind", "digest", "wording", "language", "where", "at"]
    picked = ", ".join(value if name == column else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    with pytest.raises(IntegrityError, match="notices_answer"):
        run(f"INSERT INTO notices_answer ({names}) SELECT {picked} FROM notices_answer")


@pytest.mark.parametrize("kind", ["acknowledged", "accepted", "declined"])
def test_engagement_holds_no_agreement(terms, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.bulk_create([Engagement(person=an_old_hand(), version=version("2.0"), kind=kind)])


def test_an_answer_to_another_text_is_found(terms, capsys):
    answered(an_old_hand(), "2.0")
    assert len(list(discrepancies("terms"))) == 1, "of a version put there no notice is known"
    triggers.lift()
    run("UPDATE notices_answer SET digest = 'another'")
    assert [what for _, what in discrepancies()][1:] == ["1 answer of people to another text than this"]
    with pytest.raises(CommandError):
        call_command("verify_policies")
    assert "to another text" in capsys.readouterr().err


def test_answers_are_in_the_download_and_go_with_the_person(terms):
    ann, ben = an_old_hand(), an_old_hand(email="ben@example.org")
    for person in (ann, ben):
        answered(person, "2.0")
    (found,) = [rows for kind, rows in _collected(ann) if kind == "policies-answered"]
    assert len(found) == 1
    assert "accepted 2.0. I am 16 or older" in str(found)
    erase(subject_of(ann))
    assert list(Answer.objects.values_list("person__email", flat=True)) == ["ben@example.org"]


def _collected(person):
    return [(kind.key, list(rows)) for kind, rows in collect(person)]


def test_answers_are_counted_by_version_and_kind_in_one_query(terms, django_assert_num_queries):
    people = [an_old_hand(email=f"p{number}@example.org") for number in range(5)]
    for person, kind in zip(people, (YES, YES, NO, YES, NO), strict=True):
        answered(person, "2.0", kind)
    answered(people[0], "1.0")
    answered(people[3], "2.0", BACK)
    one, two = version("1.0").pk, version("2.0").pk
    with django_assert_num_queries(1):
        counted = answers_by_version()
    none = {"acknowledged": 0, "accepted": 0, "declined": 0, "withdrawn": 0}
    assert counted == {one: none | {"accepted": 1}, two: none | {"accepted": 2, "declined": 2, "withdrawn": 1}}
    with django_assert_num_queries(1):
        assert list(answers_by_version(PolicyVersion.objects.filter(pk=one))) == [one]


def test_the_evidence_of_a_version_holds_figures_and_that_of_a_person_their_own_answers(terms, privacy):
    ann, ben = an_old_hand(), an_old_hand(email="ben@example.org")
    for person, kind in ((ann, YES), (ann, BACK), (ben, NO)):
        answered(person, "2.0", kind)
    (file,) = [file for file in evidence_of(version("2.0")) if file.path == "answers.json"]
    assert json.loads(file.content)["asks"]["for"] == "acceptance"
    assert json.loads(file.content)["answers"] == {"acknowledged": 0, "accepted": 0, "declined": 1, "withdrawn": 1}
    assert "example.org" not in file.content
    (file,) = [file for file in evidence_of_person(version("2.0"), ann) if file.path == "answers.json"]
    assert [row["answer"] for row in json.loads(file.content)] == [YES, BACK]
    assert not [file for file in evidence_of(version("1.0", "privacy")) if file.path == "answers.json"]
    assert not [file for file in evidence_of_person(version("1.0"), ann) if file.path == "answers.json"]
