"""Says within one machine that a change of public pages is being committed, before the database can tell of it.

NOTIFY comes some time after the commit. So whoever is about to commit such a change writes a new number into a file
that all processes have in their memory, and holds a lock on it until the commit is over. Who sees another number than
at its last reading asks the database, for as long as the lock is held before each answer. A process that dies lets go
of its lock; what it wrote costs one reading more.
"""

import fcntl
import logging
import mmap
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

logger = logging.getLogger(__name__)

NAME: Final = "generation.guard"
BYTES: Final = 8
FREE_FOR_ALL: Final = 0o660


class Guard:
    """The number and the lock in one file of a folder that the processes of a machine have in common."""

    def __init__(self, folder: Path) -> None:
        """Open the file, and make it where there is none.

        Raises:
            OSError: it cannot be written; then the others hear of changes by the database alone.
        """
        self.path = folder / NAME
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, FREE_FOR_ALL)
        try:
            if os.fstat(file).st_size < BYTES:
                os.ftruncate(file, BYTES)
            if os.geteuid() == 0:  # by a command of the administrator's: it is the site's file all the same
                owner = folder.stat()
                os.fchown(file, owner.st_uid, owner.st_gid)
            self._numbers = memoryview(mmap.mmap(file, BYTES)).cast("Q")
        finally:
            os.close(file)

    @property
    def number(self) -> int:
        """Another one for each change; read in less than a microsecond."""
        return self._numbers[0]

    def is_up(self) -> bool:
        """Whether somebody is committing a change, or has been until just now."""
        with self.path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    @contextmanager
    def raised(self) -> Iterator[None]:
        """Let all processes know that what happens inside may change what the public sees."""
        with self.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            self._numbers[0] = secrets.randbits(63)
            yield


def guard_in(folder: Path) -> Guard | None:
    """Return the guard in a folder; nothing where it cannot be had: the database tells of changes, too, a bit later."""
    try:
        return Guard(folder)
    except OSError as error:
        logger.warning("changes of pages cannot be told within the machine", extra={"error": type(error).__name__})
        return None
