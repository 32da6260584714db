"""What time makes due about requests: reminders, and mails that could not be sent at once."""

from accounts.chores import Chore, add_chore
from accounts.rights.due_dates import today
from accounts.rights.mails.reminding import remind, to_be_reminded, waiting_for_the_person
from accounts.rights.mails.sending import send_waiting, waiting


def register() -> None:
    """Have them done by the housekeeping of the site. Called once, when the app starts."""
    add_chore(38, Chore("reminders about requests", remind_both_sides, how_many_to_remind))
    add_chore(39, Chore("mails about requests", send_mails, how_many_mails))


def remind_both_sides() -> dict[str, int]:
    remind()
    return {}


def how_many_to_remind() -> dict[str, int]:
    return {
        "requests that are due soon or late": to_be_reminded(today()).count(),
        "requests that wait for their person": waiting_for_the_person().count(),
    }


def send_mails() -> dict[str, int]:
    done = send_waiting()
    return {"failed": done["failed"] + done["given up"]}


def how_many_mails() -> dict[str, int]:
    return {"mails about requests": waiting().count()}
