"""The settings' part of a backup: as they are, or without what must not lie about."""

import os
from pathlib import Path
from typing import Final

from django.conf import settings

from deploy.keeping.parts import TOP

LEFT_OUT: Final = "# Left out of the backup: "
HIDDEN: Final = "***"  # what the settings themselves show in the place of a secret


def settings_file() -> Path | None:
    """Return the file of settings, where the site has one."""
    found = Path(os.environ.get("PLUM_ENV") or TOP / ".env")
    return found if found.exists() else None


def without_secrets(text: str) -> str:
    """Return the settings without passwords in addresses, and with what is a secret as a whole left out.

    What is secret, the settings say of each variable; one that the site does not read may be somebody else's secret.
    """
    return "".join(f"{_line(line)}\n" for line in text.splitlines())


def _line(line: str) -> str:
    """A line that was commented out may hold last year's password."""
    name, equals, value = line.partition("=")
    if not equals:
        return line
    known = settings.VARIABLES.get(name.strip().strip("# ").removeprefix("export "))
    shown = known.show(value) if known else HIDDEN
    if shown == value:
        return line
    address = shown.replace(f":{HIDDEN}@", "@")
    is_secret = HIDDEN in address or "://" not in address
    return f"{LEFT_OUT}{name}" if is_secret else f"{name}={address}"
