"""A document is brought in from the CMS: uploaded, understood, compared, and then a draft that nobody outside sees."""

from dataclasses import replace

import pytest
from django.core import signing
from django.test import Client
from wagtail.models import PageLogEntry

from policies.desk.intake.carrying import CarriedDocument, carry_document
from policies.texts.document import canonical_text
from policies.texts.importing import read_policy_data
from policies.writing.models import PolicyPage
from tests.making.editing import Editor, a_waiting_draft, form_of, fresh, numbers_of
from tests.making.intake import OLD, Importer
from tests.making.kinds import DOCUMENT
from tests.making.staff import with_rights

pytestmark = pytest.mark.django_db
NEW = OLD.replace("large files", "no other files")
STRUCK = "# Boats\n\n## Rules\n\nWe will ~~not~~ row.\n"
HEADLESS = "We keep the boats dry.\n\nNobody rows alone.\n"


def same_text(page, content: str) -> bool:
    return canonical_text(page.document) == canonical_text(read_policy_data("a.md", content.encode()).document)


def test_a_document_becomes_the_draft_of_a_new_policy_and_its_editor_opens(newcomer, client, editor):
    newcomer.uploads()
    assert "Every word is accounted for" in newcomer.says()
    assert not PolicyPage.objects.exists()
    answer = newcomer.saves(slug="privacy")
    page = PolicyPage.objects.get()
    assert answer["Location"] == f"/cms/pages/{page.pk}/edit/"
    assert client.get(answer["Location"]).status_code == 200
    assert (page.slug, page.owner, page.live) == ("privacy", editor, False)
    assert same_text(page.get_latest_revision_as_object(), OLD)
    assert client.get("/policies/privacy/").status_code == 404


def test_a_document_takes_the_place_of_a_draft(importer, privacy, client):
    importer.uploads(NEW)
    importer.saves()
    assert same_text(importer.draft, NEW)
    assert fresh(privacy).has_unpublished_changes
    assert numbers_of(privacy) == ["1.0"]
    assert "is now the draft of" in importer.told()
    assert "no other files" not in client.get("/policies/privacy/").text


def test_the_page_shows_what_changes_in_the_version_in_force(importer):
    importer.uploads("# Privacy policy\n\nWe respect your privacy.\n\n## Cookies\n\ncookies are large files\n")
    assert "What it changes in version 1.0" in importer.says()
    assert "<del" in importer.answer.text


def test_the_page_shows_what_changes_in_the_waiting_draft_if_asked(importer, privacy, editor):
    a_waiting_draft(privacy, user=editor)
    importer.uploads(NEW)
    assert "Compare with the waiting draft" in importer.says()
    importer.posts("look", to=f"{importer.url}?against=draft")
    assert "What it changes in the waiting draft" in importer.says()
    assert "Compare with version 1.0" in importer.says()


def test_what_the_draft_says_of_its_amendment_is_kept(importer, privacy, editor):
    a_waiting_draft(privacy, user=editor, change_summary="Fewer files.", amends=1)
    importer.uploads(NEW)
    importer.saves()
    assert (importer.draft.change_summary, importer.draft.significance) == ("Fewer files.", "amendment")
    assert importer.draft.amends == 1


def test_a_draft_remembers_which_version_it_was_compared_with(importer, privacy):
    importer.uploads(NEW)
    Editor(importer.client, privacy).announces(DOCUMENT)
    importer.saves()
    assert importer.draft.amends == 1
    assert "Version 2.0 was announced" in Editor(importer.client, privacy).opens().text


def test_a_section_with_the_same_heading_is_the_same_section(importer, privacy):
    importer.uploads("# Privacy policy\n\n## Contact\n\nby post\n\n## Cookies\n\ncookies\n")
    importer.saves()
    before = {section.heading: section.key for section in privacy.document.sections}
    assert {section.heading: section.key for section in importer.draft.document.sections} == before


def test_the_history_says_who_brought_a_document_in(importer, privacy, editor):
    importer.uploads(NEW)
    importer.saves()
    entry = PageLogEntry.objects.get(action="policies.import")
    assert (entry.user, entry.revision, entry.data["kind"]) == (editor, fresh(privacy).latest_revision, "Markdown")
    history = importer.client.get(f"/cms/pages/{privacy.pk}/history/").text
    assert "Draft replaced by a document (Markdown)" in history


