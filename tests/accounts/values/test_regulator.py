"""The regulator stands in one place; nothing else in the code, the templates or the demo names it."""

import re
from pathlib import Path

from django.conf import settings

from accounts.values.regulator import FIRST

THE_PLACE = "accounts/values/countries/united_kingdom/__init__.py"
OURS = ("accounts", "policies", "home", "plum", "templates")
NAMES = re.compile(r"Information Commission|\bICO\b|\bico\.org\.uk")


def test_nothing_else_names_it():
    root = Path(settings.BASE_DIR)
    files = (
        path
        for package in OURS
        for path in (root / package).rglob("*")
        if path.suffix in (".py", ".html", ".txt", ".md")
    )
    named = {str(path.relative_to(root)) for path in files if NAMES.search(path.read_text())}
    assert named == {THE_PLACE}


def test_a_text_speaks_of_it_by_its_name_or_by_what_people_call_it():
    assert FIRST.spoken_of == ("Information Commissioner", "ICO")
    assert FIRST.shown_url == "ico.org.uk/make-a-complaint"
