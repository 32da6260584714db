"""Whether what sends mails is alive, and whether the mail server and the mailbox for reports let us in."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.examining import Examination, Finding, add_examination, not_asked, to_do, well
from accounts.values.wording import counted, moment_in_words, wait_in_words
from policies.notices.bounces.mailboxes import MailboxTrouble, unread_mails
from policies.notices.heartbeat import PATIENCE, last_seen
from policies.notices.models.heartbeats import Heartbeat
from policies.notices.queue import is_kept_here, oldest_wait
from policies.notices.sending.backends import ServerAway, ServerRefusesUs, open_connection
from policies.notices.trouble import needing_a_hand

# A worker is asked to show itself every ten minutes at least.
WORKER_PATIENCE = dt.timedelta(minutes=15)
SECONDS = 20
SILENT = {
    Heartbeat.Part.WORKER: (
        "No worker was seen {since}: nothing can be sent.",
        "Have the service that runs `manage.py db_worker --backend work` started.",
    ),
    Heartbeat.Part.HOUSEKEEPING: (
        "The housekeeping was not seen {since}: without it no wait ends.",
        "Have the service that runs `manage.py housekeeping` started.",
    ),
}


def register() -> None:
    """Have the doctor look. Called once, when the app starts."""
    add_examination(
        Examination("queue", "Queue", look_at_queue, alarming=True),
        Examination("worker", "Worker", look_for_worker, alarming=True),
        Examination("housekeeping", "Housekeeping", look_for_housekeeping, alarming=True),
        Examination("notices", "Notices", look_at_notices, alarming=True),
        Examination("notices-mail", "Mail server for notices", look_at_server, asks_database=False),
        Examination("bounces", "Mailbox for reports", look_at_mailbox, asks_database=False),
    )


def look_at_queue() -> Finding:
    if not is_kept_here():
        return not_asked("The queue is not in our database.")
    wait = oldest_wait()
    if wait > PATIENCE:
        return to_do(
            f"A task has waited for {wait_in_words(wait)}.",
            "Start the worker, `manage.py db_worker --backend work`, or more of them. Nothing is lost meanwhile.",
        )
    return well("No task waits for longer than a few minutes.")


def look_for_worker() -> Finding:
    return _seen(Heartbeat.Part.WORKER, WORKER_PATIENCE)


def look_for_housekeeping() -> Finding:
    """Look when it was seen, and whether its last round ended well."""
    found = _seen(Heartbeat.Part.HOUSEKEEPING, PATIENCE)
    if not found.is_well:
        return found
    last = Heartbeat.objects.filter(part=Heartbeat.Part.ROUND).first()
    if last and last.trouble:
        return to_do(f"Its last round did not end well: {last.trouble}.", "The log of the housekeeping says why.")
    if last and timezone.now() - last.at > PATIENCE:
        return to_do(
            f"Its last whole round ended on {moment_in_words(last.at)}.", "The log of the housekeeping says why."
        )
    return found


def _seen(part: Heartbeat.Part, patience: dt.timedelta) -> Finding:
    at = last_seen().get(part)
    if at is None or timezone.now() - at > patience:
        since = f"since {moment_in_words(at)}" if at else "yet"
        words, advice = SILENT[part]
        return to_do(words.format(since=since), advice)
    return well(f"Seen on {moment_in_words(at)}.")


def look_at_notices() -> Finding:
    """Look for what is paused, failed, or waits for a program that does not run."""
    troubles = needing_a_hand()
    if not troubles:
        return well("None needs a hand.")
    words = " ".join(f"{one.notice.version.title} {one.notice.version.number}: {one.words}" for one in troubles[:3])
    number = len(troubles)
    to_look_at = counted(number, ngettext("%(number)s notice to look at.", "%(number)s notices to look at.", number))
    return to_do(f"{to_look_at} {words}", "Open Notices in the CMS.")


def look_at_server() -> Finding:
    """Log in at the server of the notices; nothing is sent."""
    if not settings.NOTICES_EMAIL:
        return not_asked("The same as for all other mail.")
    try:
        open_connection(settings, SECONDS).quit()
    except (ServerAway, ServerRefusesUs) as problem:
        return to_do(str(problem), "Put NOTICES_EMAIL_URL right.")
    return well("It lets us in.")


def look_at_mailbox() -> Finding:
    """Look whether the mailbox to which mails come back can be read; nothing in it is touched."""
    if not settings.NOTICES_BOUNCE_MAILBOX:
        return not_asked(
            "There is none: addresses that do not exist are written to again and again.",
            "Name one by NOTICES_BOUNCE_ADDRESS and NOTICES_BOUNCE_MAILBOX.",
        )
    try:
        with unread_mails(settings.NOTICES_BOUNCE_MAILBOX) as mails:
            next(mails, None)  # it stays unread
    except MailboxTrouble as trouble:
        return to_do(str(trouble), "Put NOTICES_BOUNCE_MAILBOX right.")
    if not settings.NOTICES_BOUNCE_ADDRESS:
        return to_do("It can be read, but no report comes into it.", "Name its address by NOTICES_BOUNCE_ADDRESS.")
    return well("It can be read.")
