"""What a text can hold is kept by the form that an editor saves: raised words, line breaks, mixed lists, languages."""

import pytest

from policies.texts.document import canonical_text
from policies.versions.models import PolicyVersion
from policies.writing.drafting import preamble_data
from policies.writing.models import PolicyPage
from tests.making.editing import form_with
from tests.making.kinds import DOCUMENT

pytestmark = pytest.mark.django_db


def test_a_saved_form_keeps_every_kind(edith):
    assert edith.saves(DOCUMENT).status_code == 200
    assert canonical_text(edith.draft.document) == canonical_text(DOCUMENT)


def test_an_announced_form_is_the_version(edith):
    edith.announces(DOCUMENT)
    assert PolicyVersion.objects.get(major=2).text == canonical_text(DOCUMENT)


def test_the_editor_offers_raised_and_lowered_words_bullets_and_languages(edith):
    form = edith.opens().content.decode()
    assert "SUPERSCRIPT" in form
    assert "SUBSCRIPT" in form
    assert "A bullet instead of a number" in form
    assert "Language of what follows" in form


@pytest.mark.parametrize("code", ["english please", "<b>", "x"])
def test_what_is_no_language_is_refused_at_its_field(edith, code):
    response = edith.client.post(edith.url, form_with(DOCUMENT) | {"language": code})
    assert "not the code of a language" in str(response.context["form"].errors["language"])
    response = edith.client.post(edith.url, form_with(DOCUMENT) | {"preamble-1-value-code": code})
    assert "not the code of a language" in response.content.decode()


def test_an_item_written_before_there_were_bullets_is_numbered():
    page = PolicyPage(title="Boats")
    item = {"type": "item", "id": "1", "value": {"text": "<p>one</p>", "clauses": []}}
    page.preamble = [{"type": "clauses", "id": "2", "value": [item]}]
    assert canonical_text(page.document) == "# Boats\n\n    1. one\n"
    assert preamble_data(page.document)[0]["value"][0]["value"]["bullet"] is False
