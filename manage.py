#!/usr/bin/env python3
"""Django's command line. Where `make run` made .venv and nothing else is set, it works as `make run` does."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = HERE / ".venv" / "bin" / "python"
MADE_BY_MAKE = HERE / ".venv" / "run"
# Whoever sets one of these, here or in the file .env, is running the site for others.
OF_A_DEPLOYMENT = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL")


def run_in_the_virtual_environment() -> None:
    """Start again with .venv's Python where this one belongs to no virtual environment."""
    if PYTHON.exists() and sys.prefix == sys.base_prefix:
        os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606  (no shell is wanted)


def choose_settings() -> None:
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        return
    is_deployed = (HERE / ".env").exists() or any(os.environ.get(name) for name in OF_A_DEPLOYMENT)
    is_for_trying = MADE_BY_MAKE.exists() and not is_deployed
    if is_for_trying:
        sys.stderr.write("Nothing is set, so these are the settings of make run, plum.settings.dev.\n")
    os.environ["DJANGO_SETTINGS_MODULE"] = "plum.settings.dev" if is_for_trying else "plum.settings.production"


def main() -> None:
    run_in_the_virtual_environment()
    if find_spec("django") is None:
        sys.exit("Django is missing in this Python. `make run` installs all that is needed, into .venv.")
    choose_settings()
    from plum.command_line import run

    run(sys.argv)


if __name__ == "__main__":
    main()
