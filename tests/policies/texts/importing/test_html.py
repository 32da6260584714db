"""HTML: whole pages without their menus, pasted Word, lists in order, and nothing dropped without a word."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policies.texts.document import Bullet, Clause, Clauses, Contact, Notice, Paragraph, Run, inline
from policies.texts.importing import UnreadablePolicy

PAGE = """<!DOCTYPE html><html><head><title>Privacy | Plum</title><script>var a = 'gone';</script></head><body>
<header><a href="/">Plum</a></header>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About us</a></li></ul></nav>
<main><h1>Privacy policy</h1><p>Before.</p>
<h2>1. What we collect</h2><ol><li>one<ol><li>inner</li></ol></li><li>two</li></ol><h3>Deep</h3><p>x</p>
<h2>2. Rights</h2><p>See <a href="/rights/">here</a> or <a href="#top">above</a>.</p></main>
<footer>Copyright Plum</footer></body></html>"""


def test_a_whole_page_gives_its_main_part_and_tells_what_it_left_out(read, shown):
    got = read("p.html", PAGE)
    assert shown(got.document) == [
        "Privacy policy", "Before.", "1. What we collect", "1.1 one", "(a) inner", "1.2 two", "Deep", "x", "2. Rights",
        "See here or above.",
    ]  # fmt: skip
    assert {word for change in got.report.changes for word in change.words} == {
        "Plum", "Home", "About", "us", "Copyright",
    }  # fmt: skip
    assert got.report.is_complete
    assert got.report.links == 1


def test_menus_go_even_where_the_page_has_no_main_part(read, shown):
    html = (
        "<div><ul><li><a href='/'>Home</a></li><li><a href='/x'>Shop</a></li></ul></div><div><header><h1>Policy</h1>"
        "</header><form><h2>A</h2><p>a</p></form><h2>B</h2><p>b</p></div><div role='contentinfo'>Foot</div>"
    )
    got = read("p.html", html)
    assert shown(got.document) == ["Policy", "1. A", "a", "2. B", "b"]
    assert [(change.what, change.words.total()) for change in got.report.changes] == [
        ("a menu, header or footer of the page", 1), ("a menu", 2),
    ]  # fmt: skip
    assert got.report.is_complete


def test_hidden_text_is_dropped_and_reported(read, shown):
    got = read("p.html", "<h2>A</h2><p>a <span style='display: none'>secret</span></p><p hidden>more</p><h2>B</h2>b")
    assert shown(got.document)[1:] == ["1. A", "a", "2. B", "b"]
    assert sum(change.words.total() for change in got.report.changes if change.what == "hidden text") == 2
    assert got.report.is_complete


def test_sections_are_the_level_used_most_at_the_top(read):
    got = read("p.html", "<h1>T</h1><h3>A</h3><p>a</p><h3>B</h3><h4>C</h4><p>c</p>")
    assert got.document.title == "T"
    assert [section.heading for section in got.document.sections] == [inline("A"), inline("B")]


def test_headings_inside_lists_and_boxes_are_found(read, shown):
    got = read("p.html", "<ol><li><h2>A</h2><p>a</p></li><li><div><h2>B</h2><p>b</p></div></li></ol>")
    assert shown(got.document)[1:] == ["1. A", "a", "2. B", "b"]


def test_pasted_word_is_plain_again(read):
    html = (
        "<h2 class=MsoNormal><b><span lang=EN-GB style='font-size:14pt'>1.&nbsp;&nbsp;First<o:p></o:p></span></b></h2>"
        "<p class=MsoNormal style='margin:0'><span style='color:red'>some</span> <font size=2>words</font></p>"
        "<h2>2) Next</h2>"
    )
    got = read("p.html", html)
    assert [section.heading for section in got.document.sections] == [inline("First"), inline("Next")]
    assert got.document.sections[0].blocks == (Paragraph(inline("some words")),)
    assert got.report.is_complete


def test_bold_numbered_paragraphs_are_headings_where_there_are_no_others(read, shown):
    html = "<p><b>1. WHAT</b></p><p>a</p><p><b>2. WHY</b></p><p>2. not bold</p><p>3. COOKIES</p><p>c</p>"
    got = read("p.html", html)
    assert shown(got.document)[1:] == ["1. WHAT", "a", "2. WHY", "2. not bold", "3. COOKIES", "c"]


def test_contacts_are_found_in_quotes_and_where_an_address_was_hidden(read):
    html = (
        "<h2>A</h2><blockquote><p><b>Contact</b><br>Plum<br>1 Road</p></blockquote><h2>B</h2><p>Write to "
        "<span>This email address is being protected from spambots. You need JavaScript enabled to view it.</span> "
        "or by post to Plum, 1 Road, Town, SG4. <b>Thank you.</b></p>"
    )
    got = read("p.html", html)
    assert got.document.sections[0].blocks == (Contact("Plum", ("1 Road",)),)
    assert got.document.sections[1].blocks == (
        Paragraph(inline("Write to … or by post to")),
        Contact("Plum", ("1 Road", "Town", "SG4")),
        Paragraph((Run("Thank you.", strong=True),)),
    )
    assert got.report.is_complete


def test_scripts_and_dangerous_links_are_gone(read):
    got = read("p.html", "<h2>A</h2><p><a href='javascript:x()'>a</a><script>b()</script></p><h2>B</h2>")
    assert got.document.sections[0].blocks == (Paragraph(inline("a")),)


def test_notices_and_mixed_lists_keep_their_order(read):
    got = read(
        "p.html", "<h2>A</h2><ol><li>x<ul><li>y</li></ul></li><li>z</li></ol><blockquote>n</blockquote><h2>B</h2>"
    )
    clauses, notice = got.document.sections[0].blocks
    assert clauses == Clauses((Clause(inline("x"), (Bullet(inline("y")),)), Clause(inline("z"))))
    assert notice == Notice((), (inline("n"),))


@pytest.mark.parametrize("html", ["<div>" * 100_000, "<h2>a</h2>" + "<b>" * 3_000, "<h2>a</h2>" + "<p>x" * 200_000])
def test_markup_past_all_sense_is_refused(read, html):
    with pytest.raises(UnreadablePolicy, match=r"nested too deeply|more markup"):
        read("p.html", html)


def test_a_page_without_headings_is_refused(read):
    with pytest.raises(UnreadablePolicy, match="No section"):
        read("p.html", "<p>words</p>")


PIECES = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<ol>", "</ol>", "<b>", "</b>", "<h1>", "</h1>", "<h2>", "</h2>", "<h3>",
     "<a href='/x'>", "<a href='y'>", "</a>", "<nav>", "</nav>", "<header>", "</header>", "<main>", "</main>", "<form>",
     "<table>", "<tr>", "<td>", "</table>", "<blockquote>", "<br>", "<div hidden>", "</div>", "<script>", "</script>",
     "<title>", "</title>", "<svg>", "<noscript>", "one", "two ", " 3. ", "&amp;", "<!--", "-->", "<dl><dt>", "<dd>"]
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40).map("".join))
@example("one<b>one<p>")
@example("one<ul>one<h1>")
@example("one<title></title>one")
@example("<ul>one<b>one")
def test_no_html_loses_a_word_without_an_entry(read, html):
    try:
        got = read("p.html", f"<h2>Start</h2><p>x</p>{html}")
    except UnreadablePolicy:
        return
    assert got.report.is_complete, got.report.as_text()


def test_a_list_that_counts_down_is_told_from_its_last_number(read):
    html = "<h2>A</h2><ol reversed><li>two<li>one</ol><h2>B</h2><ol reversed start=9><li>nine<li value=4>four</ol>"
    remarks = " ".join(read("p.html", html).report.remarks)
    assert "2. is 1.1 now" in remarks
    assert "1. is 1.2 now" in remarks
    assert "9. is 2.1 now" in remarks
    assert "4. is 2.2 now" in remarks
