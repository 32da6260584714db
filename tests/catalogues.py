"""The words of the site for translators: `python -m tests.catalogues` checks them, `… cy` writes translations/cy anew.

Checked is that gettext finds nothing to warn of in the templates and the code, and that each catalogue holds just the
words that are there now, with places for the same values.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import django

FOLDER = Path("translations")
NOT_OURS = [".venv*", "var", "tests", "docs", "deploy", "migrations"]
LANGUAGE_OF_THE_CHECK = "en_GB"
WRITTEN_WHEN = re.compile(r'"POT-Creation-Date: .*\n')
TOOL_MISSING = 75  # EX_TEMPFAIL of sysexits.h: to whoever calls, a reason to skip


def main(languages: list[str]) -> int:
    """Write the catalogues of these languages, or check all that there are. Return the status of the process."""
    if not shutil.which("xgettext"):
        sys.stdout.write("xgettext is missing: `apt-get install gettext`\n")
        return TOOL_MISSING
    django.setup()
    wrong = written(languages) if languages else checked()
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return bool(wrong)


def written(languages: list[str]) -> list[str]:
    """Write and compile these catalogues; return what is wrong with them."""
    return [*gather(languages, FOLDER), *compile_all(FOLDER)]


def checked() -> list[str]:
    """Return what gettext warns of, and which catalogues are not of the words that are there now."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(shutil.copytree(FOLDER, Path(folder) / FOLDER))
        wrong = gather(sorted({LANGUAGE_OF_THE_CHECK, *catalogues(there)}), there)
        stale = [name for name in catalogues(FOLDER) if differ(there, name)]
        return [
            *wrong,
            *(f"Not of the words that are there now: make messages LANGUAGES={name}" for name in stale),
            *compile_all(there),
        ]


def gather(languages: list[str], into: Path) -> list[str]:
    """Let Django's makemessages write the catalogues of these languages, and return what it warns of."""
    from django.core.management import call_command
    from django.test import override_settings

    said = io.StringIO()
    with override_settings(LOCALE_PATHS=[str(into)]):
        call_command(
            "makemessages",
            locale=languages,
            ignore_patterns=list(NOT_OURS),
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            stdout=said,
        )
    return [line for line in said.getvalue().splitlines() if not line.startswith("processing locale")]


def catalogues(folder: Path) -> list[str]:
    return sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/django.po"))


def differ(there: Path, language: str) -> bool:
    texts = [(folder / language / "LC_MESSAGES" / "django.po").read_text() for folder in (FOLDER, there)]
    return len({WRITTEN_WHEN.sub("", text) for text in texts}) > 1


def compile_all(folder: Path) -> list[str]:
    """Compile each catalogue beside itself, and return what gettext says of it."""
    said = [
        subprocess.run(
            ["msgfmt", "--check-format", "--check-domain", "-o", path.with_suffix(".mo"), path],
            capture_output=True,
            check=False,
            text=True,
        ).stderr
        for path in sorted(folder.glob("*/LC_MESSAGES/django.po"))
    ]
    return [line for one in said for line in one.splitlines()]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plum.settings.test")
    sys.exit(main(sys.argv[1:]))
