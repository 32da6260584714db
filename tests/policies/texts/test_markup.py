"""HTML becomes runs and blocks: no word lost, no dangerous link kept, no input that breaks it."""

import re
from collections import Counter
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Definition,
    Definitions,
    Notice,
    Paragraph,
    Run,
    Table,
    block_lines,
    inline,
)
from policies.texts.markup import allowed_href, blocks_from_html, runs_from_html, sanitise
from tests.making.work import growth

P = Paragraph


def line(*pieces):
    return inline(*pieces)


def words(text):
    return Counter(re.findall(r"\w+", text))


def words_of(blocks):
    return words(" ".join(run.text for found in block_lines(blocks) for run in found.runs))


def test_a_line_keeps_bold_italic_and_links_and_nothing_else():
    html = 'We <strong>must</strong> <em>tell</em><br>you <a href="/x" class="y"><b>why</b></a> <u>now</u>'
    assert runs_from_html(html) == (
        Run("We "), Run("must", strong=True), Run(" "), Run("tell", emphasis=True), Run("\u2028you "),
        Run("why", strong=True, href="/x"), Run(" now"),
    )  # fmt: skip


def test_two_blocks_in_a_line_stay_on_lines_of_their_own():
    assert runs_from_html("<p>one</p><p>two</p><div>three</div>four") == (Run("one\u2028two\u2028three\u2028four"),)


def test_pasted_styles_say_what_is_bold():
    html = '<b style="font-weight:normal">light <span style="font-weight:700">heavy</span></b>'
    assert runs_from_html(html) == (Run("light "), Run("heavy", strong=True))


def test_paragraphs_and_loose_words_are_paragraphs():
    assert blocks_from_html("<p>a</p>b<br>c<br><br>d<h3>e</h3>") == (
        P(line("a")), P(line("b\u2028c")), P(line("d")), P((Run("e", strong=True),)),
    )  # fmt: skip


def test_a_bold_stretch_around_paragraphs_makes_each_bold():
    assert blocks_from_html("<b><p>a</p><p>b</p></b>") == (P((Run("a", strong=True),)), P((Run("b", strong=True),)))
    assert blocks_from_html("un<b>do<p>a</p></b>") == (
        P((Run("un"), Run("do", strong=True))),
        P((Run("a", strong=True),)),
    )


def test_nested_ul_are_bullets():
    html = "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>"
    assert blocks_from_html(html) == (Bullets((Bullet(line("a"), (Bullet(line("b")),)), Bullet(line("c")))),)


def nested(tag, *words):
    first, *rest = words
    return f"<{tag}><li>{first}{nested(tag, *rest) if rest else ''}</li></{tag}>"


def test_nested_ol_are_clauses_of_four_levels_and_a_fifth_stands_beside_the_fourth():
    below = (Clause(line("d")), Clause(line("e")))
    clause = Clause(line("a"), (Clause(line("b"), (Clause(line("c"), below),)),))
    assert blocks_from_html(nested("ol", *"abcde")) == (Clauses((clause,)),)
    assert [found.label for found in block_lines((Clauses((clause,)),), 1)] == ["1.1", "(a)", "(i)", "(A)", "(B)"]


def test_a_list_between_two_items_belongs_to_the_item_before():
    html = "<ol><li>a</li><ol><li>b</li></ol><li>c</li></ol>"
    assert blocks_from_html(html) == (Clauses((Clause(line("a"), (Clause(line("b")),)), Clause(line("c")))),)


def test_loose_words_in_a_list_are_one_item():
    html = "<ul>lo<b>ose</b> words<li>a<div>b<ul><li>c</li></ul></div></li> <ul><li>d</li></ul></ul>"
    assert blocks_from_html(html) == (
        Bullets((
            Bullet((Run("lo"), Run("ose", strong=True), Run(" words"))),
            Bullet(line("a b"), (Bullet(line("c")), Bullet(line("d")))),
        )),
    )  # fmt: skip


def test_bullets_below_a_clause_are_bullets_and_the_numbers_go_on():
    blocks = blocks_from_html("<ol><li>a<ul><li>x<ol><li>y</li></ol></li></ul><ol><li>z</li></ol></li><li>b</li></ol>")
    bullet = Bullet(line("x"), (Clause(line("y")),))
    assert blocks == (Clauses((Clause(line("a"), (bullet, Clause(line("z")))), Clause(line("b")))),)
    assert [found.label for found in block_lines(blocks, 4)] == ["4.1", "•", "(i)", "(a)", "4.2"]


