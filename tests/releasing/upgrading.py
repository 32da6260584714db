"""The way from a released database to today's: laid again, migrated, and held against one that was laid anew."""

from collections.abc import Iterator
from pathlib import Path

from tests.deploy.drilling import new_place
from tests.deploy.filling import migrate
from tests.releasing.databases import KINDS

EVERY_MODEL = """
from django.apps import apps
for model in apps.get_models():
    list(model._base_manager.all()[:2])
"""
# Whose passwords are printed is let in with DEBUG only.
DEMO = {"DJANGO_SETTINGS_MODULE": "plum.settings.dev", "DEBUG": "1"}
COMMANDS = (["migrate", "--verbosity", "0"], ["verify_policies"], ["housekeeping"], ["shell", "-c", EVERY_MODEL])


def demo_dump(kind: str, folder: Path) -> bytes:
    """Return the demo site of this checkout."""
    with new_place(kind, folder, more=DEMO) as place:
        migrate(place)
        place.manage("demo")
        return KINDS[kind].dump(place)


def objections(kind: str, dumped: bytes, folder: Path) -> Iterator[str]:
    """Bring a released database up to date, and yield what is not as in a fresh one, or does not work."""
    database = KINDS[kind]
    with new_place(kind, folder / "old") as old, new_place(kind, folder / "fresh") as fresh:
        database.lay(dumped, old)
        for command in COMMANDS:
            done = old.run(str(Path(".venv/bin/python")), "manage.py", *command)
            if done.returncode:
                yield f"manage.py {command[0]}: {done.stderr.strip().splitlines()[-1]}"
        migrate(fresh)
        have, want = database.parts(old), database.parts(fresh)
        yield from (f"is missing: {line}" for line in sorted(want - have))
        yield from (f"is there still: {line}" for line in sorted(have - want))
