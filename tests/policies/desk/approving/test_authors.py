"""Who wrote a draft: whoever changed its text, words, dates or mail since the last announcement, and nobody else."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from policies.desk.approving.people.authors import UNKNOWN, authors_of, authors_of_draft
from policies.versions.announcing import withdraw
from policies.writing.drafting import sections_data
from policies.writing.models import PolicyPage
from tests.making.editing import NEW, OTHER, Editor, a_waiting_draft, fresh
from tests.making.policies import a_document, a_draft

pytestmark = pytest.mark.django_db


def saves_again(page, user, **words) -> Revision:
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def test_nobody_wrote_what_was_announced(privacy):
    assert authors_of_draft(fresh(privacy)) == set()


def test_who_changes_the_text_wrote_it(privacy, wanda):
    a_waiting_draft(privacy, user=wanda)
    assert authors_of_draft(fresh(privacy)) == {wanda.pk}


def test_saving_without_a_change_makes_nobody_an_author(privacy, wanda, archie):
    a_waiting_draft(privacy, user=wanda)
    for _ in range(3):
        saves_again(privacy, archie)
    assert authors_of_draft(fresh(privacy)) == {wanda.pk}


def test_nor_do_other_numbers_of_the_same_blocks(privacy, wanda, archie):
    """A form comes back with new ids for clauses; the text is the same."""
    a_waiting_draft(privacy, user=wanda)
    saves_again(privacy, archie, sections=sections_data(NEW))
    assert authors_of_draft(fresh(privacy)) == {wanda.pk}


@pytest.mark.parametrize(
    "change",
    [
        {"change_summary": "Other words."},
        {"significance": "correction"},
        {"effective_from": timezone.localdate() + dt.timedelta(days=90)},
        {"tell_newcomers": True},
        {"always_notify_because": "It is the law."},
        {"about_personal_data": False},
        {"go_live_at": timezone.now() + dt.timedelta(days=3)},
        {"title": "Other title"},
        {"kinds": ["new-purpose"]},
        {"short_notice_because": "It cannot wait."},
        {"tell_of_correction": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_words_dates_and_mail_are_part_of_it(privacy, wanda, archie, change):
    a_waiting_draft(privacy, user=wanda)
    saves_again(privacy, archie, **change)
    assert authors_of_draft(fresh(privacy)) == {wanda.pk, archie.pk}


def test_whose_words_were_taken_out_again_wrote_it_all_the_same(privacy, wanda, archie):
    """Nobody looks at who wrote which word that is left."""
    a_waiting_draft(privacy, user=wanda)
    a_waiting_draft(privacy, OTHER, user=archie)
    a_waiting_draft(privacy, NEW, user=wanda)
    assert authors_of_draft(fresh(privacy)) == {wanda.pk, archie.pk}


def test_later_drafts_do_not_count(privacy, wanda, archie):
    first = a_waiting_draft(privacy, user=wanda)
    a_waiting_draft(privacy, OTHER, user=archie)
    assert authors_of(fresh(privacy), first) == {wanda.pk}


def test_what_was_announced_is_behind_us(privacy, wanda, archie):
    a_waiting_draft(privacy, user=wanda)
    fresh(privacy).get_latest_revision().publish(user=archie)
    a_waiting_draft(privacy, OTHER, user=archie)
    assert authors_of_draft(fresh(privacy)) == {archie.pk}


def test_what_was_withdrawn_is_not(privacy, wanda, archie):
    soon = timezone.localdate() + dt.timedelta(days=30)
    a_waiting_draft(privacy, user=wanda, effective_from=soon).publish(user=archie)
    version = privacy.versions.get(sequence=2)
    withdraw(version, reason="Too early.", by=archie)
    saves_again(privacy, archie, change_summary="Later.", significance="amendment")
    assert authors_of_draft(fresh(privacy)) == {wanda.pk, archie.pk}


def test_who_saved_first_wrote_a_first_draft(wanda, archie, two_people):
    page = a_draft(slug="terms")
    page.save_revision(user=wanda)
    saves_again(page, archie)
    assert authors_of_draft(fresh(page)) == {wanda.pk}


def test_a_draft_from_a_file_was_written_by_somebody_unknown(privacy, archie):
    a_waiting_draft(privacy, user=None)
    saves_again(privacy, archie)
    assert authors_of_draft(fresh(privacy)) == {UNKNOWN}


def test_whose_drafts_were_purged_still_wrote_it(privacy, signed_in, editor, wanda):
    """The later draft is whole, and would seem to be all of its saver's."""
    browser = Editor(signed_in(wanda), privacy)
    browser.saves(NEW)
    saves_again(privacy, editor, change_summary="Words.")
    saves_again(privacy, editor)
    call_command("purge_revisions")
    assert fresh(privacy).revisions.filter(user=wanda).count() == 0
    assert {wanda.pk, editor.pk} <= authors_of_draft(fresh(privacy))


def test_many_saves_cost_no_more_than_those_who_made_them(privacy, wanda, archie, django_assert_max_num_queries):
    for user in (wanda, archie):
        for number in range(12):
            a_waiting_draft(privacy, a_document(f"cookies of {user.first_name} are {number}"), user=user)
    page = PolicyPage.objects.get(pk=privacy.pk)
    newest = page.get_latest_revision()
    with django_assert_max_num_queries(30):
        assert authors_of(page, newest) == {wanda.pk, archie.pk}
