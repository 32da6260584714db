"""What staff look at is written down, and the person sees that it was: their case, a file of it, a copy of their data."""

import datetime as dt
from typing import Final

from django.utils import timezone

from accounts.models import User
from accounts.rights.models import RightsRequest, Story, What
from accounts.rights.moves.moving import By, write_down

# A page that is opened again and again in one sitting is one look.
ONE_LOOK: Final = dt.timedelta(minutes=10)
LOOKS: Final = (What.OPENED_BY_STAFF, What.FILE_OPENED_BY_STAFF, What.EXPORTED_BY_STAFF)


def note_look(request: RightsRequest, by: User, what: What = What.OPENED_BY_STAFF, words: str = "") -> Story | None:
    """Write down that a member of staff looked; nothing where they have just looked at the same.

    Args:
        request: the case.
        by: who looked.
        what: one of LOOKS.
        words: such as the name of the file.
    """
    since = timezone.now() - ONE_LOOK
    same = request.story.filter(by=by, what=what, words=words, at__gt=since)
    return None if same.exists() else write_down(request, By.staff(by), what, words)
