"""Opens the mailbox that reports come back to: over IMAP, or a Maildir on this machine."""

import imaplib
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from policies.notices.bounces.reports import LONGEST

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 30
# How many mails one look takes: the rest waits for the next.
AT_MOST = 1000
# Python's IMAP takes no line over a million bytes: a search among so many mails answers in less.
SEARCHED_AT_ONCE = 50_000
SHAPE = "imaps://user:password@mail.example.org/INBOX, imap://…?starttls or maildir:///srv/plum/bounces"


class MailboxTrouble(Exception):
    """The mailbox cannot be opened or read; the message says which and why, without the password."""


class Mail:
    """One unread mail; `keep()` marks it as read, `flag()` also as one that a person should look at."""

    def __init__(self, raw: bytes, mark: Callable[[str], None]) -> None:
        self.raw, self._mark = raw, mark

    def keep(self) -> None:
        self._mark("S")

    def flag(self) -> None:
        self._mark("FS")


@contextmanager
def unread_mails(url: str) -> Iterator[Iterator[Mail]]:
    """Open a mailbox and yield its unread mails, oldest first, at most `AT_MOST`. Of a long mail only the beginning.

    Args:
        url: as in `SHAPE`.

    Raises:
        MailboxTrouble: it cannot be opened, read or written; also in the middle. What was not marked stays unread.
    """
    secret = place = ""
    try:
        parts = urlsplit(url)
        secret, place = unquote(parts.password or ""), parts.hostname or parts.path
        with _open(parts) as mails:
            yield islice(mails, AT_MOST)
    except (OSError, imaplib.IMAP4.error, ValueError) as problem:
        raise MailboxTrouble(f"The mailbox for reports at {place}: {_words(problem, secret)}") from None


def _open(parts: SplitResult) -> AbstractContextManager[Iterator[Mail]]:
    match parts.scheme:
        case "maildir":
            return nullcontext(_in_maildir(Path(unquote(parts.path))))
        case "imap" | "imaps":
            return _on_server(parts)
    raise ValueError(f"its address should look like {SHAPE}")


def _words(problem: Exception, secret: str) -> str:
    """Return what went wrong on one line. There are servers that repeat what they were told."""
    first = problem.args[0] if problem.args else ""
    words = first.decode(errors="replace") if isinstance(first, bytes) else str(problem)
    return " ".join((words.replace(secret, "…") if secret else words).split())[:300] or type(problem).__name__


def _in_maildir(folder: Path) -> Iterator[Mail]:
    """Not by Python's own `mailbox`, which writes a mail anew to mark it; a mail is marked by its name."""
    found = [path for name in ("new", "cur") for path in (folder / name).iterdir() if "S" not in _flags(path)]
    for path in sorted(found, key=lambda path: path.name):
        try:
            with path.open("rb") as file:
                raw = file.read(LONGEST)
        except FileNotFoundError:
            continue  # somebody else has moved it
        except OSError as problem:
            logger.warning("a mail in the mailbox for reports cannot be read: %s", problem.strerror)
            continue
        yield Mail(raw, partial(_rename, folder, path))


def _flags(path: Path) -> str:
    return path.name.partition(":2,")[2]


def _rename(folder: Path, path: Path, flags: str) -> None:
    name = path.name.partition(":2,")[0]
    with suppress(FileNotFoundError):  # somebody else has moved it
        path.rename(folder / "cur" / f"{name}:2,{''.join(sorted({*_flags(path), *flags}))}")


@contextmanager
def _on_server(parts: SplitResult) -> Iterator[Iterator[Mail]]:
    context = ssl.create_default_context()
    connection = _connect(parts, context)
    try:
        if "starttls" in parse_qs(parts.query, keep_blank_values=True):
            connection.starttls(context)
        _sign_in(connection, unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
        exist = _accepted(f"cannot open the folder {folder}", *connection.select(f'"{quoted}"'))
        yield _unseen(connection, int(exist[0] or 0))
    finally:
        # Taking leave fails where all else did: what failed first is to be told.
        for leave in (connection.logout, connection.shutdown):
            with suppress(OSError, imaplib.IMAP4.error):
                leave()


def _connect(parts: SplitResult, context: ssl.SSLContext) -> imaplib.IMAP4:
    host = parts.hostname or ""
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=TIMEOUT_SECONDS)
    return imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT_SECONDS)


def _sign_in(connection: imaplib.IMAP4, name: str, password: str) -> None:
    if (name + password).isascii():
        connection.login(name, password)
    else:
        connection.authenticate("PLAIN", lambda _: f"\0{name}\0{password}".encode())


def _unseen(connection: imaplib.IMAP4, how_many: int) -> Iterator[Mail]:
    for first in range(1, how_many + 1, SEARCHED_AT_ONCE):
        among = f"{first}:{min(first + SEARCHED_AT_ONCE - 1, how_many)}"
        found = _accepted("cannot search", *connection.uid("SEARCH", among, "UNSEEN"))
        for uid in b" ".join(line for line in found if line).decode().split():
            _, answer = connection.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LONGEST}>)")
            raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
            if raw is not None:  # else somebody else has deleted it
                yield Mail(raw, partial(_store, connection, uid))


def _store(connection: imaplib.IMAP4, uid: str, flags: str) -> None:
    named = r"(\Flagged \Seen)" if "F" in flags else r"(\Seen)"
    _accepted("cannot mark a mail as read", *connection.uid("STORE", uid, "+FLAGS.SILENT", named))


def _accepted(trouble: str, answer: str, data: list[bytes | None]) -> list[bytes | None]:
    if answer != "OK":
        raise imaplib.IMAP4.error(f"{trouble}: {b' '.join(part for part in data if part).decode(errors='replace')}")
    return data
