"""Words that stayed but lead elsewhere or look otherwise: named, and not marked as removed and added."""

import pytest

from policies.reading.redline_notes import looks_of, notes_on
from policies.texts.document import LINE_BREAK, Document, Paragraph, Run, inline
from policies.texts.redline import compare
from tests.making.redlines import changes, shown, with_blocks


def told(old, new):
    """Return the one line of two, marked, and what it says of words that look otherwise."""
    (line,) = changes([Paragraph(inline(*old))], [Paragraph(inline(*new))])
    return shown(line.pieces), [looks_of(piece) for piece in line.pieces if piece.op == "restyled"]


def test_another_address_of_a_link_is_told_from_what_to_what():
    old, new = (["Read ", Run("our leaflet", href=href), "."] for href in ("/leaflet-a/", "https://plum.example/b"))
    assert told(old, new) == ("Read< our leaflet>.", [["link changed from /leaflet-a/ to https://plum.example/b"]])


def test_a_link_put_in_or_taken_away_is_told():
    plain, linked = ["Read our leaflet."], ["Read ", Run("our leaflet", href="/leaflet/"), "."]
    assert told(plain, linked) == ("Read< our leaflet>.", [["link added to /leaflet/"]])
    assert told(linked, plain) == ("Read< our leaflet>.", [["link removed, it led to /leaflet/"]])


def test_an_address_changed_in_the_middle_of_a_link_is_told_for_its_words():
    old = ["See ", Run("rules and fees", href="/a/")]
    new = ["See ", Run("rules", href="/a/"), " ", Run("and fees", href="/b/")]
    assert told(old, new) == ("See rules< and fees>", [["link changed from /a/ to /b/"]])


@pytest.mark.parametrize(("style", "name"), [({"strong": True}, "bold"), ({"emphasis": True}, "italic")])
def test_changed_emphasis_is_told(style, name):
    plain, styled = ["We do not sell data."], ["We do ", Run("not", **style), " sell data."]
    assert told(plain, styled) == ("We do< not> sell data.", [[f"{name} now"]])
    assert told(styled, plain) == ("We do< not> sell data.", [[f"no longer {name}"]])


def test_emphasis_of_a_part_of_a_word_marks_no_word():
    assert told(["the database"], ["the ", Run("data", strong=True), "base"]) == ("the< database>", [["bold now"]])


def test_two_changes_of_looks_side_by_side_are_told_apart():
    old = ["Ask ", Run("us", strong=True), " now"]
    assert told(old, ["Ask us ", Run("now", emphasis=True)]) == (
        "Ask< us>< now>",
        [["no longer bold"], ["italic now"]],
    )


def test_a_space_put_before_a_stop_marks_no_word():
    assert told(["in writing."], ["in writing ."]) == ("in writing< .>", [["space before it added"]])


def test_looks_are_counted_apart_from_words():
    old, new = (with_blocks(Paragraph(inline("Do ", Run("not", strong=bold), " row"))) for bold in (False, True))
    redline = compare(old, new)
    assert (redline.inserted, redline.deleted, redline.restyled, redline.is_empty) == (0, 0, 1, False)


def test_a_raised_figure_is_another_figure():
    assert told(["We lend 103 boats"], ["We lend 10", Run("3", script="super"), " boats"]) == (
        "We lend[- 103-]{+ 103+} boats",
        [],
    )
    raised, lowered = (["H", Run("2", script=script), "O"] for script in ("super", "sub"))
    assert told(raised, lowered) == ("[-H2O-]{+H2O+}", [])


def test_a_line_break_put_in_or_taken_away_is_told():
    broken = [f"Boat House{LINE_BREAK}1 River Street"]
    assert told(["Boat House 1 River Street"], broken) == (
        f"Boat House<{LINE_BREAK}1> River Street",
        [["starts a new line now"]],
    )
    assert told(broken, ["Boat House 1 River Street"]) == (
        "Boat House< 1> River Street",
        [["no longer starts a new line"]],
    )


def test_another_language_is_told():
    old, new = (Paragraph(inline("Bon voyage"), lang=lang) for lang in ("", "fr"))
    (line,) = changes([old], [new])
    assert (line.op, notes_on(line)) == ("changed", ["language marked as fr, was that of the text around it"])
    redline = compare(Document("Rules", (), ()), Document("Rules", (), (), "ar"))
    assert not redline.is_empty
