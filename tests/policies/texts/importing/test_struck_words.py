"""Words that are struck through in a file never come in as words in force unless somebody says so."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from policies.texts.importing import UnreadablePolicy
from policies.texts.importing.draft import Draft
from policies.texts.importing.reader import read_policy
from policies.texts.importing.struck import settle_struck
from policies.texts.markup import Node
from tests.making.work import growth

PAGE = "<h1>Boat rules</h1><h2>Data</h2><p>We will {} sell your address.</p><h2>Cups</h2><p>They are ours.</p>"
WAYS = [
    "<del>not</del>",
    "<s>not</s>",
    "<strike>not</strike>",
    '<span style="text-decoration: line-through">not</span>',
    '<span style="TEXT-DECORATION-LINE:underline line-through">not</span>',
    "<b><del><em>not</em></del></b>",
    '<style>.gone, p .old { color: red; text-decoration: line-through }</style><i class="gone">not</i>',
    '<style>@media print { i { top: 0 } } p .old { text-decoration: solid line-through }</style><i class="old">not</i>',
    "n\u0336o\u0336t\u0336",
    "n&#x335;o&#x335;t&#x335;",
]


def path_of(tmp_path, html):
    path = tmp_path / "p.html"
    path.write_text(html, encoding="utf-8")
    return path


def said(imported):
    section = imported.document.sections[0]
    return "".join(run.text for run in section.blocks[0].runs)


@pytest.mark.parametrize("way", WAYS)
def test_a_struck_word_is_never_in_force_by_itself(tmp_path, way):
    with pytest.raises(UnreadablePolicy, match=r"--struck drop .*--struck keep (.|\n)*will \[not\] sell your address"):
        read_policy(path_of(tmp_path, PAGE.format(way)))


@pytest.mark.parametrize("way", WAYS)
def test_a_struck_word_is_left_out_when_that_is_said(tmp_path, way):
    got = read_policy(path_of(tmp_path, PAGE.format(way)), struck="drop")
    assert said(got) == "We will sell your address."
    assert got.report.is_complete
    assert ["struck-through words" in str(change) for change in got.report.changes] == [True]


@pytest.mark.parametrize("way", WAYS)
def test_a_struck_word_is_in_force_when_that_is_said_and_the_report_says_so(tmp_path, way):
    got = read_policy(path_of(tmp_path, PAGE.format(way)), struck="keep")
    assert said(got) == "We will not sell your address."
    assert got.report.is_complete
    assert any("words in force now" in remark and "[not]" in remark for remark in got.report.remarks)


def test_words_that_are_not_struck_any_more_are_words(tmp_path):
    html = '<style>s.on { text-decoration: none }</style><s class="on">not</s>'
    assert said(read_policy(path_of(tmp_path, PAGE.format(html)))) == "We will not sell your address."


def test_a_struck_paragraph_list_item_and_cell_are_told_each(tmp_path):
    html = (
        "<h2>A</h2><del><p>First.</p><p>Second.</p></del><ul><li><s>third</s></li><li>kept</li></ul>"
        "<table><tr><td>x</td><td><strike>fourth</strike></td></tr></table><h2>B</h2>"
    )
    with pytest.raises(UnreadablePolicy) as refusal:
        read_policy(path_of(tmp_path, html))
    assert [word in str(refusal.value) for word in ("First", "Second", "third", "fourth")] == [True] * 4
    got = read_policy(path_of(tmp_path, html), struck="drop")
    assert "fourth" not in str(got.document)
    assert "First" not in str(got.document)
    assert got.report.is_complete


@pytest.mark.django_db
def test_the_command_saves_nothing_until_it_is_told(tmp_path, capsys):
    path = path_of(tmp_path, PAGE.format("<del>not</del>"))
    with pytest.raises(CommandError, match=r"p\.html cannot be imported as it is"):
        call_command("import_policy", path, slug="boats")
    call_command("import_policy", path, slug="boats", struck="drop", dry_run=True)
    assert "struck-through words" in capsys.readouterr().out


@pytest.mark.parametrize("choice", ["drop", "keep"])
def test_twice_as_many_struck_words_in_one_paragraph_are_twice_as_much_work(tmp_path, choice):
    """Most of all they may be many: a page of edits from another program strikes out thousands of words."""

    def settle(places: int) -> None:
        root = Node(
            "p", children=[part for n in range(places) for part in (f"word {n} ", Node("s", children=["not "]))]
        )
        settle_struck(root, Draft(Counter({"not": places})), choice)

    assert growth(settle, 1_500) < 2.2
