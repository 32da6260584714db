"""The settings' part of a backup: as they are, or without what must not lie about."""

import os
import re
from pathlib import Path
from typing import Final

SECRETS: Final = ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "ANYMAIL", "SENTRY_DSN")
PASSWORD: Final = re.compile(r"^(\w+=\w[\w+]*://[^:/@]*):[^@/]*@")
LEFT_OUT: Final = "# Left out of the backup: "


def settings_file() -> Path | None:
    """Return the file of settings, where the site has one."""
    found = Path(os.environ.get("PLUM_ENV") or Path(__file__).resolve().parents[2] / ".env")
    return found if found.exists() else None


def without_secrets(text: str) -> str:
    """Return the settings with keys commented out, and without the passwords in addresses."""
    return "".join(f"{_line(line)}\n" for line in text.splitlines())


def _line(line: str) -> str:
    name = line.partition("=")[0]
    return f"{LEFT_OUT}{name}" if name in SECRETS else PASSWORD.sub(r"\1@", line)
