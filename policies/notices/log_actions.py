"""What the history of a policy, and of a notice, says of what people did with the notice."""

from functools import partial

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from accounts.values.wording import Words, counted
from policies.writing.log_words import Data, saying


def _line(says: Words, data: Data) -> str:
    """Return one line: what was done, with which notice, and why."""
    how_many = data.get("how_many", 0)
    many = counted(how_many, ngettext("%(number)s recipient", "%(number)s recipients", how_many))
    words = says.format(number=data.get("number", "?"), many=many)
    about = gettext("%(words)s (notice %(notice)s)") % {"words": words, "notice": data.get("notice", "?")}
    return f"{about}: {data['reason']}" if data.get("reason") else about


def _said(name: Words, says: Words) -> type[LogFormatter]:
    return saying(name, partial(_line, says))


ACTIONS = {
    "notices.stop": _said(_("Stop a notice"), _("E-mails about version {number} stopped for good")),
    "notices.pause": _said(_("Pause a notice"), _("E-mails about version {number} paused")),
    "notices.resume": _said(_("Let a notice go on"), _("E-mails about version {number} go on")),
    "notices.retry": _said(
        _("Try failed e-mails again"), _("{many} of the e-mails about version {number} tried again")
    ),
    "notices.correct": _said(_("Correct an e-mail"), _("A correction of the e-mails about version {number} made")),
    "notices.take-back": _said(_("Tell of a withdrawal"), _("E-mails that version {number} is withdrawn made")),
    "notices.try": _said(_("Send a test e-mail"), _("A test e-mail about version {number} sent to themselves")),
}
