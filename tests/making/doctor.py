"""The doctor's words about one thing, as the command prints them for programs."""

import json
from io import StringIO

from django.core.management import call_command


def found(key: str) -> dict[str, str]:
    """Return verdict, words and advice; `ended` is what the command ended with."""
    printed, ended = StringIO(), "0"
    try:
        call_command("doctor", "--json", "--only", key, stdout=printed)
    except SystemExit as end:
        ended = str(end.code)
    (row,) = json.loads(printed.getvalue())
    assert row["key"] == key
    return row | {"ended": ended}


def is_well(key: str) -> bool:
    row = found(key)
    assert row["ended"] == ("1" if row["verdict"] == "to do" else "0")
    return row["verdict"] == "well"


def to_do(key: str) -> str:
    """Return what was found and what to do; nothing that is well has that."""
    row = found(key)
    assert (row["verdict"], row["ended"]) == ("to do", "1"), row
    assert row["advice"]
    return f"{row['words']} {row['advice']}"
