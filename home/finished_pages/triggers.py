"""What raises a generation: triggers in the database, which see raw SQL, commands and other machines as well."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from accounts.models.triggers import Trigger, changed

TABLE: Final = "home_generation"
CHANNEL: Final = "plum_generation"
EVENTS: Final = ("INSERT", "UPDATE", "DELETE")
# A number is never given twice, not even where a restored backup holds an older one.
NEXT: Final = {
    "sqlite": "max(number + 1, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER))",
    "postgresql": "greatest(home_generation.number + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)",
}
FIRST: Final = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
    "postgresql": "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
}


@dataclass(frozen=True, slots=True)
class Raises(Trigger):
    """Raises generations when a row of its table is another.

    On PostgreSQL at the commit, so that long transactions do not wait for each other's numbers; all of them raise
    “all” first, so that none waits for one that waits for it.

    Attributes:
        columns: those whose change counts; of other changes of a row nobody sees anything.
        scopes: what is raised beside “all”: SQL for a name, with ROW for the row, and for whether; empty for always.
    """

    columns: tuple[str, ...] = ()
    scopes: tuple[tuple[str, str], ...] = (("'site'", ""),)

    def statements(self, vendor: str) -> list[str]:
        return [self._raising_in_sqlite()] if vendor == "sqlite" else [self._function(), self.definition]

    def _condition(self, vendor: str) -> str:
        return changed(self.columns, vendor) if self.event == "UPDATE" and self.columns else ""

    def _row(self, sql: str) -> str:
        return sql.replace("ROW", "OLD" if self.event == "DELETE" else "NEW")

    def _raising(self, vendor: str) -> list[str]:
        statements = []
        for name, condition in (("'all'", ""), *self.scopes):
            where = self._row(condition) or ("true" if vendor == "sqlite" else "")
            chosen = f"SELECT {self._row(name)}, {FIRST[vendor]}" + (f" WHERE {where}" if where else "")
            statements.append(
                f"INSERT INTO {TABLE} (scope, number) {chosen} "
                f"ON CONFLICT (scope) DO UPDATE SET number = {NEXT[vendor]};"
            )
        return statements

    def _raising_in_sqlite(self) -> str:
        when = f" WHEN {condition}" if (condition := self._condition("sqlite")) else ""
        begin = f"CREATE TRIGGER {self.full_name} AFTER {self.event} ON {self.table}{when}"
        return f"{begin} BEGIN {' '.join(self._raising('sqlite'))} END"

    @property
    def definition(self) -> str:
        begin = f"CREATE CONSTRAINT TRIGGER {self.full_name} AFTER {self.event} ON {self.table}"
        return f"{begin} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {self.full_name}()"

    @property
    def body(self) -> str:
        unchanged = (
            f"IF NOT {condition} THEN RETURN NULL; END IF;" if (condition := self._condition("postgresql")) else ""
        )
        raising = " ".join([*self._raising("postgresql"), f"PERFORM pg_notify('{CHANNEL}', '');"])
        return f" BEGIN {unchanged} {raising} RETURN NULL; END "


def raising(
    table: str, columns: Iterable[str], scopes: tuple[tuple[str, str], ...] = (("'site'", ""),)
) -> list[Raises]:
    """Return the triggers that watch a table."""
    return [
        Raises(table, f"raises_{event.lower()}", event, "", columns=tuple(columns), scopes=scopes) for event in EVENTS
    ]
