"""manage.py works as it is printed: after `make run` with the settings of `make run`, else with those of production."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.deploy.drilling import Place
from tests.deploy.filling import migrate

ROOT = Path(__file__).resolve().parents[2]
BARE = {"PATH": os.environ["PATH"]}
DEPLOYED = {
    "SECRET_KEY": "only-for-this-test-0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "EMAIL_URL": "smtp://localhost",
}


def make_checkout(path: Path) -> Path:
    """Make a checkout whose data goes elsewhere, in which `make run` has made .venv."""
    (path / "manage.py").write_bytes((ROOT / "manage.py").read_bytes())
    for name in ("plum", "home", "policies", "accounts", "templates"):
        (path / name).symlink_to(ROOT / name)
    (path / ".venv" / "bin").mkdir(parents=True)
    (path / ".venv" / "run").touch()
    return path


@pytest.fixture
def checkout(tmp_path) -> Path:
    return make_checkout(tmp_path)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> tuple[Path, str]:
    """A checkout in which the demo site was laid, and what that printed."""
    checkout = make_checkout(tmp_path_factory.mktemp("demo"))
    assert run(checkout, "migrate", "contenttypes", "--verbosity", "0").returncode == 0
    migrate(Place(checkout / "var", f"sqlite:///{checkout}/var/plum.sqlite3"))  # whose file it is stays as it is
    ran = run(checkout, "demo")
    assert ran.returncode == 0, ran.stderr
    return checkout, ran.stdout


def run(checkout: Path, *words: str, python: str = sys.executable, **values: str) -> subprocess.CompletedProcess[str]:
    env = BARE | {"VAR_DIR": str(checkout / "var")} | values
    command = [python, "manage.py", *words]
    return subprocess.run(command, env=env, cwd=checkout, capture_output=True, text=True, check=False)


def settings_of(ran: subprocess.CompletedProcess[str]) -> str:
    assert ran.returncode == 0, ran.stderr
    return next(line for line in ran.stdout.splitlines() if line.startswith("SETTINGS_MODULE"))


def test_after_make_run_it_takes_the_settings_of_make_run_and_says_so(checkout):
    ran = run(checkout, "diffsettings")
    assert "plum.settings.dev" in settings_of(ran)
    assert "plum.settings.dev" in ran.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL"])
def test_whoever_sets_something_of_a_deployment_gets_production_or_a_clear_line(checkout, name):
    value = DEPLOYED.get(name, "sqlite:///x.sqlite3")
    ran = run(checkout, "diffsettings", **{name: value})
    assert ran.returncode == 1
    assert "is not set. It should look like" in ran.stderr
    assert not (checkout / "var").exists()


def test_a_deployment_needs_no_word_of_the_settings(checkout):
    assert "plum.settings.production" in settings_of(run(checkout, "diffsettings", **DEPLOYED))


def test_a_file_of_settings_means_production(checkout):
    (checkout / ".env").write_text("")
    assert "SECRET_KEY is not set" in run(checkout, "diffsettings").stderr


def test_a_virtual_environment_of_ones_own_means_production(checkout):
    (checkout / ".venv" / "run").unlink()
    assert "SECRET_KEY is not set" in run(checkout, "diffsettings").stderr


def test_the_settings_named_are_taken(checkout):
    ran = run(checkout, "diffsettings", DJANGO_SETTINGS_MODULE="plum.settings.production", **DEPLOYED)
    assert "plum.settings.production" in settings_of(ran)


def test_another_python_goes_on_in_the_virtual_environment(checkout, tmp_path):
    python = checkout / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "in the virtual environment: $*"\n')
    python.chmod(0o755)
    ran = run(checkout, "check", "--deploy", python=_python_of_the_machine())
    assert ran.stdout == "in the virtual environment: manage.py check --deploy\n"


def test_without_django_it_says_what_to_do(checkout, tmp_path):
    venv.create(tmp_path / "empty", with_pip=False)
    ran = run(checkout, "check", python=str(tmp_path / "empty" / "bin" / "python"))
    assert (ran.returncode, ran.stderr.strip()) == (
        1,
        "Django is missing in this Python. `make run` installs all that is needed, into .venv.",
    )


def test_what_the_demo_prints_can_be_run_as_printed(demo):
    checkout, printed = demo
    line = next(line for line in printed.splitlines() if "--code" in line)
    words = (
        line[line.index("manage.py") :].split(" prints")[0].replace("ADDRESS", "editor@plum-medical.example").split()
    )
    ran = run(checkout, *words[1:])
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout[:6].isdigit()


def test_what_make_run_keeps_is_its_owners_only(demo):
    checkout, _ = demo
    kept = [path for path in (checkout / "var").rglob("*") if path.is_file()]
    assert {"secret-key", "plum.sqlite3", "demo-passwords.json"} <= {path.name for path in kept}
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []


def _python_of_the_machine() -> str:
    return str(Path(sys.base_prefix) / "bin" / "python3")
