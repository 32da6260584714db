"""A policy's text as a page shows it: its numbers, its addresses, and nothing that the text could smuggle in."""

import re

import pytest
from django.template.loader import render_to_string

from policies.reading import written
from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definition,
    Definitions,
    Document,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    inline,
)
from tests.making.policies import a_document, a_draft
from tests.making.versions import put, row
from tests.making.work import growth

TRICKS = '<img src=x onerror=alert(1)> & "quoted" </article><script>alert(2)</script>'


def shown(*blocks, anchor="data", heading="Data"):
    document = Document("Privacy policy", (), (Section(inline(heading), blocks, anchor=anchor),))
    return render_to_string("policies/document.html", {"document": document})


def every_block(words):
    runs = inline(words)
    return (
        Paragraph(runs),
        Bullets((Bullet(runs, (Bullet(runs),)),)),
        Clauses((Clause(runs, (Clause(runs, (Clause(runs),)),)),)),
        Definitions((Definition(runs, runs),)),
        Table((runs, ()), ((runs, runs),), runs),
        Notice(runs, (runs,)),
        Contact(words, (words,), words, words),
    )


def test_clauses_carry_their_own_numbers_and_addresses():
    point = Clause(inline("point"), (Clause(inline("part"), (Clause(inline("bit")),)),))
    html = shown(Clauses((point, point)), Paragraph(inline("and")), Clauses((point,)))
    labels = re.findall(r'<li id="([^"]+)">\s*<a class="number" href="#\1">([^<]+)</a>', html)
    assert labels[:3] == [("clause_1.1", "1.1"), ("clause_1.1-a", "(a)"), ("clause_1.1-a-i", "(i)")]
    assert labels[-3:] == [("clause_1.3", "1.3"), ("clause_1.3-a", "(a)"), ("clause_1.3-a-i", "(i)")]
    assert len(set(labels)) == 9


@pytest.mark.parametrize("where", ["heading", "blocks"])
def test_markup_in_a_text_is_shown_as_text(where):
    html = shown(heading=TRICKS) if where == "heading" else shown(*every_block(TRICKS))
    assert "<img" not in html
    assert "<script" not in html
    assert html.count("</article>") == 1
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "x", ""],
)
def test_only_known_links_are_links(href):
    assert "<a href" not in shown(Paragraph((Run("here", href=href),))).partition("<article")[2]


@pytest.mark.parametrize(
    "href", ["https://plum.example/a?b=1&c=2", "/cookies/", "mailto:dpo@plum.example", "tel:+44123"]
)
def test_links_are_links(href):
    marks = ' class="away" rel="external"' if href.startswith("http") else ""
    assert f'<a href="{href.replace("&", "&amp;")}"{marks}>here</a>' in shown(Paragraph((Run("here", href=href),)))


def test_a_table_has_headers_and_can_be_reached_by_keyboard():
    html = shown(Table((inline("What"), ()), ((inline("Names"), inline("a year")),), inline("How long")))
    assert '<th role="columnheader" scope="col" dir="auto">What</th>' in html
    assert '<caption dir="auto">How long</caption>' in html
    assert 'tabindex="0"' in html
    assert not re.search(r"<th[^>]*></th>", html)


def test_on_a_phone_each_cell_says_its_column():
    html = shown(Table((inline("What"), inline("How long")), ((inline("Names"), inline("a year")), (inline("IP"), ()))))
    cells = re.findall(r"<td([^>]*)>([^<]*)</td>", html)
    assert [(re.findall('data-label="([^"]*)"', attrs), words) for attrs, words in cells] == [
        (["What"], "Names"), (["How long"], "a year"), (["What"], "IP"), ([], ""),
    ]  # fmt: skip


def test_raised_lowered_and_broken_lines_are_shown():
    runs = inline(
        "Acme Ltd\u20281 River St, 10", Run("3", script="super"), " H", Run("2", strong=True, script="sub"), "O"
    )
    html = shown(Paragraph(runs), heading="Data")
    assert "Acme Ltd<br>1 River St, 10<sup>3</sup> H<strong><sub>2</sub></strong>O" in html


def test_contents_keep_the_meaning_of_raised_words():
    document = Document("T", (), (Section(inline("10", Run("3", script="super")), ()), Section(inline("b"), ())))
    html = render_to_string("policies/document.html", {"document": document})
    assert "10³</a>" in html


def test_bullets_and_numbers_stand_in_one_another():
    clause = Clause(inline("one"), (Bullet(inline("bullet"), (Clause(inline("step")),)), Clause(inline("point"))))
    html = re.sub(r"\s+", " ", shown(Clauses((clause,))).partition("<article")[2])
    order = ["1.1", "one", "<ul>", "bullet", '<ol class="clauses"', "(i)", "step", "</ol>", "</ul>", "(a)", "point"]
    assert re.search(".*".join(map(re.escape, order)), html)
    assert 'id="clause_1.1-a"' in html
    assert html.count("id=") == 3


def test_the_contents_are_folded_and_named(client, history):
    page = client.get("/policies/privacy/").content.decode()
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    assert re.search(r"<h2[^>]*>Contents</h2>\s*<details>\s*<summary>Contents</summary>", contents)


@pytest.mark.parametrize(("anchor", "address"), [("data", "data"), ("content", "content_"), ("", "section_1")])
def test_a_section_keeps_its_anchor_but_for_what_the_page_has_taken(anchor, address):
    assert f'<section id="{address}">' in shown(anchor=anchor)


def test_a_single_section_needs_no_contents():
    assert "Contents" not in shown()


def test_no_two_addresses_on_a_page_are_the_same(client, today):
    document = a_document("content is", "contents are", "footer-contact is", "changed is", "clause is")
    put(a_draft(document), row(1, today(), document=document), row(2, today(), document=document))
    for address in ("/policies/privacy/", "/policies/privacy/versions/2.0/"):
        found = re.findall(r'\sid="([^"]+)"', client.get(address).content.decode())
        assert sorted(found) == sorted(set(found))


def test_ten_times_as_many_sections_are_no_more_than_ten_times_the_work(client, today):
    blocks = every_block("some words that are long enough to look like a real sentence of a policy")
    slugs = {30: "short", 300: "long"}
    for many, slug in slugs.items():
        sections = tuple(Section(inline(f"Part {n}"), blocks, key=f"k{n}") for n in range(many))
        put(a_draft(slug=slug), row(1, today(), document=Document("Policy", (), sections)))

    def read(many):
        written.forget()
        client.get(f"/policies/{slugs[many]}/")

    assert growth(read, 30, times=10) < 11
    page = client.get("/policies/long/").content.decode()
    assert page.count("<section id=") == 300
    assert page.count('href="#part-') == 600  # from the contents, and from the section's own number
