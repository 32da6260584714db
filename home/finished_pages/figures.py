"""What an operator sees of the store of this process."""

import os
from collections.abc import Iterator
from typing import Final

from accounts.figures import Figure, add_figures, gauge
from home.finished_pages.store import FinishedPages

PREFIX: Final = "plum_finished_pages_"
COUNTED: Final = {
    "hits": "Answers sent from memory.",
    "misses": "Requests for a page that was not ready.",
    "made": "Pages made for everybody.",
    "passes": "Requests for what is not kept.",
    "dropped": "Pages dropped to make room.",
    "unwatched": "Pages that could not be kept, as they read a table that nothing watches.",
}
_looked_at: list[FinishedPages] = []


def look_at(store: FinishedPages) -> None:
    """Let an operator see the figures of a store: the one of this process."""
    _looked_at[:] = [store]
    add_figures(figures)


def figures() -> list[Figure]:
    """Return the figures of this process's store; none where it keeps no pages."""
    return [figure for store in _looked_at for figure in figures_of(store)]


def figures_of(store: FinishedPages) -> Iterator[Figure]:
    """Yield what one process has done with kept pages, and what it keeps now."""
    counts, generation, process = store.counts, store.generation, str(os.getpid())
    for name, meaning in COUNTED.items():
        yield Figure(f"{PREFIX}{name}_total", "counter", meaning, getattr(counts, name), {"process": process})
    gauges = {
        "kept": ("Answers in memory.", len(store.kept)),
        "bytes": ("Bytes that they take, about.", store.bytes),
        "most_bytes": ("Bytes that they may take.", store.most),
        "generation": ("Microseconds since 1970 of the last change of public pages that was heard.", generation.number),
        "generation_lag_seconds": ("How long after that change it was heard.", generation.lag),
        "database_away": ("1 while the database does not answer, and what is kept goes on.", int(generation.is_away)),
    }
    for name, (meaning, value) in gauges.items():
        yield gauge(PREFIX + name, meaning, value, process=process)
