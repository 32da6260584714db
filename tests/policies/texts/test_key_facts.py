"""Key facts, questions with their answers, are part of a text: its canonical text, digest, redline, JSON and blocks."""

from dataclasses import replace

import pytest

from policies.texts.document import (
    Definition,
    Definitions,
    Document,
    KeyFact,
    KeyFacts,
    Paragraph,
    canonical_text,
    digest,
    from_canonical_text,
    from_json,
    inline,
    to_json,
)
from policies.texts.importing import read_policy_data
from policies.texts.redline import compare
from policies.versions.models import PolicyVersion
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft, announce

FACTS = KeyFacts(
    (KeyFact(inline("Who sees it?"), inline("Only we do.")), KeyFact(inline("? Why"), inline("? Because")))
)
DOCUMENT = replace(a_document("cookies are small"), preamble=(Paragraph(inline("We respect you.")), FACTS))


def test_the_canonical_text_marks_them_and_is_read_back():
    text = canonical_text(DOCUMENT)
    assert ":? Who sees it?\n    :? Only we do.\n:? ? Why\n    :? ? Because\n" in text
    read = from_canonical_text(text)
    assert read is not None and read.preamble == DOCUMENT.preamble


@pytest.mark.parametrize(
    "other",
    [
        Definitions((Definition(inline("? Who sees it?"), inline("? Only we do.")),)),
        Paragraph(inline(":? Who sees it?\n    :? Only we do.")),
        KeyFacts((KeyFact(inline("Who sees it?"), inline("Only you do.")),)),
    ],
)
def test_nothing_else_has_their_digest(other):
    facts = KeyFacts(FACTS.items[:1])
    one, two = (Document("A", (block,), ()) for block in (facts, other))
    assert digest(one) != digest(two)


def test_they_come_back_from_json_and_from_what_an_editor_opens():
    assert from_json(to_json(DOCUMENT)) == DOCUMENT
    page = PolicyPage(title=DOCUMENT.title)
    page.preamble, page.sections = preamble_data(DOCUMENT), sections_data(DOCUMENT)
    assert canonical_text(page.document) == canonical_text(DOCUMENT)


def test_texts_of_the_schema_before_are_still_read():
    data = to_json(a_document("cookies are small")) | {"schema": 2}
    assert from_json(data) == a_document("cookies are small")


def test_a_redline_says_what_changed_in_an_answer():
    changed = replace(FACTS, items=(KeyFact(inline("Who sees it?"), inline("Only we and you do.")), FACTS.items[1]))
    redline = compare(DOCUMENT, replace(DOCUMENT, preamble=(DOCUMENT.preamble[0], changed)))
    (line,) = [line for line in redline.preamble.lines if line.op == "changed"]
    assert line.kind == "answer"
    assert [piece.text.strip() for piece in line.pieces if piece.op == "inserted"] == ["and you"]


@pytest.mark.parametrize("ending", ["html", "md"])
def test_they_are_imported_from_a_list_that_says_so(ending):
    facts = '<dl class="key-facts">\n<dt>Who sees it?</dt>\n<dd>Only we do.</dd>\n</dl>\n'
    heading = {"html": "<h1>Privacy</h1><p>Hello.</p>", "md": "# Privacy\n\nHello.\n\n"}[ending]
    section = {"html": "<h2>Data</h2><p>Some.</p>", "md": "\n## Data\n\nSome.\n"}[ending]
    draft = read_policy_data(f"privacy.{ending}", (heading + facts + section).encode())
    assert KeyFacts(FACTS.items[:1]) in draft.document.preamble


@pytest.mark.django_db
def test_an_announced_version_shows_them_and_its_saved_page_is_the_same_text(client):
    announce(a_draft(DOCUMENT))
    version = PolicyVersion.objects.get()
    page = client.get("/policies/privacy/").content
    assert b'<dl class="key-facts">' in page and b"Who sees it?" in page
    saved = read_policy_data("privacy.html", page).document
    assert digest(saved) == version.digest
