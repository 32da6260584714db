"""docs/architecture.md is true: its picture is the house as it is, and what it names is there."""

import re
from pathlib import Path

import pytest

from tests.house_figures import (
    ANY,
    IGNORE,
    PACKAGES,
    House,
    circles,
    classes,
    graph,
    public,
    said,
    share,
    silent,
)
from tests.naming import missing
from tests.picture import climbs, draw, put_into

PAGE = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"
# CONTRIBUTING, "How we write".
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
# What `python -m tests.house_figures` counts goes no further than this. A limit may be lowered, when less is left.
MOST = {
    "`Any`, where the real type could be said (TypedDict, Protocol, object …)": 60,
    "`type: ignore`, where the code could be written with types": 12,
    "files that import each other in a circle: one of their things belongs elsewhere": 0,
    "public functions that raise without a line `Raises:`": 0,
    "lines of over 120 columns": 0,
    "import contracts": 6,
    "import contracts of more than nine layers": 0,
    "packages with more than ten loose files at their top: make a room": 0,
}
# Of what has a docstring, in per cent.
LEAST = {"modules": 100, "classes": 65, "public functions": 65}


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
        "what is erased": "erasure=",
        "second factor": "class SecondFactorGuard",
        "midnight": "effective_from__lte=on",
        "request or complaint is due": "def deadline(",
        "kept in browsers": "Stored(",
        "store of finished pages": "class FinishedPages",
        "doctor": "def add_examination(",
    }.items():
        (line,) = re.findall(rf"^\| (?:the|what|when) [^|]*{what}[^|]*\|([^\n]*)", where, re.MULTILINE)
        path = re.findall(r"`([\w/.]+)", line)[0]
        found = PAGE.parent.parent / path
        files = sorted(found.rglob("*.py")) if found.is_dir() else [found]
        assert any(words in file.read_text() for file in files), path


@pytest.fixture(scope="module")
def house() -> House:
    return House(PAGE.parent.parent)


def places(house: House) -> dict[str, list[str]]:
    """What MOST counts, each with where to look."""
    lists = (
        said(house, ANY),
        said(house, IGNORE),
        [", ".join(sorted(group)) for group in circles(graph(house, late=True))],
        silent(house),
        [place for place, line in house.numbered if len(line) > 120],
        [name for _, name in house.contracts()],
        [name for layers, name in house.contracts() if layers > 9],
        [package for package in PACKAGES if house.loose(package) > 10],
    )
    return dict(zip(MOST, lists, strict=True))


@pytest.fixture(scope="module")
def counted(house) -> dict[str, list[str]]:
    return places(house)


@pytest.mark.parametrize("what", MOST)
def test_the_house_does_not_slip_back(counted, what):
    found = counted[what]
    assert len(found) <= MOST[what], f"{what}: {len(found)}, at most {MOST[what]}. Look at:\n" + "\n".join(found)


@pytest.mark.parametrize("what", LEAST)
def test_as_much_is_said_as_before(house, what):
    nodes = {
        "modules": list(house.tree.values()),
        "classes": classes(house),
        "public functions": [node for _, node in public(house)],
    }[what]
    assert share(nodes) >= LEAST[what], f"{share(nodes):.1f} % of the {what} have a docstring, at least {LEAST[what]}"


WORSE = (
    """from typing import Any
import home.worse_too
def told(row: Any) -> Any:
    raise ValueError(row)  # type: ignore[misc]
"""
    + "#" * 121
)


def test_what_is_worse_is_found(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/worse.py").write_text(WORSE)
    (tmp_path / "home/worse_too.py").write_text("def late():\n    import home.worse\n")
    (tmp_path / "pyproject.toml").write_text(
        f"[[tool.importlinter.contracts]]\nname = 'Tall'\nlayers = {[*'abcdefghij']}\n"
    )
    for number in range(11):
        (tmp_path / f"home/loose_{number}.py").write_text('"""One more."""\n')
    worse = House(tmp_path)
    assert list(places(worse).values()) == [
        ["home/worse.py:3"] * 2,
        ["home/worse.py:4"],
        ["home.worse, home.worse_too"],
        ["home/worse.py:3 told"],
        ["home/worse.py:5"],
        ["Tall"],
        ["Tall"],
        ["home"],
    ]
    assert share([node for _, node in public(worse)]) == 0


def test_no_file_and_no_function_has_outgrown_its_readers(house):
    root = house.root
    sizes = {path: path.read_text().count("\n") for path in (root / "tests").rglob("*.py")}
    sizes |= {path: text.count("\n") for path, text in house.all.items() if "migrations" not in path.parts}
    assert [str(path.relative_to(root)) for path, lines in sizes.items() if lines > LONGEST_FILE] == []
    lengths = [(path.name, one.name, one.end_lineno - one.lineno + 1) for path, one in house.functions]
    assert [one for one in lengths if one[2] > LONGEST_FUNCTION] == []
