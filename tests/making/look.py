"""The look in the CMS, and members of staff who may look or announce."""

import datetime as dt
import re

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision

from accounts.models import User
from policies.writing.models import PolicyIndexPage
from tests.making.people import a_person


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


def a_member(verified, client, *rights, email) -> User:
    """Somebody who may enter the CMS and has these rights on the policies."""
    group = Group.objects.create(name=email)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        permission = Permission.objects.get(
            codename=f"{right}_page", content_type=ContentType.objects.get_for_model(Page)
        )
        GroupPagePermission.objects.create(group=group, page=the_policy_index(), permission=permission)
    user = a_person(email)
    user.groups.add(group)
    verified(client, user)
    return user


def due(revision):
    """Let the time of a scheduled draft come."""
    past = timezone.now() - dt.timedelta(hours=1)
    row = Revision.objects.get(pk=revision.pk)
    row.content["go_live_at"] = past.isoformat()
    row.approved_go_live_at = past
    row.save()
