"""What the door says when a draft cannot be announced."""

from django.utils import timezone
from django.utils.translation import gettext

from accounts.values.wording import Words, day_in_words, sentences
from policies.versions.models import PolicyVersion


class AnnouncementRefused(Exception):
    """A draft cannot be announced; the message says why and what to do. Nothing was changed.

    `field` names the field of the panel to mend, where there is one; `page_id` is the page it is about, once known.
    """

    page_id: int | None = None

    def __init__(self, message: Words, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Outdated(AnnouncementRefused):
    """The draft was begun before the newest version was announced."""

    def __init__(self, newest: PolicyVersion) -> None:
        self.newest = newest
        at = timezone.localtime(newest.announced_at)
        facts = {"number": newest.number, "day": day_in_words(at), "at": f"{at:%H:%M}", "by": newest.announced_by}
        announced = (
            gettext("Version %(number)s was announced on %(day)s at %(at)s by %(by)s, after this draft was begun.")
            if newest.announced_by
            else gettext("Version %(number)s was announced on %(day)s at %(at)s, after this draft was begun.")
        )
        what_to_do = gettext(
            "Your draft is kept. Look at the redline, take over what should stay, then announce again."
        )
        super().__init__(sentences(announced % facts, what_to_do), "takes_in")
