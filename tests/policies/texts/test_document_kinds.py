"""Raised words, line breaks, lists of mixed kinds and languages are part of a text, wherever it is kept or edited."""

import json

import pytest

from policies.texts.document import (
    Document,
    Paragraph,
    Run,
    canonical_text,
    digest,
    direction_of,
    from_json,
    inline,
    language_tag,
    plain_text,
    to_json,
)
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyPage
from tests.making.kinds import DOCUMENT, RAISED

BREAK = "\u2028"


def test_the_canonical_text_shows_them():
    assert canonical_text(DOCUMENT) == (
        "\\{ar}\n# قواعد القارب\n\n"
        "Acme Rowing Ltd\\\n  1 River Street\n\n"
        "\\{en}\n10\\^3\\^ boats on the H\\_2\\_O\n\n"
        "## 1. Boats\n\n"
        "    1.1 Before rowing:\n"
        "        - look at the sky\n"
        "            (i) first\n"
        "            (ii) second\n"
        "        (a) sign the book\n"
        "            (i) in ink\n"
        "                (A) black\n"
        "    1.2 After rowing\n\n"
        "\\{fr}\nOui\n\n"
        "نعم\n\n"
        "## 2. Lists\n\n"
        "    - Steps\n"
        "        (a) one\n\n"
        "10\\^3\\^ boats on the H\\_2\\_O\n"
    )


def test_they_come_back_from_json():
    assert from_json(json.loads(json.dumps(to_json(DOCUMENT)))) == DOCUMENT


def test_they_come_back_from_what_an_editor_opens():
    page = PolicyPage(title=DOCUMENT.title, language=DOCUMENT.lang)
    page.preamble, page.sections = preamble_data(DOCUMENT), sections_data(DOCUMENT)
    assert canonical_text(page.document) == canonical_text(DOCUMENT)


def test_a_text_frozen_under_the_first_schema_is_read_and_keeps_its_digest():
    frozen = {
        "schema": 1,
        "title": "Privacy policy",
        "preamble": [{"kind": "paragraph", "runs": [{"text": "Hello ^2 _3 {x}"}]}],
        "sections": [
            {
                "key": "k",
                "anchor": "a",
                "heading": [{"text": "Data"}],
                "blocks": [
                    {
                        "kind": "clauses",
                        "items": [{"runs": [{"text": "We"}], "clauses": [{"runs": [{"text": "do"}], "clauses": []}]}],
                    },
                    {"kind": "bullets", "items": [{"runs": [{"text": "few", "strong": True}], "items": []}]},
                ],
            }
        ],
    }
    text = "# Privacy policy\n\nHello ^2 _3 {x}\n\n## 1. Data\n\n    1.1 We\n        (a) do\n\n    - **few**\n"
    assert canonical_text(from_json(frozen)) == text
    assert digest(from_json(frozen)) == "bc51370a507e9c89ab9f58ca0c3442de0c6317a653d81c22bb647e4a16a4d968"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (inline("10", Run("3", script="super")), inline("103")),
        (inline("10", Run("3", script="super")), inline("10^3^")),
        (inline("10", Run("3", script="super")), inline("10\\^3\\^")),
        (inline("x", Run("2", script="super")), inline("x", Run("2", script="sub"))),
        (inline(f"a{BREAK}b"), inline("a b")),
        (inline(f"a{BREAK}b"), inline("a\\ b")),
        (inline(f"a\\{BREAK}b"), inline(f"a{BREAK}b")),
    ],
)
def test_what_looks_other_has_another_text(one, other):
    texts = {canonical_text(Document("T", (Paragraph(runs),), ())) for runs in (one, other)}
    assert len(texts) == 2


def test_a_line_break_has_no_spaces_around_it_and_is_one():
    assert inline(f"a {BREAK} {BREAK}b", Run(f"{BREAK} c ", strong=True), f" {BREAK}") == (
        Run(f"a{BREAK}b{BREAK}"), Run("c", strong=True),
    )  # fmt: skip
    assert inline(Run("a", strong=True), BREAK, Run("b", strong=True)) == (Run(f"a{BREAK}b", strong=True),)


@pytest.mark.parametrize(
    ("runs", "plain"),
    [
        (RAISED, "10³ boats on the H₂O"),
        (inline("7", Run("th", script="super")), "7ᵗʰ"),
        (inline("x", Run("a,b", script="super")), "x^(a,b)"),
        (inline("x", Run("ω", script="sub"), "y"), "x_ωy"),
    ],
)
def test_without_markup_they_keep_their_meaning(runs, plain):
    assert plain_text(runs) == plain


def test_language_tags_are_written_as_usual():
    written = {"AR": "ar", "zh-hans": "zh-Hans", "en_gb": "en-GB", " he ": "he", "sr-latn-rs": "sr-Latn-RS"}
    assert {text: language_tag(text) for text in written} == written
    assert not any(map(language_tag, ["", "x", "english language", "a-b", "en-", "verylongname", "<b>"]))


def test_a_language_says_from_which_side_it_is_read():
    right = ["ar", "he", "fa-IR", "ur", "ku-Arab", "und-Hebr", "yi", "AR"]
    left = ["en", "zh-Hant", "ja", "az-Latn", "ar-Latn", "tr"]
    assert {direction_of(lang) for lang in right} == {"rtl"}
    assert {direction_of(lang) for lang in left} == {"ltr"}
    assert direction_of("") == ""