def test_struck_words_are_shown_and_asked_about(newcomer):
    newcomer.uploads(STRUCK)
    assert "We will [not] row." in newcomer.says()
    newcomer.posts("decide")
    assert newcomer.errors() == {"struck": "Say what is meant by them."}
    newcomer.posts("decide", struck="drop")
    assert "struck-through words" in newcomer.says()
    newcomer.saves(slug="boats")
    text = canonical_text(PolicyPage.objects.get().get_latest_revision_as_object().document)
    assert "We will row." in text


def test_struck_words_can_be_kept(newcomer):
    newcomer.uploads(STRUCK)
    newcomer.posts("decide", struck="keep")
    newcomer.saves(slug="boats")
    assert "We will not row." in canonical_text(PolicyPage.objects.get().get_latest_revision_as_object().document)


def test_a_text_without_headings_becomes_one_section_with_a_heading_that_is_asked_for(newcomer):
    newcomer.uploads(HEADLESS)
    newcomer.posts("decide", one_section="  ")
    assert "one_section" in newcomer.errors()
    newcomer.posts("decide", one_section="Boats")
    newcomer.saves(slug="boats")
    (section,) = PolicyPage.objects.get().get_latest_revision_as_object().document.sections
    assert section.heading[0].text == "Boats"


def test_two_decisions_are_asked_for_one_after_the_other(newcomer):
    newcomer.uploads("We will ~~not~~ row.\n")
    newcomer.posts("decide", struck="keep")
    assert set(newcomer.answer.context["form"].fields) == {"struck", "one_section"}
    newcomer.posts("decide", struck="keep", one_section="Rowing")
    assert "Every word is accounted for" in newcomer.says()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7", "is a PDF"),
        ("a.docx", b"PK\x03\x04 and then rubbish", "cannot be imported"),
        ("a.docx", b"no Word at all", "cannot be imported"),
        ("a.txt", b"\x00\x01\x02", "is not text"),
        ("a.xyz", b"words", "of no kind that can be imported"),
        ("a.md", b"", "This file is empty."),
        ("a.md", b"   \n", "nothing but white space"),
        ("a.md", b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_at_the_field(newcomer, name, content, words):
    newcomer.uploads(content, name)
    assert newcomer.answer.status_code == 200
    assert words in newcomer.errors()["document"]
    assert not PolicyPage.objects.exists()


def test_no_file_is_refused_at_the_field(newcomer):
    newcomer.answer = newcomer.client.post(newcomer.url, {"step": "read"})
    assert newcomer.errors()["document"] == "Choose a file."


def test_the_name_of_a_file_and_its_words_do_no_harm(newcomer):
    newcomer.uploads("# <script>alert(1)</script>\n\n## <b>x\n\ny ~~<i>z~~\n", "<img src=x onerror=y>.md")
    assert "<script>alert" not in newcomer.answer.text
    assert "<img src=x" not in newcomer.answer.text


def test_another_title_and_small_letters_are_taken(newcomer):
    newcomer.uploads(OLD.replace("Cookies", "COOKIES"), title="Our promise", sentence_case="on")
    newcomer.saves(slug="promise")
    draft = PolicyPage.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.document.sections[0].heading[0].text) == ("Our promise", "Cookies")


def test_an_address_that_is_taken_is_refused_at_the_field(newcomer, privacy):
    newcomer.uploads()
    newcomer.saves(slug="Privacy")
    assert "There is a policy with this address already" in newcomer.errors()["slug"]
    assert PolicyPage.objects.count() == 1


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_replaced_unseen(importer, privacy):
    importer.uploads(NEW)
    theirs = a_waiting_draft(privacy, user=with_rights("ann@example.org", "change"))
    importer.saves()
    assert "Tick this" in importer.errors()["replaces_newer"]
    assert "Ann saved a draft on" in importer.says()
    assert fresh(privacy).latest_revision == theirs
    importer.saves(replaces_newer="on")
    assert same_text(importer.draft, NEW)
    assert privacy.revisions.filter(pk=theirs.pk).exists()


def test_a_tick_does_not_cover_a_draft_that_came_after_it(importer, privacy):
    ann, ben = (with_rights(f"{name}@example.org", "change") for name in ("ann", "ben"))
    importer.uploads(NEW)
    a_waiting_draft(privacy, user=ann)
    importer.saves()
    theirs = a_waiting_draft(privacy, user=ben)
    importer.saves(replaces_newer="on")
    assert fresh(privacy).latest_revision == theirs
    assert "Ben saved a draft on" in importer.says()


