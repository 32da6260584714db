"""Words that are struck through in a draft never come into force unless somebody says so."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import features

from policies.versions.announcing import AnnouncementRefused, announce
from policies.writing.drafting import sections_data
from policies.writing.models import PolicyPage
from tests.making.editing import AMENDMENT, FEATURES, NEW, PUBLISH, form_with, numbers_of
from tests.making.policies import a_draft

pytestmark = pytest.mark.django_db
SAYS = "words that are struck through: “large”."


def with_words(page: PolicyPage, html: str) -> PolicyPage:
    """A draft of the policy in which one clause reads so, as an import or a program may write it."""
    text = json.dumps(sections_data(NEW))
    assert "cookies are large files" in text
    page.sections = json.loads(text.replace("cookies are large files", json.dumps(html)[1:-1]))
    for name, value in AMENDMENT.items():
        setattr(page, name, value)
    return page


def refusal_of(draft: PolicyPage) -> str:
    """What the door says to whoever announces the draft, whatever the way."""
    with pytest.raises(AnnouncementRefused) as refused:
        announce(draft.proposal(draft.save_revision()))
    return str(refused.value)


def pasted(html: str) -> dict[str, str]:
    """What the editor's browser sends of words that were pasted so."""
    data = form_with(NEW, **AMENDMENT, **PUBLISH)
    (field,) = (name for name, value in data.items() if "cookies are large files" in str(value))
    return data | {field: ContentstateConverter(FEATURES).from_database_format(f"<p>{html}</p>")}


def test_pasted_words_stay_struck_in_the_draft_and_are_refused_at_their_field(edith):
    data = pasted("cookies are <s>large</s> files")
    assert "STRIKETHROUGH" in str(data)
    page = edith.client.post(edith.url, data, follow=True)
    assert SAYS in str(page.context["form"].errors["sections"])
    assert edith.versions == ["1.0"]


def test_a_draft_with_struck_words_can_be_saved_and_opens_with_them(edith):
    data = pasted("cookies are <s>large</s> files")
    edith.client.post(edith.url, {name: value for name, value in data.items() if name not in PUBLISH}, follow=True)
    assert "<s>large</s>" in str(edith.draft.sections.get_prep_value())
    assert "STRIKETHROUGH" in edith.opens().content.decode()


def test_without_them_it_is_announced(edith):
    page = edith.client.post(edith.url, pasted("cookies are files"), follow=True)
    assert page.redirect_chain[-1][0].endswith("/look/"), "it is looked at before the deed"


@pytest.mark.parametrize(
    "html",
    [
        "cookies are <s>large</s> files",
        "cookies are <del>large</del> files",
        "cookies are <strike><b>lar</b>ge</strike> files",
        "cookies are <span style='text-decoration: line-through'>large</span> files",
        "cookies are l\u0336a\u0336r\u0336g\u0336e\u0336 files",
    ],
)
def test_however_they_are_struck_the_door_refuses_them(privacy, html):
    assert SAYS in refusal_of(with_words(privacy, html))
    assert numbers_of(privacy) == ["1.0"]


def test_many_passages_are_counted(privacy):
    draft = with_words(privacy, " and ".join(f"<s>word {number}</s>" for number in range(7)))
    assert "“word 4” and 2 more passages." in refusal_of(draft)


def test_a_first_version_is_refused_as_well(db):
    assert SAYS in refusal_of(with_words(a_draft(slug="boats"), "cookies are <s>large</s> files"))


def test_there_is_no_button_for_it():
    """Draftail shows no control for a style that has neither a label nor an icon."""
    assert features.get_editor_plugin("draftail", "struck").data == {"type": "STRIKETHROUGH", "label": None}
