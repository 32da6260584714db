"""What goes with the country stands in one module, which the settings choose."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from accounts.values.countries import united_kingdom
from accounts.values.countries.terms import Law
from accounts.values.country import Country

THE_PLACE = "accounts/values/countries/united_kingdom/"
OURS = ("accounts", "policies", "home", "plum")
OF_A_COUNTRY = re.compile(
    r"legislation\.gov\.uk|ico\.org\.uk|Europe/London|^GB$|^ENG$|^en_GB$|\bEngland\b|holidays\.countries"
)
# Its statutes, authorities, courts and clocks, also where code only says why it is so. Words of places and languages
# that code needs, such as en-gb, are the other pattern's.
LAW_OF_A_COUNTRY = re.compile(
    r"\bGDPR\b|Data Protection Act|\bDPA\b|\bPECR\b|Electronic Communications|Limitation Act|\bAct (?:of )?2018\b"
    r"|\bSI \d{4}/|Regulation 1182|\b[Ss]ections? (?:54|16[4-7]|180)|Schedule (?:\d|A1)"
    r"|\bArticles? 1[2-9]|\bArticle (?:6|21|30)\b"
    r"|Information Commission|\bICO\b|County Court|High Court|United Kingdom|\bUK\b|\bEngland\b|\bBritish\b|\bLondon\b"
)
# What people are offered to write: names of the demo, and how numbers look there.
ITS_CUSTOMS = ("home/demo", "plum/formats/")
ELSEWHERE = """
import sys
from types import ModuleType
from django.conf import settings
from accounts.values.countries import united_kingdom
elsewhere = ModuleType("elsewhere")
vars(elsewhere).update({name: value for name, value in vars(united_kingdom).items() if name.isupper()})
elsewhere.TELEPHONES, elsewhere.TIME_ZONE = "FR", "Europe/Paris"
elsewhere.bank_holidays = lambda year: {__import__("datetime").date(year, 7, 14): "la fête"}
sys.modules["elsewhere"] = elsewhere
settings.configure(COUNTRY="elsewhere", USE_TZ=True, TIME_ZONE="Europe/Paris")
import datetime as dt
from accounts.rights.clock.working_days import why_closed
from accounts.values.country import ITS_CLOCKS
from accounts.values.telephone import read_telephone
closed = why_closed(dt.date(2026, 7, 14)), why_closed(dt.date(2026, 8, 31)) or "open"
print(read_telephone("01 23 45 67 89"), *closed, ITS_CLOCKS)
"""


def words_of(path: Path) -> list[str]:
    """The strings of a module, without what it says about itself."""
    tree = ast.parse(path.read_text())
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    said = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, owners) and ast.get_docstring(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


def test_nothing_else_names_what_belongs_to_a_country():
    root = Path(settings.BASE_DIR)
    modules = (path for package in OURS for path in (root / package).rglob("*.py") if "migrations" not in path.parts)
    named = {str(path.relative_to(root)) for path in modules if any(map(OF_A_COUNTRY.search, words_of(path)))}
    assert {name for name in named if not name.startswith(THE_PLACE)} == set()
    assert named


def everything_of(root: Path) -> list[Path]:
    """Code and templates, but for migrations of what is settled."""
    folders = [root / package for package in (*OURS, "templates")]
    found = [path for folder in folders for kind in ("*.py", "*.html", "*.txt", "*.xml") for path in folder.rglob(kind)]
    return [path for path in found if not str(path.relative_to(root)).startswith((THE_PLACE, *ITS_CUSTOMS))]


def test_no_law_is_named_outside_of_the_countrys_module():
    root = Path(settings.BASE_DIR)
    found = everything_of(root)
    assert len(found) > 500
    named = {
        f"{path.relative_to(root)}:{number}: {line.strip()}"
        for path in found
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if LAW_OF_A_COUNTRY.search(line)
    }
    assert named == set()


def test_a_country_says_all_that_the_site_asks_of_its_law():
    assert {name for name in Law.__annotations__ if not hasattr(united_kingdom.LAW, name)} == set()
    assert {name for name in Country.__annotations__ if not hasattr(united_kingdom, name)} == set()
    said = {name for name in vars(united_kingdom.LAW) if name.isupper()} - {"GDPR", "ACT"}
    assert said == set(Law.__annotations__)
    asked = "\n".join(path.read_text() for path in everything_of(Path(settings.BASE_DIR)))
    assert {name for name in said if f"LAW.{name}" not in asked} == set()


def test_another_country_is_another_module():
    said = subprocess.check_output([sys.executable, "-c", ELSEWHERE], cwd=settings.BASE_DIR, text=True)
    assert said.strip() == "+33123456789 la fête open Paris"
