"""What time makes due with enquiries: mails that the mail server did not take."""

from accounts.chores import Chore, add_chore
from home.contact.mails import send_waiting
from home.contact.models import steps_to_send


def register() -> None:
    """Have it done by the housekeeping of the site. Called once, when the app starts."""
    add_chore(37, Chore("mails about enquiries", send_mails, how_many_wait))


def send_mails() -> dict[str, int]:
    return {"failed": send_waiting()["failed"]}


def how_many_wait() -> dict[str, int]:
    return {"mails about enquiries": steps_to_send().count()}