def test_words_that_would_be_lost_stop_it_until_somebody_says_so(newcomer, editor):
    newcomer.uploads()
    said = newcomer.answer.context
    lossy = CarriedDocument(said["document"], replace(said["account"], lost="not"))
    newcomer.posts("save", carried=carry_document(lossy, editor.pk, None), slug="privacy")
    assert "tick this" in newcomer.errors()["incomplete"]
    assert "Lost, and nothing explains it: not" in newcomer.says()
    newcomer.saves(slug="privacy", incomplete="on")
    assert PolicyPage.objects.exists()


def test_every_kind_of_block_comes_through_the_view_and_the_editor_unchanged(importer, privacy):
    importer.uploads(canonical_text(DOCUMENT), "policy.txt")
    importer.saves()
    assert canonical_text(importer.draft.document) == canonical_text(DOCUMENT)
    importer.client.post(f"/cms/pages/{privacy.pk}/edit/", form_of(importer.draft))
    assert canonical_text(importer.draft.document) == canonical_text(DOCUMENT)


def test_tables_contacts_and_pictures_of_a_file_come_through_the_view_and_the_editor(importer, privacy):
    importer.uploads(
        "<html><body><h1>Boats</h1><h2>Fees</h2><table><caption>Fees</caption><tr><th>Boat</th><th>Fee</th></tr>"
        "<tr><td>Four</td><td>10<sup>3</sup></td></tr><tr><td>Eight</td><td></td></tr></table>"
        "<p>A picture: <img src='boat.png' alt='a boat'></p><h2>Contact</h2>"
        "<blockquote><b>Contact</b><br>The club<br>River Road 1<br>Boatham<br>"
        "E-mail: club@example.org</blockquote></body></html>",
        "boats.html",
    )
    assert "Pictures left out: 1." in importer.says()
    importer.saves()
    before = canonical_text(importer.draft.document)
    assert "| Four | 10\\^3\\^ |" in before
    assert importer.draft.document.sections[1].blocks[0].email == "club@example.org"
    importer.client.post(f"/cms/pages/{privacy.pk}/edit/", form_of(importer.draft))
    assert privacy.revisions.count() == 3
    assert canonical_text(importer.draft.document) == before


def test_a_very_large_document_comes_in(newcomer):
    words = " ".join(f"word{number * 7919 % 100_003}" for number in range(40))
    sections = "".join(f"## Section {n}\n\n" + f"{words} {n}.\n\n" * 60 for n in range(150))
    content = f"# Large\n\n{sections}"
    assert len(content) > 3_000_000
    newcomer.uploads(content, "large.md")
    newcomer.saves(slug="large")
    assert len(PolicyPage.objects.get().get_latest_revision_as_object().document.sections) == 150


def test_what_is_too_large_to_be_sent_along_is_refused_at_the_field(newcomer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200_100
    newcomer.uploads("# Large\n\n## One\n\n" + "".join(f"{n * 7919 % 1_000_003} " for n in range(9000)))
    assert "too large to be brought in here" in newcomer.errors()["document"]


def test_what_is_carried_is_for_one_person_and_one_policy(importer, newcomer, privacy, verified):
    importer.uploads(NEW)
    carried = importer.answer.context["carried"]
    ann = verified(Client(), with_rights("ann@example.org", "change"))
    for other in (newcomer, Importer(ann, privacy)):
        other.posts("save", carried=carried, slug="x")
        assert "did not come back as it was sent" in other.answer.text
    assert privacy.revisions.count() == 1


def test_what_is_carried_cannot_be_changed(importer, privacy):
    importer.uploads(NEW)
    carried = importer.answer.context["carried"]
    importer.posts("save", carried=carried[:50] + ("A" if carried[50] != "A" else "B") + carried[51:])
    assert "Choose the file again" in importer.answer.text
    assert privacy.revisions.count() == 1


def test_after_twelve_hours_the_file_is_asked_for_again(importer, privacy, monkeypatch):
    importer.uploads(NEW)
    later = signing.time.time() + 12 * 3600 + 60
    monkeypatch.setattr(signing.time, "time", lambda: later)
    importer.saves()
    assert "more than 12 hours" in importer.answer.text
    assert privacy.revisions.count() == 1
