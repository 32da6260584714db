"""Nothing older is saved over the newest draft, and nobody replaces another's draft without knowing."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains
from wagtail import hooks
from wagtail.models import Revision

from accounts.models import User
from tests.making.editing import AMENDMENT, NEW, OTHER, PUBLISH, Editor, form_with, fresh, says
from tests.making.policies import a_document, a_draft

THIRD = a_document("cookies are biscuits")


@pytest.fixture
def otto(privacy, verified) -> Editor:
    """Another editor of the same policy."""
    return Editor(
        verified(Client(), User.objects.create_superuser("otto@example.org", "a long enough password")), privacy
    )


def autosaves(editor, document, **fields):
    return editor.client.post(editor.url, form_with(document, **fields), headers={"Accept": "application/json"})


def loaded(editor) -> dict[str, str]:
    """What the browser knows of the draft it was given."""
    page = editor.opens()
    return {
        "loaded_revision_id": page.context["page"].latest_revision_id or "",
        "loaded_revision_created_at": page.context["loaded_revision_created_at"] or "",
        "drafted_at": page.context["form"]["drafted_at"].value(),
    }


class Meanwhile:
    """Somebody saves while a request is under way: after it has read the draft, before it saves its own."""

    def __init__(self, save):
        self.save, self.done = save, False

    def __call__(self, request, page):
        if not self.done:
            self.done = True
            self.save()


def meanwhile(save):
    return hooks.register_temporarily("before_edit_page", Meanwhile(save), order=1)


def test_an_autosave_goes_on_over_its_own_revision(edith):
    known = loaded(edith)
    first = autosaves(edith, NEW, **known).json()
    second = autosaves(edith, OTHER, **known, overwrite_revision_id=first["revision_id"]).json()
    assert (second["success"], second["revision_id"]) == (True, first["revision_id"])
    assert says(edith.page, OTHER)


def test_an_autosave_under_way_is_not_saved_over_a_draft_that_was_just_saved(edith):
    """As it happens when the button is pressed while the browser saves by itself."""
    known = loaded(edith)
    first = autosaves(edith, NEW, **known).json()["revision_id"]
    with meanwhile(lambda: edith.saves(THIRD, **known)):
        answer = autosaves(edith, OTHER, **known, overwrite_revision_id=first)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert "A newer draft was saved meanwhile" in answer.json()["error_message"]
    assert says(edith.page, THIRD)


def test_the_first_autosave_under_way_makes_no_newer_draft_of_older_words(edith):
    known = loaded(edith)
    with meanwhile(lambda: edith.saves(THIRD, **known)):
        answer = autosaves(edith, OTHER, **known)
    assert answer.json()["error_code"] == "invalid_revision"
    assert says(edith.page, THIRD)
    assert edith.row.latest_revision == edith.row.get_latest_revision()


def test_a_policy_that_was_never_announced_is_guarded_as_well(edith):
    page = a_draft(slug="terms")
    page.save_revision(user=User.objects.get(email="editor@example.org"))
    editor = Editor(edith.client, page)
    known = loaded(editor) | {"slug": "terms"}
    with meanwhile(lambda: editor.saves(THIRD, **known)):
        answer = autosaves(editor, OTHER, **known)
    assert answer.json()["error_code"] == "invalid_revision"
    assert says(page, THIRD)
    assert fresh(page).latest_revision == fresh(page).get_latest_revision()


def test_the_button_pressed_while_an_autosave_is_under_way_saves(edith):
    known = loaded(edith)
    with meanwhile(lambda: autosaves(edith, OTHER, **known)):
        edith.saves(THIRD, **known)
    assert says(edith.page, THIRD)


@pytest.mark.parametrize("press", [{}, PUBLISH | AMENDMENT], ids=["save", "announce"])
def test_another_editors_draft_is_not_replaced_without_knowing(edith, otto, press):
    known = loaded(edith)
    otto.saves(OTHER, **loaded(otto))
    page = edith.saves(NEW, **known, **press)
    assert "replaces_newer" in page.context["form"].errors
    assertContains(page, "otto@example.org saved a draft of this policy on")
    assertContains(page, "large files")  # what was typed
    assert says(edith.page, OTHER)
    assert edith.versions == ["1.0"]


def test_what_was_refused_is_not_saved_by_the_browser_afterwards(edith, otto):
    known = loaded(edith)
    otto.saves(OTHER, **loaded(otto))
    shown = edith.saves(NEW, **known).context
    now = {
        "loaded_revision_id": shown["page"].latest_revision_id,
        "loaded_revision_created_at": shown["loaded_revision_created_at"],
        "drafted_at": shown["form"]["drafted_at"].value(),
    }
    assert autosaves(edith, NEW, **now).json()["success"] is False
    assert says(edith.page, OTHER)


def test_whoever_says_so_replaces_it_and_the_other_stays_in_the_history(edith, otto):
    known = loaded(edith)
    otto.saves(OTHER, **loaded(otto))
    theirs = edith.row.latest_revision_id
    edith.saves(NEW, **known, replaces_newer="on")
    assert says(edith.page, NEW)
    assert Revision.objects.filter(pk=theirs).exists()


def test_ones_text_is_previewed_all_the_same(edith, otto):
    known = loaded(edith)
    otto.saves(OTHER, **loaded(otto))
    answer = edith.client.post(f"{edith.url}preview/", form_with(NEW, **known))
    assert answer.json() == {"is_valid": True, "is_available": True}


def test_ones_own_drafts_since_are_no_matter(edith, otto):
    otto.saves(OTHER, **loaded(otto))
    known = loaded(edith)
    edith.saves(NEW, **known)
    edith.saves(THIRD, **known)
    assert says(edith.page, THIRD)


@pytest.mark.parametrize("since", ["", "garbage", "2026-13-45T00:00:00Z", "2026-11-26T00:00:00"])
def test_a_form_that_does_not_say_when_it_was_opened_is_taken_as_it_is(edith, since):
    edith.saves(NEW, drafted_at=since)
    assert says(edith.page, NEW)
