"""What a page's history says of announcing, withdrawing and refusing."""

from policies.writing.log_words import Data, saying


def _announced(data: Data) -> str:
    asks, links = data.get("asks_for"), data.get("links_because")
    asking = f", which asks people for {asks}" if asks else ""
    leading = f". Links may lead nowhere: {links}" if links else ""
    short = data.get("short_notice_because")
    sooner = f". It begins at short notice, because: {short}" if short else ""
    return f"Version {data['number']} announced{asking}{leading}{sooner}"


def _confirmed(data: Data) -> str:
    when = "to be announced by itself" if data.get("at") else "announced"
    return f"Looked at version {data['number']} and confirmed that it is {when} (digest {data['digest'][:12]})"


ACTIONS = {
    "policies.announce": saying("Announce a version", _announced),
    "policies.confirm": saying("Confirm an announcement", _confirmed),
    "policies.test_mail": saying("Send a test mail", "The mail was sent to whoever asked for a test"),
    "policies.withdraw": saying("Withdraw a version", "Version {number} withdrawn: {reason}"),
    "policies.refused": saying("Refuse what was scheduled", "What was scheduled was refused: {reason}"),
}
