"""The document: one text has one canonical text, one digest and one JSON."""

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Document,
    DocumentError,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    block_lines,
    canonical_text,
    clean_text,
    digest,
    document_lines,
    from_json,
    inline,
    letters,
    roman,
    to_json,
)
from tests.making.documents import WORDS, documents, edited_pairs, oddities, raw_runs, uniquely_keyed


def policy(*blocks, title="Privacy policy", heading="Contact", key="", anchor=""):
    return Document(title, (), (Section(inline(heading), blocks, key, anchor),))


def text(*blocks):
    return canonical_text(policy(*blocks))


def test_the_canonical_text_reads_like_markdown():
    document = Document(
        "Privacy policy",
        (Paragraph(inline("Read ", Run("this", strong=True), ".")),),
        (
            Section(
                inline("Your data"),
                (
                    Clauses((Clause(inline("We keep:"), (Clause(inline("names")),)),)),
                    Bullets((Bullet(inline("few")),)),
                    Table((inline("What"), inline("How long")), ((inline("Names"), inline("a | b")),)),
                    Notice(inline("Note"), (inline("See ", Run("cookies", href="/cookies/")),)),
                    Contact("Plum", ("1 High Street",), "a@plum.example"),
                ),
            ),
        ),
    )
    assert canonical_text(document) == (
        "# Privacy policy\n\n"
        "Read **this**.\n\n"
        "## 1. Your data\n\n"
        "    1.1 We keep:\n        (a) names\n\n"
        "    - few\n\n"
        "| What | How long |\n|---|---|\n| Names | a \\| b |\n\n"
        ">> Note\n> See [cookies](/cookies/)\n\n"
        "= Plum\n== 1 High Street\n= E-mail: a@plum.example\n"
    )


@settings(max_examples=50)
@given(documents)
def test_keys_and_anchors_are_no_part_of_the_text(document):
    other = replace(uniquely_keyed(document), sections=tuple(replace(s, anchor="y") for s in document.sections))
    assert canonical_text(other) == canonical_text(document)
    assert digest(other) == digest(document)


@given(st.lists(raw_runs, max_size=5), st.sampled_from(["  ", "\t", "\n", "\u00a0", " \u2003", "\r\n"]))
def test_white_space_makes_no_other_text(runs, space):
    spaced = [replace(run, text=run.text.replace(" ", space)) for run in runs]
    assert inline(*spaced) == inline(*runs)


@given(st.lists(raw_runs, max_size=5))
def test_composed_and_decomposed_letters_make_the_same_text(runs):
    split = [replace(run, text=unicodedata.normalize("NFD", run.text)) for run in runs]
    whole = [replace(run, text=unicodedata.normalize("NFC", run.text)) for run in runs]
    assert inline(*split) == inline(*whole)


@given(st.data(), oddities)
def test_split_runs_make_the_same_text(data, text):
    cut = data.draw(st.integers(0, len(text)))
    assert inline(text[:cut], text[cut:]) == inline(text)
    assert inline(Run(text[:cut], strong=True), Run(text[cut:], strong=True)) == inline(Run(text, strong=True))


@given(st.lists(raw_runs, max_size=6))
def test_normal_form_is_its_own_normal_form(runs):
    assert inline(*inline(*runs)) == inline(*runs)


