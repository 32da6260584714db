"""What a PostgreSQL database is made of, in lines that can be compared."""

import re

from psycopg import Connection

# A dump that is restored says the same with other brackets, and names types elsewhere.
WORDING = re.compile(r"::\"?[a-z_]+\"?( varying| precision| with(out)? time zone)?(\[\])?|[()]")

# Columns are told by name: where one stands in a table says only when it came.
QUESTIONS = (
    """SELECT concat_ws(' ', 'column', table_name || '.' || column_name, data_type, character_maximum_length,
       'null:' || is_nullable, 'default:' || coalesce(column_default, ''))
       FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace""",
    "SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    """SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       AND prokind = 'f'""",
)


def schema(connection: Connection) -> set[str]:
    """Return a line for each column, index, constraint, trigger and function, however it was laid."""
    return {WORDING.sub("", line) for question in QUESTIONS for (line,) in connection.execute(question)}
