"""CONTRIBUTING.md is true: what its recipes name is there; the one for personal data is carried out as it stands."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

from tests.deploy.drilling import Place
from tests.deploy.filling import migrate
from tests.naming import ROOT, missing

TEXT = (ROOT / "CONTRIBUTING.md").read_text()
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv*", "var", "__pycache__", ".*_cache", ".hypothesis", "journeys", "bench"
)
FIELD, COLUMN = (
    textwrap.dedent(code) for code in re.findall(r"```python\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
)

TRY = """
from accounts.models import User
from accounts.personal_data.collecting import collect
from accounts.personal_data.erasing import erase
from accounts.personal_data.register import subject_of
ann = User.objects.create_user("ann@example.org", "-", pronouns="they, them")
found = [pair for kind, rows in collect(ann) for row in rows for pair in zip(kind.exported, row.values)]
print([(column.words, value) for column, value in found if "they" in str(value)])
erase(subject_of(ann))
print(User.objects.filter(pronouns__contains="they").count())
"""


def recipe(name: str) -> str:
    return TEXT.partition(f"### {name}\n")[2].partition("\n### ")[0]


@pytest.mark.parametrize("name", ["A field that holds personal data", "A mail", "A block", "An importer", "A chore"])
def test_what_a_recipe_names_is_there(name):
    assert recipe(name)
    assert missing(recipe(name)) == []


def test_the_rest_of_the_page_is_true_too():
    assert missing(TEXT) == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?m)(?:`|^    )make ([a-z-]+)", TEXT)) <= targets


def test_what_runs_before_a_commit_is_what_runs_in_the_suite():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    (local,) = config["repos"]
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^test:.*\n.* reviews$", makefile, re.MULTILINE)
    reviews = re.search(r"^reviews:([^#]*)", makefile, re.MULTILINE)[1]
    for hook in local["hooks"]:
        make, target = hook["entry"].split()
        assert (local["repo"], hook["language"], make) == ("local", "system", "make")
        assert target in reviews.split()


@pytest.fixture
def copy(tmp_path) -> Path:
    """The checkout once more, to be changed."""
    return Path(shutil.copytree(ROOT, tmp_path / "copy", ignore=NOT_COPIED))


def put_behind(path: Path, line: str, code: str) -> None:
    """Insert code behind the first line that begins so, as deep as that one."""
    text = path.read_text()
    found = re.search(rf"(?m)^( +){re.escape(line)}.*\n", text)
    path.write_text(text[: found.end()] + textwrap.indent(code, found[1]) + text[found.end() :])


@pytest.mark.slow
def test_a_field_that_holds_personal_data_is_added_as_the_recipe_says(copy):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "plum.settings.test",
        "DATABASE_URL": f"sqlite:///{copy.parent / 'db.sqlite3'}",
        "ERASURE_LEDGER": str(copy.parent / "ledger.jsonl"),
    }

    def manage(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)

    put_behind(copy / "accounts/models/users.py", "phone = ", FIELD)
    refused = manage("check")
    assert refused.returncode == 1
    assert "accounts.User.pronouns" in refused.stderr

    put_behind(copy / "accounts/declarations/people.py", 'Column("phone"', COLUMN)
    for words in re.findall(r"`manage\.py (makemigrations [^`]+|check)`", recipe("A field that holds personal data")):
        done = manage(*words.split())
        assert done.returncode == 0, done.stderr
    assert len(list(copy.glob("accounts/migrations/*_pronouns.py"))) == 1

    migrate(Place(copy.parent, environment["DATABASE_URL"]))
    assert manage("migrate", "--verbosity=0").returncode == 0
    tried = manage("shell", "--verbosity=0", "-c", TRY)
    assert tried.stdout.splitlines() == ["[('How we should speak of you', 'they, them')]", "0"], tried.stderr
