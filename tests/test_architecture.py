"""docs/architecture.md is true: its picture is the house as it is, and what it names is there."""

import re
from pathlib import Path

from tests.house_figures import House
from tests.naming import missing
from tests.picture import climbs, draw, put_into

PAGE = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"
# CONTRIBUTING, "How we write".
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def test_the_picture_shows_the_rooms_as_they_are():
    text = PAGE.read_text()
    assert put_into(text, draw()) == text, "the house has changed: run `make picture`"


def test_no_arrow_leads_up():
    assert climbs(draw()) == []
    assert climbs("house\n│ upper → lower │\n│ lower → upper │") == ["lower → upper"]


def test_every_file_and_name_on_the_page_is_there():
    assert missing(PAGE.read_text()) == []


def test_a_name_that_is_gone_is_noticed():
    assert missing("see `policies/nowhere.py` and `plum/logs.py::nothing` and `plum/logs.py::discreet`") == [
        "policies/nowhere.py",
        "plum/logs.py::nothing",
    ]


def test_whoever_looks_for_one_of_these_finds_it():
    where = PAGE.read_text().partition("## Where is")[2]
    for what, words in {
        "needs a summary": "Say in plain words what changes and why",
        "SQL that claims": "SKIP LOCKED",
        "text of the notice": "{{",
        "redline's legend": "underlined",
        "second factor": "class SecondFactorGuard",
    }.items():
        (line,) = re.findall(rf"^\| the [^|]*{what}[^|]*\|([^\n]*)", where, re.MULTILINE)
        path = re.findall(r"`([\w/.]+)", line)[0]
        assert words in (PAGE.parent.parent / path).read_text(), path


def test_no_file_and_no_function_has_outgrown_its_readers():
    root = PAGE.parent.parent
    sizes = {path: path.read_text().count("\n") for path in (root / "tests").rglob("*.py")}
    house = House(root)
    sizes |= {path: text.count("\n") for path, text in house.all.items() if "migrations" not in path.parts}
    assert [str(path.relative_to(root)) for path, lines in sizes.items() if lines > LONGEST_FILE] == []
    lengths = [(path.name, one.name, one.end_lineno - one.lineno + 1) for path, one in house.functions]
    assert [one for one in lengths if one[2] > LONGEST_FUNCTION] == []
