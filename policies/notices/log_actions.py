"""What the history of a policy, and of a notice, says of what people did with the notice."""

from functools import partial

from django.utils.translation import ngettext
from wagtail.log_actions import LogFormatter

from accounts.values.wording import counted
from policies.writing.log_words import Data, saying


def _line(says: str, data: Data) -> str:
    """Return one line: what was done, with which notice, and why."""
    how_many = data.get("how_many", 0)
    many = counted(how_many, ngettext("%(number)s recipient", "%(number)s recipients", how_many))
    words = says.format(number=data.get("number", "?"), many=many)
    about = f"{words} (notice {data.get('notice', '?')})"
    return f"{about}: {data['reason']}" if data.get("reason") else about


def _said(name: str, says: str) -> type[LogFormatter]:
    return saying(name, partial(_line, says))


ACTIONS = {
    "notices.stop": _said("Stop a notice", "E-mails about version {number} stopped for good"),
    "notices.pause": _said("Pause a notice", "E-mails about version {number} paused"),
    "notices.resume": _said("Let a notice go on", "E-mails about version {number} go on"),
    "notices.retry": _said("Try failed e-mails again", "{many} of the e-mails about version {number} tried again"),
    "notices.correct": _said("Correct an e-mail", "A correction of the e-mails about version {number} made"),
    "notices.take-back": _said("Tell of a withdrawal", "E-mails that version {number} is withdrawn made"),
    "notices.try": _said("Send a test e-mail", "A test e-mail about version {number} sent to themselves"),
}
