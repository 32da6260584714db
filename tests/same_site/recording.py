"""Records one checkout: sets up its world, walks through the story, and writes each step into a file of its own."""

import io
import os
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from .standing_still import World

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "plum.settings.dev",
    "SECRET_KEY": "for-a-record-of-the-site-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "SITE_URL": "http://127.0.0.1:8000",
    "TASKS_BACKEND": "database",
    "CACHE_URL": "locmemcache://",
    "LOG_LEVEL": "CRITICAL",
}

# What Django's file backend writes between two messages.
BETWEEN = b"\n" + b"-" * 79 + b"\n"


class Recorder:
    """Writes what is seen. Each record has a name; a name used again gets a number."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder, self.world = folder, world
        self.record, self.mail = folder / "record", folder / "mail"
        self._used: Counter[str] = Counter()
        self._mails_read: dict[Path, int] = {}

    def write(self, name: str, text: str | bytes) -> None:
        name = re.sub(r"[^\w.@=,+-]+", "_", name).strip("_")[:180]
        self._used[name] += 1
        if self._used[name] > 1:
            name += f".{self._used[name]}"
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        for path, becomes in ((str(self.folder), "<folder>"), (os.getcwd(), "<checkout>")):
            data = data.replace(path.encode(), becomes.encode())
        self.record.mkdir(parents=True, exist_ok=True)
        (self.record / name).write_bytes(data)

    def command(self, *words: str, name: str = "", debug: bool = False, **options: Any) -> str:
        """Run a management command of ours, and record its output and how it ended."""
        from django.conf import settings
        from django.core.management import CommandError, call_command

        # By its name: the words name a folder.
        self.world.begin(name or " ".join(words))
        out, err, ended = io.StringIO(), io.StringIO(), "0"
        settings.DEBUG = debug
        try:
            with redirect_stdout(out), redirect_stderr(err):
                call_command(*words, stdout=out, stderr=err, **options)
        except CommandError as error:
            ended = f"{error.returncode} {error}"
        except SystemExit as error:
            ended = f"exit {error.code}"
        finally:
            settings.DEBUG = False
        shown = f"$ manage.py {' '.join(words)}\n{out.getvalue()}\n-- stderr\n{err.getvalue()}\n-- ended: {ended}\n"
        self.write(f"command {name or ' '.join(words)}", shown)
        self.mails(name or words[0])
        return out.getvalue()

    def mails(self, step: str) -> list[bytes]:
        """Record the mails sent since the last look, in an order that hangs on nothing but their text."""
        new = sorted(self._new_mails())
        for raw in new:
            to = re.search(rb"(?m)^To: (.*)$", raw)
            self.write(f"mail {step} {to[1].decode() if to else ''}", raw)
        return new

    def _new_mails(self) -> Iterator[bytes]:
        for path in self.mail.glob("*.log"):
            whole = path.read_bytes()
            yield from filter(bytes.strip, whole[self._mails_read.get(path, 0) :].split(BETWEEN))
            self._mails_read[path] = len(whole)


def main(into: str) -> None:
    """Record the checkout in the present folder."""
    world = World()
    folder = Path(into)
    (folder / "var").mkdir()
    (folder / "mail").mkdir()
    os.environ |= SETTINGS | {
        "VAR_DIR": str(folder / "var"),
        "ERASURE_LEDGER": str(folder / "var/erasures.jsonl"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
    }
    with ready(world):
        from .story import tell

        try:
            tell(Recorder(folder, world))
        except Exception:
            traceback.print_exc()
            sys.exit(1)


@contextmanager
def ready(world: World) -> Iterator[None]:
    """Set Django up as it would run, but for what stands still."""
    import logging

    import django
    from django.conf import settings
    from django.core.mail.utils import DNS_NAME
    from django.db.backends.signals import connection_created

    DNS_NAME._fqdn = "this.machine.example"  # type: ignore[attr-defined]
    django.setup()
    logging.disable(logging.CRITICAL)
    no_chance_for_request_ids()
    settings.DEBUG = False
    world.freeze()
    connection_created.connect(lambda connection, **_: world.stop_clock_of(connection.connection), weak=False)
    yield


def no_chance_for_request_ids() -> None:
    """Let the ids of requests, where a checkout has them, leave the dice to what is recorded."""
    try:
        from plum import logs
    except ImportError:
        return
    logs.secrets = SimpleNamespace(token_hex=lambda size: "0" * 2 * size)  # type: ignore[assignment]
