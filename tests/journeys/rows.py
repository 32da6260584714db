"""Rows of the site's database, read past the site: what a download must have, and an erasure must not leave."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

# Secrets, and numbers of other rows. The download names each secret and says why it is left out.
NOT_FOR_ANYBODY = {"password", "session_key", "session_data", "key", "salt", "token", "last_step"}

EMPTY = {"", "{}", "[]"}


@dataclass(frozen=True)
class Database:
    path: Path

    @classmethod
    def of(cls, site: object) -> "Database":
        return cls(Path(site.env["DATABASE_URL"].removeprefix("sqlite:///")))

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def ask(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(self.path, timeout=20)) as connection, connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, values).fetchall()

    def copied_to(self, path: Path) -> "Database":
        """Make a backup, as it is done while a site runs."""
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        return Database(path)

    def tables(self) -> list[str]:
        found = self.ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
        return [row["name"] for row in found]

    def number_of(self, email: str) -> int:
        return self.ask("SELECT id FROM accounts_user WHERE email = ?", email)[0]["id"]

    def rows_of(self, person: int) -> Iterator[tuple[str, sqlite3.Row]]:
        """Yield the person's row and every row that points at it, by the database's own foreign keys."""
        yield "accounts_user", self.ask("SELECT * FROM accounts_user WHERE id = ?", person)[0]
        for table in self.tables():
            keys = [
                key["from"] for key in self.ask(f"PRAGMA foreign_key_list({table})") if key["table"] == "accounts_user"
            ]
            where = " OR ".join(f'"{key}" = {person}' for key in keys)
            yield from ((table, row) for row in (self.ask(f"SELECT * FROM {table} WHERE {where}") if keys else ()))

    def where_it_says(self, text: str) -> list[str]:
        """Return the tables in which the text stands, in any column, in any case."""
        found = []
        for table in self.tables():
            words = (str(value).lower() for row in self.ask(f"SELECT * FROM {table}") for value in tuple(row))
            if any(text.lower() in word for word in words):
                found.append(table)
        return found


def texts_of(row: sqlite3.Row) -> Iterator[tuple[str, str]]:
    """Yield each column that holds a text, and the text as JSON has it: times with a T and their zone."""
    for name in set(row.keys()) - NOT_FOR_ANYBODY:
        if isinstance(row[name], str) and row[name] not in EMPTY:
            is_time = re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?", row[name])
            yield name, row[name].replace(" ", "T") if is_time else row[name]
