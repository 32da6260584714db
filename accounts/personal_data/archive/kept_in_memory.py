"""Keeps what was read for the seconds a download takes: compressed, in memory, and nowhere else.

So the database is done with before the first byte leaves, however slowly the other side reads.
"""

import json
import zlib
from collections.abc import Iterator

# Little effort: it is undone at once, three times.
EFFORT = 1


class KeptRows:
    """Lists of plain values, in blocks."""

    BLOCK = 500

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._open: list[list[object]] = []
        self._closed = 0

    def __len__(self) -> int:
        return self._closed + len(self._open)

    def __iter__(self) -> Iterator[list[object]]:
        for block in self._blocks:
            yield from json.loads(zlib.decompress(block))
        yield from self._open

    def add(self, row: list[object]) -> None:
        self._open.append(row)
        if len(self._open) == self.BLOCK:
            self._blocks.append(zlib.compress(json.dumps(self._open).encode(), EFFORT))
            self._closed += self.BLOCK
            self._open = []


class KeptBytes:
    """One file."""

    def __init__(self, content: bytes) -> None:
        self._packed = zlib.compress(content, EFFORT)

    def pieces(self) -> Iterator[bytes]:
        yield zlib.decompress(self._packed)
