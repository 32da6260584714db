"""Markdown beyond CommonMark: notes, boxes, anchors, labels, raised figures; none of them loses a word."""

import pytest

from policies.texts.document import Clause, Clauses, Paragraph, Run, inline


def words(got, section=0):
    return ["".join(run.text for run in block.runs) for block in got.document.sections[section].blocks]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Read [our leaflet][one].\n\n[one]: https://oars.example/a", "https://oars.example/a"),
        ("Read [our leaflet].\n\n[Our Leaflet]: https://oars.example/b 'The leaflet'", "https://oars.example/b"),
        ("Read [our leaflet][].\n\n[our leaflet]: <https://oars.example/c>", "https://oars.example/c"),
        ("Read [our leaflet][Not Here 7].\n\n[not here 7]:\n   https://oars.example/d", "https://oars.example/d"),
    ],
)  # fmt: skip
def test_a_link_defined_elsewhere_is_a_link(read, text, link):
    got = read("p.md", f"## Sheds\n\n{text}\n")
    assert [run.href for run in got.document.sections[0].blocks[0].runs if run.href] == [link]
    assert words(got) == ["Read our leaflet."]
    assert got.report.is_complete, got.report.as_text()


def test_a_label_that_is_typed_elsewhere_is_not_lost(read):
    got = read("p.md", "## Sheds\n\nOne [a][x] and not [b][y].\n\n[x]: /x\n")
    assert words(got) == ["One a and not [b][y]."]
    assert got.report.is_complete


def test_a_definition_that_nothing_refers_to_is_dropped_and_told(read):
    got = read("p.md", "## Sheds\n\nOpen.\n\n[unused]: https://never.example 'shown'\n")
    (change,) = got.report.changes[:1]
    assert (change.action, {"unused", "shown"} <= set(change.words)) == ("dropped", True)
    assert got.report.is_complete


def test_notes_stand_where_they_are_referred_to(read):
    text = (
        "## Fees\n\nTen pounds[^1] a year[^why].\n\nFree[^1] for some.\n\n[^1]: not for **children**\n"
        "[^why]: as\n    agreed\n"
    )
    got = read("p.md", text)
    assert words(got) == [
        "Ten pounds [not for children] a year [as agreed].", "Free [not for children] for some.",
    ]  # fmt: skip
    assert got.document.sections[0].blocks[0].runs[1] == Run("children", strong=True)
    assert sum("square brackets" in remark for remark in got.report.remarks) == 3
    assert got.report.is_complete, got.report.as_text()


def test_a_note_without_reference_and_a_reference_without_note_stay_as_typed(read):
    got = read("p.md", "## Fees\n\nTen[^9] pounds.\n\n[^8]: never cut\n")
    assert words(got) == ["Ten[^9] pounds.", "[^8]: never cut"]
    assert sum("as typed" in remark for remark in got.report.remarks) == 2
    assert got.report.is_complete


def test_a_note_in_code_is_code(read):
    got = read("p.md", "## Fees\n\nType `[^1]` there.[^1]\n\n```\n[^1]: kept\n```\n\n[^1]: the note\n")
    assert words(got) == ["Type [^1] there. [the note]", "[^1]: kept"]
    assert got.report.is_complete


def test_an_inline_note_stands_in_brackets(read):
    assert words(read("p.md", "## Fees\n\nTen^[not eleven] pounds.\n")) == ["Ten [not eleven] pounds."]


def test_the_boxes_of_tasks_are_boxes(read):
    got = read("p.md", "## Sheds\n\n- [ ] sweep\n- [x] lock\n\n1. [X] close\n")
    bullets, clauses = got.document.sections[0].blocks
    assert [item.runs for item in bullets.items] == [inline("\u2610 sweep"), inline("\u2611 lock")]
    assert clauses == Clauses((Clause(inline("\u2611 close")),))
    assert sum("box of a task" in remark for remark in got.report.remarks) == 3
    assert got.report.is_complete


@pytest.mark.parametrize("mark", ["{#dues}", "{: #dues }", "{: .note #dues}", "{.unnumbered}", "{: #dues lang=en}"])
def test_an_anchor_behind_a_heading_goes_and_is_told(read, mark):
    got = read("p.md", f"# Oars\n\n## Dues {mark}\n\nTen.\n\n## Sheds\n\nOpen.\n{{: .wide}}\n")
    assert [section.heading for section in got.document.sections] == [inline("Dues"), inline("Sheds")]
    assert words(got, 1) == ["Open."]
    assert all(change.action == "dropped" for change in got.report.changes)
    assert got.report.is_complete


def test_braces_in_a_sentence_stay(read):
    assert words(read("p.md", "## Dues\n\nWrite {#7} or {x} there.\n")) == ["Write {#7} or {x} there."]


def test_figures_are_raised_and_lowered(read):
    got = read("p.md", "## Limits\n\n5 m^2^ and H~2~O, 2^10 and ~5 kg, a^b.\n")
    assert got.document.sections[0].blocks == (
        Paragraph((
            Run("5 m"), Run("2", script="super"), Run(" and H"), Run("2", script="sub"), Run("O, 2^10 and ~5 kg, a^b."),
        )),
    )  # fmt: skip
    assert got.report.is_complete


def test_lettered_lines_stay_lines(read):
    got = read("p.md", "## Sheds\n\n(a) open them\n(b) shut them\n\nOne line\nwrapped.\n")
    assert words(got) == ["(a) open them\u2028(b) shut them", "One line wrapped."]


def test_a_picture_is_left_out_and_said_so_with_and_without_words(read):
    report = read("a.md", "## Boats\n\nwords ![](a.png) ![a boat](b.png)\n").report
    assert "Pictures left out: 2." in report.remarks
    assert [change.what for change in report.changes if "picture" in change.what] == ["the words of a picture"]
