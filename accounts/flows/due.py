"""The chores of accounts: mails not sent yet, closed accounts to erase, and what is past the time it is kept."""

from django.utils import timezone

from accounts.chores import Chore, add_chore
from accounts.flows.closing import close_what_is_due
from accounts.flows.undo_mails import due_mails, send_due_undo_mails
from accounts.models import ClosingRequest
from accounts.personal_data.retention import enforce_retention, past_their_time


def register() -> None:
    """Have them done by the housekeeping of the site. Called once, when the app starts."""
    add_chore(35, Chore("mails about changed addresses", send_undo_mails, how_many_mails_are_due))
    add_chore(40, Chore("closed accounts", erase_closed_accounts, how_many_to_erase))
    add_chore(50, Chore("retention", forget_what_is_old, how_many_to_forget))


def send_undo_mails() -> dict[str, int]:
    """Tell old addresses what they could not be told before."""
    _, failed = send_due_undo_mails()
    return {"failed": failed}


def how_many_mails_are_due() -> dict[str, int]:
    return {"mails about changed addresses": due_mails().count()}


def erase_closed_accounts() -> dict[str, int]:
    """Erase those whose cooling-off is over. Accounts that cannot be erased are in the CMS's list, with the reason."""
    erased, failed = close_what_is_due()
    return {"erased": erased, "failed": failed}


def how_many_to_erase() -> dict[str, int]:
    return {"accounts to erase": ClosingRequest.objects.due(timezone.now()).count()}


def forget_what_is_old() -> dict[str, int]:
    """Delete what is past the time that the register of personal data says it is kept."""
    gone, failed = enforce_retention()
    return {"forgotten": sum(gone.values()), "failed": len(failed)}


def how_many_to_forget() -> dict[str, int]:
    return {f"rows to delete of “{key}”": count for key, count in past_their_time(timezone.now()).items()}