@given(oddities)
def test_clean_text_is_clean(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@settings(max_examples=50)
@given(documents, documents)
def test_different_documents_have_different_texts(one, other):
    assert (canonical_text(one) == canonical_text(other)) == (bare(one) == bare(other))


@settings(max_examples=100)
@given(edited_pairs())
def test_an_edited_document_has_another_text(pair):
    one, other = pair
    assert (canonical_text(one) == canonical_text(other)) == (bare(one) == bare(other))


def bare(document):
    """Without keys and anchors, which are no part of the text."""
    return replace(document, sections=tuple(replace(s, key="", anchor="") for s in document.sections))


@pytest.mark.parametrize("word", WORDS)
def test_marks_typed_as_words_are_not_taken_for_marks(word):
    runs = {
        inline(word),
        inline(Run(word, strong=True)),
        inline(f"**{word}**"),
        inline(f"[{word}](/x)"),
        inline(Run(word, href="/x")),
    }
    assert len({text(Paragraph(r)) for r in runs}) == 5
    assert len({text(Paragraph(inline(f"{word} x"))), text(Bullets((Bullet(inline(f"{word} x")),)))}) == 2


def test_an_accent_in_a_run_of_its_own_joins_its_letter():
    assert inline("cafe", "\u0301") == inline("café")


@pytest.mark.parametrize(
    ("passes_for", "typed"),
    [
        (Notice((), (inline("x"),)), "> x"),
        (Notice(inline("x"), ()), ">> x"),
        (Contact("x"), "= x"),
        (Bullets((Bullet(inline("x")),)), "- x"),
    ],
)
def test_a_paragraph_cannot_pass_for_another_block(passes_for, typed):
    assert text(Paragraph(inline(typed))) != text(passes_for)


def test_a_paragraph_cannot_pass_for_a_section_heading():
    title = Section(inline("x"), ())
    typed = Document("Terms", (Paragraph(inline("## 1. x")),), ())
    assert canonical_text(typed) != canonical_text(Document("Terms", (), (title,)))


def test_a_contact_without_a_name_is_another_than_one_named_like_its_address():
    contacts = [
        Contact("", ("a", "b")),
        Contact("a", ("b",)),
        Contact("", ("a",), "b"),
        Contact("", ("a", "E-mail: b")),
    ]
    assert len({text(contact) for contact in contacts}) == len(contacts)
    assert text(Contact("", (), "a")) != text(Contact("E-mail: a"))


def test_a_title_cannot_pass_for_a_section():
    assert canonical_text(Document("Terms\n\n## 1. All rights waived", (), ())).count("\n") == 1


@settings(max_examples=50)
@given(documents)
def test_a_document_comes_back_from_json(document):
    assert from_json(to_json(document)) == document
    assert from_json(json.loads(json.dumps(to_json(document), sort_keys=True))) == document


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 4},
        {"preamble": [{"kind": "paragraph", "runs": [{"text": "x", "script": "upside down"}]}]},
        {"schema": None},
        {"sections": None},
        {"sections": [{"heading": []}]},
        {"preamble": [{"kind": "video"}]},
        {"preamble": [{"kind": "paragraph"}]},
        {"preamble": [{"runs": []}]},
        {"preamble": [{"kind": ["paragraph"], "runs": []}]},
        {"preamble": [{"kind": "paragraph", "runs": [{"strong": True}]}]},
        {"preamble": ["paragraph"]},
    ],
)
def test_json_of_an_unknown_form_is_refused(change):
    with pytest.raises(DocumentError):
        from_json(to_json(policy()) | change)


@pytest.mark.parametrize("data", [{}, [], None, "text", 5])
def test_json_that_is_no_document_is_refused(data):
    with pytest.raises(DocumentError):
        from_json(data)


def test_an_unknown_schema_is_named():
    with pytest.raises(DocumentError, match="schema 9"):
        from_json({"schema": 9})


def test_letters_go_on_after_z():
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["a", "z", "aa", "az", "ba", "zz", "aaa"]


def test_roman_numerals_subtract():
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99, 400, 1994)] == [
        "i", "iv", "ix", "xiv", "xl", "xcix", "cd", "mcmxciv",
    ]  # fmt: skip


def test_clauses_go_on_counting_over_all_lists_of_one_section():
    two = Clauses((Clause(inline("one")), Clause(inline("two"))))
    labels = [line.label for line in block_lines((two, Paragraph(inline("between")), two, two), 4)]
    assert labels == ["4.1", "4.2", "", "4.3", "4.4", "4.5", "4.6"]


def test_clauses_are_labelled_by_depth():
    deep = Clause(inline("e"))
    for word in "dcba":
        deep = Clause(inline(word), (deep,))
    lines = list(block_lines((Clauses((deep,)),), 2))
    assert [line.label for line in lines] == ["2.1", "(a)", "(i)", "(A)", "(I)"]
    assert [line.depth for line in lines] == [0, 1, 2, 3, 4]
    assert lines[3].reference == "2.1(a)(i)(A)"


def test_clauses_of_the_preamble_are_counted_alone():
    lines = document_lines(Document("Terms", (Clauses((Clause(inline("one")),)),), ()))
    assert [line.label for line in lines] == ["", "1."]


@pytest.mark.parametrize(
    "hidden",
    ["\u202e", "\u202a", "\u2066", "\u2069", "\u200b", "\u2060", "\ufeff", "\u00ad", "\x00", "\x1b", "\x7f", "\u061c"],
)
def test_invisible_characters_are_removed(hidden):
    assert inline(f"pay{hidden}ment") == inline("payment")
    assert text(Paragraph(inline(f"30{hidden} days"))) == text(Paragraph(inline("30 days")))


def test_letters_joined_by_removing_what_stood_between_are_composed():
    assert clean_text("e\u200b\u0301") == "é"


def test_lone_surrogates_do_not_break_the_digest():
    assert len(digest(policy(Paragraph(inline("a\ud800b"))))) == 64


def test_joiners_that_scripts_and_emoji_need_stay():
    family = "👩\u200d⚕️"
    assert inline(family) == (Run(family),)
