"""The look in the CMS, and members of staff who may look or announce."""

import datetime as dt
import re

from django.utils import timezone
from wagtail.models import Revision

from policies.writing.models import PolicyIndexPage


def look_of(page) -> str:
    return f"/cms/policies/{page.pk}/look/"


def looks(client, page):
    return client.get(look_of(page))


def words_of(response) -> str:
    """What the page says, without its tags, one blank between words."""
    main = response.text.split("<main", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def the_policy_index() -> PolicyIndexPage:
    return PolicyIndexPage.objects.get(slug="policies")


def due(revision):
    """Let the time of a scheduled draft come."""
    past = timezone.now() - dt.timedelta(hours=1)
    row = Revision.objects.get(pk=revision.pk)
    row.content["go_live_at"] = past.isoformat()
    row.approved_go_live_at = past
    row.save()
