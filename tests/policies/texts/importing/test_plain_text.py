"""Plain text: numbered headings, marked lists, wrapped lines, and every word accounted for."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Document,
    Paragraph,
    Section,
    inline,
    letters,
    roman,
)
from policies.texts.importing import UnreadablePolicy, read_policy

PROJECT = Path(__file__).parents[3]
SEED = PROJECT.parent / "shared/data/plum-privacy-policy.txt"


@pytest.fixture(scope="module")
def seed():
    if not SEED.exists():
        pytest.skip("the company's own policy text is not beside this project")
    return read_policy(SEED)


def test_the_real_policy_keeps_its_sections_and_lists(seed):
    document, report = seed.document, seed.report
    lists = [block for section in document.sections for block in section.blocks if isinstance(block, Clauses)]
    assert [len(found.items) for found in lists] == [5, 10, 5]
    assert (report.sections, report.lists, report.items) == (12, 3, 20)
    assert document.title == "WEBSITE PRIVACY POLICY"
    assert len(document.preamble) == 2
    assert lists[0].items[4] == Clause(inline("any other information that you choose to send to us."))
    assert lists[1].items[0] == Clause(inline("administer the website;"))


def test_the_real_policy_loses_only_the_words_that_hid_its_address(seed):
    report = seed.report
    hidden = "This email address is being protected from spambots You need JavaScript enabled to view it"
    assert report.lost == Counter(hidden.split())
    assert report.lost.total() == 15
    assert not report.added
    assert [change.what for change in report.changes] == ["an e-mail address that the web page hid from robots"]
    assert report.is_complete


def test_the_real_policy_has_one_contact(seed):
    contacts = [b for section in seed.document.sections for b in section.blocks if isinstance(b, Contact)]
    address = ("Frogmore Cottage", "Kings Walden", "Hitchin", "Hertfordshire", "SG4 8NW")
    assert contacts == [Contact("Plum Medical Services", address)]
    last = seed.document.sections[-1].blocks[0].runs[0].text
    assert last.endswith("please write to us by email to … or by post to")


def test_lists_nest_by_indent_and_by_mark(read, shown):
    text = (
        "Title\n\n1. First\nIntro:\n"
        "  1. one\n     (a) inner\n         (i) deep\n         (ii) deeper\n     (b) inner two\n"
        "  2. two\n\nAfter\n2. Second\n2.1 flat\n2.1.1 below\n2.1.2 below too\n2.2 flat again\n  - point\n  • point\n"
    )
    got = read("p.txt", text)
    assert shown(got.document) == [
        "Title", "1. First", "Intro:", "1.1 one", "(a) inner", "(i) deep", "(ii) deeper", "(b) inner two", "1.2 two",
        "After", "2. Second", "2.1 flat", "(a) below", "(b) below too", "2.2 flat again", "• point", "• point",
    ]  # fmt: skip
    assert got.report.is_complete
    assert not got.report.lost


def test_lists_of_the_same_mark_nest_by_indent(read, shown):
    got = read("p.txt", "1. A\n  1. one\n    1. inner\n    2. inner too\n  2. two\n  * point\n    * below\n")
    assert shown(got.document)[2:] == ["1.1 one", "(a) inner", "(b) inner too", "1.2 two", "• point", "• below"]


def test_letter_i_follows_h_and_begins_a_roman_list_further_in(read, shown):
    letters = "".join(f"  {letter}) item {letter}\n" for letter in "abcdefghi")
    got = read("p.txt", f"1. A\n{letters}      i) deep\n      ii) deep\n  j) last\n")
    assert shown(got.document)[9:] == ["1.8 item h", "1.9 item i", "(a) deep", "(b) deep", "1.10 last"]


def test_a_number_that_is_not_next_stays_in_the_text(read, shown):
    got = read("p.txt", "1. A\n  1. one\n  7. seven\n3. three\n")
    assert "7. seven" in shown(got.document)
    assert "3. three" in shown(got.document)
    assert got.report.sections == 1


def test_a_list_at_the_first_column_does_not_open_sections(read, shown):
    got = read("p.txt", "1. FIRST\nWe use:\n\n1. cookies;\n2. letters;\n3. doves.\n\n2. SECOND\nwords\n")
    assert shown(got.document)[-6:] == ["We use:", "1.1 cookies;", "1.2 letters;", "1.3 doves.", "2. SECOND", "words"]


def test_a_list_goes_on_after_a_paragraph(read, shown):
    got = read("p.txt", "1. A\n  1. one\n  2. two\nBetween\n  3. three\n")
    assert shown(got.document)[-4:] == ["1.1 one", "1.2 two", "Between", "1.3 three"]


def test_an_indented_line_without_a_mark_belongs_to_its_item(read, shown):
    got = read("p.txt", "1. A\n  1. one\n     and more\n  2. two\n")
    assert shown(got.document)[-2:] == ["1.1 one\u2028and more", "1.2 two"]


def test_wrapped_lines_are_joined_and_the_report_says_so(read, shown):
    text = (
        "1. HOW WE USE WHAT YOU TELL US\n\n"
        "We collect and use information throughout our website only as it is\n"
        "disclosed in this policy, which applies solely to the information that\n"
        "is collected on this website and to nothing else that we may hold.\n\n"
        "  1. an item that is so long that it has to go on in the line below it\n"
        "     and in one more, because it says such a lot about the ways in\n"
        "     which we do things;\n"
        "  2. and a last one that fills the line it is on with words, as it is\n"
        "Then a paragraph, further out.\n"
    )
    got = read("p.txt", text)
    assert len(shown(got.document)) == 6
    assert any("joined" in remark for remark in got.report.remarks)
    assert got.report.is_complete


def test_two_lines_of_one_width_are_no_wrapped_text(read, shown):
    below = "This paragraph is as long as the one that stands below it, by chance"
    above = "This paragraph is as long as the one that stands above it, by design"
    got = read("p.txt", f"1. A\n\n{below}\n{above}\n")
    assert len(shown(got.document)) == 4


def test_a_line_end_ends_a_paragraph_where_lines_are_long(read, shown):
    long = "word " * 60
    got = read("p.txt", f"1. A\n{long}\n{long}\nshort\n")
    assert len(shown(got.document)) == 5
    assert any("Every line end" in remark for remark in got.report.remarks)


def test_a_table_of_contents_is_dropped_and_reported(read, shown):
    got = read("p.txt", "Policy\n\n1. Cookies ..... 2\n2. Rights ....... 3\n\n1. Cookies\nwords\n2. Rights\nmore\n")
    assert shown(got.document) == ["Policy", "1. Cookies", "words", "2. Rights", "more"]
    assert [change.what for change in got.report.changes] == ["a table of contents"]
    assert got.report.is_complete


def test_odd_spaces_and_quotes_are_kept_as_words(read, shown):
    got = read("p.txt", "Title\n\u00a0\n1. A\n\u00a0\nSo\u00a0 called ‘quotes’ and “more”\u200b.\r\nNext\r\n")
    assert shown(got.document) == ["Title", "1. A", "So called ‘quotes’ and “more”.", "Next"]
    assert got.report.is_complete


def test_capitals_stay_unless_sentence_case_is_asked_for(read):
    text = "OUR POLICY\n\n1. WHAT DO I GET?\nwords\n2. Fine\nwords"
    assert read("p.txt", text).document.sections[0].heading == inline("WHAT DO I GET?")
    got = read("p.txt", text, sentence_case=True)
    assert got.document.title == "Our policy"
    assert got.document.sections[0].heading == inline("What do I get?")
    assert got.report.is_complete
    assert any("sentence case: 2" in remark for remark in got.report.remarks)


def test_a_given_title_replaces_the_one_in_the_file(read):
    got = read("p.txt", "Old name\n\n1. A\nwords", title="New name")
    assert got.document.title == "New name"
    assert got.report.is_complete
    assert {change.action for change in got.report.changes} == {"replaced", "added"}


def test_the_name_of_the_file_is_the_last_resort_for_a_title(read):
    got = read("privacy-policy.txt", "1. A\nwords")
    assert got.document.title == "Privacy policy"
    assert got.report.is_complete


def test_text_without_numbered_headings_is_refused(read):
    with pytest.raises(UnreadablePolicy, match="No section was found"):
        read("p.txt", "Just words\n\nand more of them.\n")


WORD = st.sampled_from(["we", "use", "data", "it’s", "Google", "(maybe)", "5%", "e-mail", "naïve", "1998", "A", "you."])
TEXT = st.lists(WORD, min_size=1, max_size=8).map(lambda found: "The " + " ".join(found))
CLAUSES = st.recursive(
    TEXT.map(lambda text: Clause(inline(text))),
    lambda inner: st.tuples(TEXT, st.lists(inner, min_size=1, max_size=3)).map(
        lambda pair: Clause(inline(pair[0]), tuple(pair[1]))
    ),
    max_leaves=5,
)
BULLETS = st.lists(TEXT.map(lambda text: Bullet(inline(text))), min_size=1, max_size=4)
BLOCKS = st.lists(TEXT.map(lambda text: Paragraph(inline(text))), min_size=1, max_size=3)
SECTION = st.builds(
    lambda heading, before, clauses, after, bullets: Section(
        inline(heading), (*before, *([Clauses(tuple(clauses))] if clauses else []), *after, *bullets)
    ),
    TEXT,
    BLOCKS,
    st.lists(CLAUSES, max_size=4),
    BLOCKS,
    st.just(()) | BULLETS.map(lambda items: (Bullets(tuple(items)),)),
)
DOCUMENTS = st.builds(
    lambda sections: Document("A title", (Paragraph(inline("The preamble.")),), tuple(sections)),
    st.lists(SECTION, min_size=1, max_size=4),
)


def printed(document):
    def clauses(items, depth):
        for number, item in enumerate(items, 1):
            mark = (f"{number}.", f"({letters(number)})", f"({roman(number)})")[depth]
            yield "  " * (depth + 1) + f"{mark} {item.runs[0].text}"
            yield from clauses(item.clauses, depth + 1)

    yield document.title
    yield ""
    yield document.preamble[0].runs[0].text
    for number, section in enumerate(document.sections, 1):
        yield ""
        yield f"{number}. {section.heading[0].text}"
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (block.runs[0].text, "")
            elif isinstance(block, Clauses):
                yield from clauses(block.items, 0)
            else:
                yield from (f"  - {item.runs[0].text}" for item in block.items)


def levels(clause):
    return 1 + max(map(levels, clause.clauses), default=0)


def three_levels(document):
    found = [c for s in document.sections for b in s.blocks if isinstance(b, Clauses) for c in b.items]
    return all(levels(clause) <= 3 for clause in found)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS.filter(three_levels))
def test_what_is_printed_is_read_again_the_same(read, document):
    got = read("p.txt", "\n".join(printed(document)))
    # Short lines of one width look wrapped, and the report says that they were joined: the words are what counts then.
    taken_as_wrapped = any("wrapped" in remark for remark in got.report.remarks)
    is_the_same = got.document == document
    assert is_the_same or taken_as_wrapped, document
    assert not got.report.lost
    assert not got.report.added


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("ab1.) (i-•*2\t:\u00a0", max_size=12), max_size=20))
def test_no_text_loses_a_word(read, lines):
    got = read("p.txt", "\n".join(["1. Heading", *lines, "end"]))
    assert got.report.is_complete, got.report.as_text()