def test_numbers_below_a_bullet_are_numbers():
    blocks = blocks_from_html("<ul><li>Steps:<ol><li>Ask.</li><li>Wait.</li></ol></li><li>Else call.</li></ul>")
    steps = Bullet(line("Steps:"), (Clause(line("Ask.")), Clause(line("Wait."))))
    assert blocks == (Bullets((steps, Bullet(line("Else call.")))),)
    assert [found.label for found in block_lines(blocks, 4)] == ["•", "(a)", "(b)", "•"]


def test_raised_and_lowered_words_are_kept():
    css = '<span style="vertical-align: super">n</span><sup style="vertical-align:baseline">d</sup>'
    html = f"m<sup>2</sup> of CO<sub>2</sub>, {css}"
    assert runs_from_html(html) == (
        Run("m"), Run("2", script="super"), Run(" of CO"), Run("2", script="sub"), Run(", "),
        Run("n", script="super"), Run("d"),
    )  # fmt: skip


def test_preformatted_words_keep_their_lines():
    assert blocks_from_html("<pre>Acme Ltd\n  1 River Street\n\nBoatham</pre>") == (
        P(line("Acme Ltd\u20281 River Street")), P(line("Boatham")),
    )  # fmt: skip


def test_a_passage_in_another_language_says_so():
    html = (
        '<p lang="fr">Oui</p><div lang="AR"><p>نعم</p><ul lang="he"><li>כן</li></ul></div>'
        '<p><span lang="cy">Ie</span></p>'
        '<p dir="rtl">لا</p><p lang="not a language">Yes</p><p dir="rtl">No</p>'
    )
    assert [block.lang for block in blocks_from_html(html)] == ["fr", "ar", "he", "cy", "und-Arab", "", ""]


def test_words_after_a_list_in_an_item_stay_after_it():
    blocks = blocks_from_html("<ol><li>a<ol><li>b</li></ol>after</li><li>c</li></ol>")
    assert blocks == (
        Clauses((Clause(line("a"), (Clause(line("b")),)),)),
        P(line("after")),
        Clauses((Clause(line("c")),)),
    )


def test_a_table_is_as_wide_as_its_widest_row():
    html = "<table><caption>cap</caption><tr><th rowspan=2>a<th colspan=2>b<tr><td>c<td>d<tr><td>e</table>"
    a, b, c, d, e = map(line, "abcde")
    assert blocks_from_html(html) == (Table((a, b, ()), (((), c, d), (e, (), ())), line("cap")),)


def test_a_table_of_one_cell_was_a_frame():
    html = "<table><tr><td><ul><li>a</li></ul><p>b</p></td></tr></table>"
    assert blocks_from_html(html) == (Bullets((Bullet(line("a")),)), P(line("b")))
    assert blocks_from_html("<table><caption>c</caption><tr><td> </td><td> </td></tr></table>") == (P(line("c")),)


def test_definitions_keep_terms_and_meanings_together():
    html = "<dl><dt>T</dt><dd>m</dd><dd>n</dd><div><dt>U</dt><dt>V</dt><dd>w</dd></div><dt>alone</dt></dl>"
    pairs = Definitions((Definition(line("T"), line("m\u2028n")), Definition(line("U, V"), line("w"))))
    assert blocks_from_html(html) == (pairs, P(line("alone")))


def test_a_blockquote_is_a_notice_and_a_bold_first_line_its_heading():
    assert blocks_from_html("<blockquote><p><b>Mind</b></p><p>a</p><p>b</p></blockquote>") == (
        Notice(line("Mind"), (line("a"), line("b"))),
    )
    assert blocks_from_html("<blockquote>only</blockquote>") == (Notice((), (line("only"),)),)


