"""Triggers: what the database itself refuses. Declared as values, installed after each migrate, compared by a check."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.examining import Examination, Finding, add_examination, to_do, well

DECLARED: list["Trigger"] = []
RETURNS = {"BEFORE UPDATE": "NEW", "BEFORE INSERT": "NEW", "BEFORE DELETE": "OLD"}
# How each database says "is another value than", NULLs included.
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
FIRES = ("O", "A")  # pg_trigger.tgenabled: in an ordinary session, or always


def changed(columns: Iterable[str], vendor: str) -> str:
    """Return the condition under which an UPDATE gives one of the columns another value."""
    return "(" + " OR ".join(f"NEW.{column} {DIFFERS[vendor]} OLD.{column}" for column in columns) + ")"


def on_each_database(condition: Callable[[str], str]) -> dict[str, str]:
    """Return what a condition says to each database, for `Trigger.refuses`."""
    return {vendor: condition(vendor) for vendor in DIFFERS}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One thing that is refused in one table.

    Attributes:
        table: its name in the database.
        name: what is refused, in one word; unique for the table.
        event: UPDATE, DELETE, INSERT or TRUNCATE.
        says: the words of the refusal.
        refuses: for each database that knows it, the condition over OLD and NEW; empty to refuse always.
        time: BEFORE or AFTER. On PostgreSQL a trigger BEFORE an UPDATE locks every row once more, whatever its `when`.
        when: PostgreSQL asks this before it calls the function; written as PostgreSQL itself writes it.
        alone: whether of two transactions that are refused or not by each other's rows, one waits for the other.
    """

    table: str
    name: str
    event: str
    says: str
    refuses: Mapping[str, str] = field(default_factory=lambda: {"sqlite": "", "postgresql": ""})
    time: str = "BEFORE"
    when: str = ""
    alone: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.table}_{self.name}"

    def statements(self, vendor: str) -> list[str]:
        """Return the SQL that creates it; nothing where the database does not know the event."""
        if vendor not in self.refuses:
            return []
        return [self._sqlite()] if vendor == "sqlite" else [self._function(), self.definition]

    def _sqlite(self) -> str:
        when = f" WHEN {self.refuses['sqlite']}" if self.refuses["sqlite"] else ""
        abort = f"BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
        return f"CREATE TRIGGER {self.full_name} {self.time} {self.event} ON {self.table}{when} {abort}"

    @property
    def definition(self) -> str:
        """The trigger as PostgreSQL writes it."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        when = f" WHEN ({self.when})" if self.when else ""
        begin = f"CREATE TRIGGER {self.full_name} {self.time} {self.event} ON {self.table}"
        return f"{begin} FOR EACH {each}{when} EXECUTE FUNCTION {self.full_name}()"

    @property
    def body(self) -> str:
        """The function of PostgreSQL. The condition is in it, and not in the trigger: there it is kept as written."""
        refuse = f"RAISE EXCEPTION '{self.says}' USING ERRCODE = 'integrity_constraint_violation';"
        lock = f"PERFORM pg_advisory_xact_lock('{self.table}'::regclass::oid::bigint);" if self.alone else ""
        if condition := self.refuses["postgresql"]:
            returned = RETURNS.get(f"{self.time} {self.event}", "NULL")
            return f" BEGIN {lock} IF {condition} THEN {refuse} END IF; RETURN {returned}; END "
        return f" BEGIN {refuse} END "

    def _function(self) -> str:
        head = f"CREATE OR REPLACE FUNCTION {self.full_name}() RETURNS trigger LANGUAGE plpgsql"
        return f"{head} AS $body${self.body}$body$"


def declare(*triggers: Trigger) -> None:
    """Have triggers installed after each migrate and looked at by `check`; saying it twice changes nothing."""
    DECLARED.extend(trigger for trigger in triggers if trigger not in DECLARED)


def lift_before_migrate(using: str = "default", plan: Sequence[object] = (), **_: object) -> None:
    """Drop the triggers if tables may be altered: SQLite refuses that while one names a column that goes.

    PostgreSQL does not mind, and what it protects stays protected meanwhile.
    """
    if plan and connections[using].vendor == "sqlite":
        lift(using)


def install_after_migrate(using: str = "default", **_: object) -> None:
    install(using)


def install(using: str = "default", which: type["Trigger"] | None = None) -> None:
    """Create the declared triggers of tables that are there, anew: SQLite drops them when it rebuilds a table.

    Args:
        which: of exactly this type only.
    """
    lift(using, which)
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in _of_tables(connection, which):
            for statement in trigger.statements(connection.vendor):
                cursor.execute(statement)


def lift(using: str = "default", which: type["Trigger"] | None = None) -> None:
    """Drop the declared triggers: for tests that flush tables, and for migrations that rewrite what is frozen."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in _of_tables(connection, which):
            on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.full_name}{on_table}")


