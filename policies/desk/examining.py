"""Whether what was announced was proven of late, and whether the database really refuses to change it."""

import datetime as dt

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.examining import Examination, Finding, add_examination, not_asked, to_do, well
from accounts.values.wording import moment_in_words
from policies.notices.models import Heartbeat
from policies.versions.models import PolicyVersion
from policies.versions.triggers import REFUSAL, TABLE

# The timer runs each night; a night may be missed.
PATIENCE = dt.timedelta(hours=49)
AGAIN = "Run `manage.py verify_policies` each night; the timer under deploy/ does."


def register() -> None:
    """Have the doctor look. Called once, when the app starts."""
    add_examination(
        Examination("frozen", "Announced versions", look_whether_frozen),
        Examination("proof", "Proof of what was announced", look_at_proof, alarming=True),
    )


def look_whether_frozen() -> Finding:
    """Try to change a version, in a transaction that is taken back whatever happens."""
    version = PolicyVersion.objects.outline().first()
    if version is None:
        return not_asked("None was announced yet.")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET title = title || '?' WHERE id = %s", [version.pk])  # noqa: S608
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        if REFUSAL not in str(refusal):
            raise
        return well("The database refuses to change one: tried, and taken back.")
    return to_do(
        "The database lets announced versions be changed.",
        "Run `manage.py migrate`, then `manage.py verify_policies`, and find out who switched the triggers off.",
    )


def look_at_proof() -> Finding:
    """Look when it was last proven that no announced version was touched, and what came of it."""
    if not PolicyVersion.objects.exists():
        return not_asked("Nothing was announced yet.")
    last = Heartbeat.objects.filter(part=Heartbeat.Part.PROOF).first()
    if last is None:
        return to_do("It was never proven that what was announced is untouched.", AGAIN)
    if last.trouble:
        return to_do(
            f"On {moment_in_words(last.at)} something was not as it was announced: {last.trouble}.",
            "Run `manage.py verify_policies` for the list. Leave the database as it is, and compare with a backup.",
        )
    if timezone.now() - last.at > PATIENCE:
        return to_do(f"The last proof is of {moment_in_words(last.at)}.", AGAIN)
    return well(f"Proven on {moment_in_words(last.at)}.")