@pytest.mark.parametrize(
    "href", ["https://x.example/a?b#c", "http://x", "HTTPS://X", "mailto:a@b.example", "tel:+44", "/x", "/", "#x"]
)
def test_links_people_can_follow_are_kept(href):
    if href != "/":
        assert runs_from_html(f'<a href="{href}">x</a>') == (Run("x", href=href),)
    assert allowed_href(href) == href


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVa\tScript:x", "&#1;javascript:x", "data:text/html,x", "vbscript:x", "//evil.example",
     "/\\evil.example", "page.html", "../x", "https:x", "ftp://x", "", "#", "file:///etc/passwd", "\u200bjavascript:x"],
)  # fmt: skip
def test_every_other_link_becomes_plain_words(href):
    html = f'a <a href="{href}">b</a>'
    assert runs_from_html(html) == (Run("a b"),)
    assert sanitise(html) == "a b"


def test_scripts_and_styles_go_with_their_content():
    html = "<script>a()</script><style>b{}</style><p onclick='c()'>d</p><svg onload=e()></svg>"
    assert sanitise(html) == "<p>d</p>"
    assert blocks_from_html(html) == (P(line("d")),)


NESTING = ["<ul><li>", "<ol><li>x", "<div>", "<b>", "<a href=/x>", "<blockquote>", "<table><tr><td>", "<dl><dd>"]


@pytest.mark.parametrize("levels", [1_500, 10_000, 100_000])
@pytest.mark.parametrize("tag", NESTING)
def test_nesting_past_all_sense_is_read_and_keeps_its_words(tag, levels):
    blocks = blocks_from_html(tag * levels + "word")
    runs_from_html(tag * levels)
    sanitise(tag * levels)
    assert words_of(blocks)["word"] + words_of(blocks)["xword"] == 1


@pytest.mark.parametrize("act", [blocks_from_html, runs_from_html, sanitise])
@pytest.mark.parametrize("tag", NESTING)
def test_twice_the_nesting_is_twice_the_work(act, tag):
    assert growth(lambda levels: act(tag * levels + "word"), 10_000) < 2.2


PIECES = st.sampled_from(
    ["<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "</ol>", "<b>", "</b>", "<i>", "<a href='/x'>", "</a>",
     "<a href='javascript:x'>", "<br>", "<table>", "<tr>", "<td colspan=3>", "<th rowspan=2>", "</table>", "<dl>",
     "<dt>", "<dd>", "<blockquote>", "<h2>", "<div>", "</div>", "<script>", "</script>", "<!--", "-->", "&amp;", "&#0;",
     "word ", " other", "<", ">", "\x00", "\ud800", "<svg>", "<pre>", "<caption>", "<textarea>", "<title>"]
)  # fmt: skip
SOUP = st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join)


@settings(max_examples=300)
@given(SOUP)
@example("<a href='/x'><table><td><a href='/y'>z")
def test_no_input_breaks_it_and_no_link_leaves_the_allowed_schemes(html):
    blocks = blocks_from_html(html)
    for runs in [runs_from_html(html), *(found.runs for found in block_lines(blocks))]:
        assert runs == inline(*runs)
        assert all(allowed_href(run.href) == run.href for run in runs if run.href)
    assert all(allowed_href(href) for href in re.findall(r'href="([^"]*)"', sanitise(html)))
    assert "<script" not in sanitise(html)
    for table in (block for block in blocks if isinstance(block, Table)):
        assert {len(row) for row in table.rows} <= {len(table.header)}


TEXTS = st.text("abc é&<>\u20191 ", min_size=1, max_size=12)
MARKUP = st.recursive(
    TEXTS.map(escape),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["p", "b", "i", "div", "blockquote", "h3", "section"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        st.tuples(st.sampled_from(["ul", "ol"]), st.lists(inner, min_size=1, max_size=4)).map(
            lambda pair: f"<{pair[0]}>{''.join(f'<li>{item}</li>' for item in pair[1])}</{pair[0]}>"
        ),
        st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(
            lambda rows: (
                f"<table>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in rows)}</table>"
            )
        ),
        st.lists(st.tuples(inner, inner), min_size=1, max_size=3).map(
            lambda pairs: f"<dl>{''.join(f'<dt>{term}</dt><dd>{meaning}</dd>' for term, meaning in pairs)}</dl>"
        ),
        st.lists(inner, min_size=2, max_size=4).map("<br>".join),
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(MARKUP)
def test_words_in_are_words_out(html):
    shown = re.sub(r"</?(?:b|i)>", "", sanitise(html))
    shown = words(re.sub(r"<[^>]*>", " ", shown).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert words_of(blocks_from_html(html)) == shown
    assert words("".join(run.text for run in runs_from_html(html))) == shown
