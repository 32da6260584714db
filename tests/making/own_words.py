"""Which files of tests say something to the database that each kind of it may take otherwise."""

import re
from functools import cache
from pathlib import Path

SQL = re.compile(r"cursor\(\)|IntegrityError|triggers\.")


@cache
def speaks_sql(path: Path) -> bool:
    """Whether a file speaks SQL, of constraints or of triggers."""
    return bool(SQL.search(path.read_text()))
