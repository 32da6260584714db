"""The clocks of the country in SQL, for databases that know no time zones."""


def day_in_sqlite(moment: str) -> str:
    """Return an SQL expression: the day of a moment by the clocks of the United Kingdom.

    British Summer Time: the Summer Time Order 2002 (SI 2002/262), article 2.

    Args:
        moment: a column with a moment in UTC, as SQLite's `datetime` reads it.
    """
    summer = f"datetime({moment}) >= {_last_sunday(moment, '04')} AND datetime({moment}) < {_last_sunday(moment, '11')}"
    return f"date({moment}, CASE WHEN {summer} THEN '+1 hour' ELSE '+0 hours' END)"


def _last_sunday(moment: str, month_after: str) -> str:
    """Return 01:00 UTC of the last Sunday of the month before."""
    return f"datetime(strftime('%Y', {moment}) || '-{month_after}-01 01:00', 'weekday 0', '-7 days')"
