"""Numbers of sections and items: typed ones go, the site sets its own; figures, times, dates and initials stay."""

import pytest

FIGURES = [
    "2.5 per cent surcharge", "2.30 pm is when the shed opens.", "4:15 pm is the last boat.", "1.5 million rowers",
    "1.3, 2013-08-07", "1.1 million pounds are insured.", "3.–5. Repealed", "2. – 3. Repealed", "3D prints", "2nd boat",
    "9.00 to 17.00 on weekdays", "2026 changes", "2.0 beta of the app", "$5. Not more.", "1.1 hours is the least.",
    "10 days' notice", "I am a rower", "A boat is yours", "V. good rowers", "1998. A good year", "1,5 Liter je Boot",
    "1.05 euros for each", "12. May 2020", "1. 000 boats", "1/2 price",
]  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_in_front_of_a_line_stays_whole_in_plain_text(read, shown, figure):
    got = read("p.txt", f"Boat rules\n\n1. Sheds\n\nAll of us:\n\n{figure}\n\n2. Fees\n\nTen pounds.\n")
    assert shown(got.document) == ["Boat rules", "1. Sheds", "All of us:", figure, "2. Fees", "Ten pounds."]
    assert not got.report.lost


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_before_the_first_section_of_plain_text_opens_none(read, shown, figure):
    got = read("p.txt", f"Boat rules\n\n{figure}\n\n1. Sheds\n\nOpen.\n")
    assert shown(got.document) == ["Boat rules", figure, "1. Sheds", "Open."]


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("kind", ["p.md", "p.html"])
def test_a_figure_in_front_of_a_heading_stays_whole(read, kind, figure):
    headings = [figure, "A note on oars", "Fees for all"]
    text = "".join(f"## {heading}\n\nWords.\n\n" for heading in headings)
    html = "".join(f"<h2>{heading}</h2><p>Words.</p>" for heading in headings)
    got = read(kind, text if kind == "p.md" else html)
    assert [section.heading[0].text for section in got.document.sections] == headings


def test_a_figure_in_bold_is_no_typed_heading(read, shown):
    got = read("p.html", "<p><b>1.5 MILLION</b></p><p><b>1. SHEDS</b></p><p>a</p><p><b>2.5 PER CENT</b></p>")
    assert shown(got.document)[1:] == ["1.5 MILLION", "1. SHEDS", "a", "2.5 PER CENT"]


@pytest.mark.parametrize(
    "marks",
    [
        ["(1)", "(2)", "(3)"], ["I.", "II.", "III."], ["A.", "B.", "C."], ["§ 1", "§ 2", "§ 3"], ["§1", "§2", "§3"],
        ["Section 1:", "Section 2:", "Section 3:"], ["Article 1.", "Article 2.", "Article 3."], ["1)", "2)", "3)"],
        ["PART I:", "PART II:", "PART III:"], ["1 –", "2 –", "3 –"], ["Clause 1 -", "Clause 2 -", "Clause 3 -"],
        ["A)", "B)", "C)"], ["(a)", "(b)", "(c)"], ["Section 1", "Section 2", "Section 3"],
    ],
    ids="".join,
)  # fmt: skip
@pytest.mark.parametrize("kind", ["p.md", "p.html", "p.txt"])
def test_numbers_of_any_usual_shape_are_understood(read, kind, marks):
    titles = [f"{mark} {title}" for mark, title in zip(marks, ["Oars", "Sheds", "Cups"], strict=True)]
    texts = {
        "p.md": "".join(f"## {title}\n\nWords.\n\n" for title in titles),
        "p.html": "".join(f"<h2>{title}</h2><p>Words.</p>" for title in titles),
        "p.txt": "Boat rules\n\n" + "".join(f"{title}\n\nWords.\n\n" for title in titles),
    }
    got = read(kind, texts[kind])
    assert [section.heading[0].text for section in got.document.sections] == ["Oars", "Sheds", "Cups"]
    assert got.report.is_complete


def test_numbers_of_mixed_shapes_are_understood_and_those_that_change_are_told(read):
    titles = ["(1) Members", "Article 2. Oars", "§ 3 Sheds", "IV. Boats", "C. Cups"]
    got = read("p.md", "".join(f"## {title}\n\nWords.\n\n" for title in titles))
    assert [section.heading[0].text for section in got.document.sections] == [
        "Members", "Oars", "Sheds", "Boats", "Cups",
    ]  # fmt: skip
    told = "\n".join(got.report.remarks)
    assert '"Boats" had number IV and is section 4 now' in told
    assert '"Cups" had number C and is section 5 now' in told


@pytest.mark.parametrize(
    "title", ["D. Smith repairs boats", "V. good boats", "Section 230 protects us", "7 - day trial"]
)
def test_what_may_be_part_of_a_heading_stays_as_typed(read, title):
    got = read("p.md", f"## {title}\n\nWords.\n\n## Fees\n\nTen.\n")
    assert got.document.sections[0].heading[0].text == title


def test_a_number_left_in_a_heading_is_told(read):
    got = read("p.md", "## 2.5 per cent surcharge\n\nWords.\n\n## Fees\n\nTen.\n")
    assert any("Left as typed" in remark and "2.5 per cent" in remark for remark in got.report.remarks)


def test_letters_and_decimals_begin_a_list_only_where_it_goes_on(read, shown):
    got = read(
        "p.txt",
        "1. Sheds\n\nA. Smith signs.\n\n2. Fees\n\nA. Adults pay.\nB. Children do not.\n\n"
        "Then:\n\n2.1 we ask\n2.2 you pay\n",
    )
    assert shown(got.document)[1:] == [
        "1. Sheds", "A. Smith signs.", "2. Fees", "2.1 Adults pay.", "2.2 Children do not.", "Then:", "2.3 we ask",
        "2.4 you pay",
    ]  # fmt: skip


def test_a_lone_decimal_clause_is_one_where_a_sentence_begins_after_it(read, shown):
    got = read("p.txt", "1. Sheds\n\n1.1 We may close them.\n\n2. Fees\n\n2.1 per boat and day\n")
    assert shown(got.document)[1:] == ["1. Sheds", "1.1 We may close them.", "2. Fees", "2.1 per boat and day"]


def test_roman_sections_hold_lists_with_numbers(read, shown):
    got = read("p.txt", "Rules\n\nI. OARS\n\n1. one\n2. two\n\nII. SHEDS\n\n1. three\n")
    assert shown(got.document) == ["Rules", "1. OARS", "1.1 one", "1.2 two", "2. SHEDS", "2.1 three"]
