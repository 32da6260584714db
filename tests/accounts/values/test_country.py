"""What goes with the country stands in one module, which the settings choose."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

THE_PLACE = "accounts/values/countries/united_kingdom.py"
OURS = ("accounts", "policies", "home", "plum")
OF_A_COUNTRY = re.compile(
    r"legislation\.gov\.uk|ico\.org\.uk|Europe/London|^GB$|^ENG$|^en_GB$|\bEngland\b|holidays\.countries"
)
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
    assert named == {THE_PLACE}


def test_another_country_is_another_module():
    said = subprocess.check_output([sys.executable, "-c", ELSEWHERE], cwd=settings.BASE_DIR, text=True)
    assert said.strip() == "+33123456789 la fête open Paris"