def _of_tables(connection: BaseDatabaseWrapper, which: type["Trigger"] | None = None) -> list[Trigger]:
    there = set(connection.introspection.table_names())
    found = [trigger for trigger in DECLARED if trigger.table in there]
    return [trigger for trigger in found if type(trigger) is which] if which else found


def faults(using: str = "default", tables: Iterable[str] | None = None) -> list[str]:
    """Return, in words, which triggers are missing, switched off or do something else than declared.

    Args:
        using: the database.
        tables: look at these only; None for all.
    """
    connection = connections[using]
    wanted = [trigger for trigger in _of_tables(connection) if trigger.statements(connection.vendor)]
    wanted = [trigger for trigger in wanted if tables is None or trigger.table in tables]
    return _sqlite_faults(connection, wanted) if connection.vendor == "sqlite" else _faults(connection, wanted)


def _sqlite_faults(connection: BaseDatabaseWrapper, wanted: Sequence[Trigger]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        standing = dict(cursor.fetchall())
    found = []
    for trigger in wanted:
        if trigger.full_name not in standing:
            found.append(f"{trigger.full_name} is missing")
        elif standing[trigger.full_name] != trigger.statements("sqlite")[0]:
            found.append(f"{trigger.full_name} is not as this release writes it")
    return found


def _faults(connection: BaseDatabaseWrapper, wanted: Sequence[Trigger]) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('session_replication_role')")
        if (role := cursor.fetchone()[0]) == "replica":
            found.append(f"all triggers are off: session_replication_role is {role}")
        cursor.execute(
            "SELECT tgname, tgenabled, pg_get_triggerdef(pg_trigger.oid, true), prosrc, lanname, proconfig "
            "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
            "JOIN pg_language ON pg_language.oid = prolang "
            "WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid) AND relname = ANY(%s)",
            [[trigger.table for trigger in wanted]],
        )
        standing = {row[0]: row[1:] for row in cursor.fetchall()}
    for trigger in wanted:
        found += _fault(trigger, standing.get(trigger.full_name))
    return found


# Of a trigger in PostgreSQL: whether it fires, its definition, and its function's body, language and settings.
Standing = tuple[str, str, str, str, list[str] | None]


def _fault(trigger: Trigger, standing: Standing | None) -> list[str]:
    if standing is None:
        return [f"{trigger.full_name} is missing"]
    enabled, definition, source, language, settings = standing
    if enabled not in FIRES:
        return [f"{trigger.full_name} is switched off"]
    if re.sub(r"\s+", " ", definition) != trigger.definition:
        return [f"{trigger.full_name} fires otherwise than this release writes it"]
    if (source, language, settings) != (trigger.body, "plpgsql", None):
        return [f"{trigger.full_name} does something else than this release writes"]
    return []


def have_them_examined() -> None:
    """Have the doctor look at what `check` looks at, too. Called once, when the app starts."""
    add_examination(Examination("triggers", "Triggers of the database", look))


def look() -> Finding:
    if wrong := faults():
        return to_do(
            f"The database does not refuse what it should: {'; '.join(wrong)}.",
            "Run `manage.py migrate`, which installs them, then `manage.py verify_policies`. Find out who did it.",
        )
    return well(f"{len(_of_tables(connections['default']))} stand as this release writes them.")


_judged = ContextVar("whether the check of the triggers speaks", default=True)


@contextmanager
def not_judged() -> Iterator[None]:
    """Keep the check silent: an upgrade that writes a trigger otherwise finds the old one, and must not end there."""
    before = _judged.set(False)
    try:
        yield
    finally:
        _judged.reset(before)


@register(Tags.database)
def triggers_stand(
    app_configs: object = None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Say which of the declared triggers do not protect what they should."""
    hint = "Run `manage.py migrate`, which installs them; then `manage.py verify_policies`. Find out who changed them."
    return [
        Error(f"The database “{alias}” does not refuse what it should: {'; '.join(wrong)}.", hint=hint, id="plum.E001")
        for alias in databases or ()
        if _judged.get() and (wrong := faults(alias))
    ]
