"""Writes files into a ZIP as it is sent: in pieces, each file's checksum taken on the way, the manifest last."""

import hashlib
import io
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PIECE: Final = 64 * 1024
EFFORT: Final = 5  # zlib's own 6 takes twice the time, for a twelfth less
READABLE_BY_ALL: Final = 0o644 << 16


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written; `content` is asked for when its turn comes. `about` is one line that says what it is."""

    path: str
    about: str
    content: Callable[[], Iterable[bytes]]


class Outlet(io.RawIOBase):
    """Where the ZIP is written to: it cannot be sought, and is emptied again and again."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        self.waiting += len(data)
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        self.waiting = 0
        return taken


def zipped(
    files: Iterable[File], head: dict[str, object], moment: time.struct_time, last: str, sums: str = ""
) -> Iterator[bytes]:
    """Write files and, last, a manifest with the SHA-256 of each.

    Args:
        files: in their order.
        head: what the manifest says besides.
        moment: the time on every file.
        last: the name of the manifest.
        sums: the name of a list of all checksums, the manifest's too, for the program sha256sum; none if empty.
    """
    outlet = Outlet()
    written: list[dict[str, object]] = []
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:
        for file in files:
            entry: dict[str, object] = {"path": file.path, "what": file.about}
            yield from _write(archive, outlet, file, entry, moment)
            written.append(entry)
        manifest = json.dumps(head | {"files": written}, ensure_ascii=False, indent=2).encode()
        told: dict[str, object] = {"path": last}
        yield from _write(archive, outlet, File(last, "", lambda: [manifest]), told, moment)
        if sums:
            lines = "".join(f"{entry['sha256']}  {entry['path']}\n" for entry in [*written, told]).encode()
            yield from _write(archive, outlet, File(sums, "", lambda: [lines]), {}, moment)
    yield outlet.take()


def _write(
    archive: ZipFile, outlet: Outlet, file: File, entry: dict[str, object], moment: time.struct_time
) -> Iterator[bytes]:
    """Write one file, handing over what is ready, and enter its length and checksum."""
    info = ZipInfo(file.path, moment[:6])
    info.compress_type = ZIP_DEFLATED
    object.__setattr__(info, "_compresslevel", EFFORT)  # public from Python 3.13 on
    info.external_attr = READABLE_BY_ALL
    checksum, size = hashlib.sha256(), 0
    with archive.open(info, "w") as target:
        for piece in file.content():
            target.write(piece)
            checksum.update(piece)
            size += len(piece)
            if outlet.waiting >= PIECE:
                yield outlet.take()
    entry |= {"bytes": size, "sha256": checksum.hexdigest()}
    if outlet.waiting:
        yield outlet.take()


def in_pieces(lines: Iterable[str], size: int = PIECE) -> Iterator[bytes]:
    """Join lines of text to pieces of bytes."""
    waiting, length = [], 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length >= size:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()
