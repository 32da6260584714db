"""People without an account who follow policies."""

import re

from django.core import mail
from django.test import Client
from django.utils import timezone

from policies.notices.followers.links import LEAVING
from policies.notices.models import AmendmentNotice, Delivery, Follower
from policies.writing.models import PolicyPage


def a_follower(address: str = "flo@example.org", page: PolicyPage | None = None, **fields) -> Follower:
    """One who has confirmed the address, unless said otherwise."""
    return Follower.objects.create(**{"address": address, "page": page, "confirmed_at": timezone.now()} | fields)


def many_followers(how_many: int) -> None:
    """f0@example.org, f1@example.org …, who follow all policies."""
    now = timezone.now()
    Follower.objects.bulk_create(
        (Follower(address=f"f{number}@example.org", confirmed_at=now) for number in range(how_many)), batch_size=10_000
    )


def followers_notice(notice: AmendmentNotice) -> AmendmentNotice:
    beside = notice.beside()
    assert beside is not None and beside.is_to_followers
    return beside


def written_to(notice: AmendmentNotice) -> list[str]:
    """The addresses of a notice, sorted."""
    return sorted(Delivery.objects.filter(notice=notice).values_list("address", flat=True))


def ask_to_follow(client: Client, address: str = "flo@example.org", where: str = "/policies/privacy/follow/"):
    return client.post(where, {"address": address}, follow=True)


def link_to(deed: str, body: str = "") -> str:
    """The path of the link in a mail that confirms or leaves; in the last one, if none is given."""
    found = re.search(rf"https://testserver(/policies/follow/{deed}/\S+)", body or mail.outbox[-1].body)
    assert found, body or mail.outbox[-1].body
    return found[1]


def who_may_leave(text: str) -> list[int]:
    """The numbers of the followers for whom a link in a mail or on a page leaves: two signed at once may differ."""
    return [LEAVING.read(token) for token in re.findall(r"/policies/follow/leave/([\w:-]+)/", text)]
