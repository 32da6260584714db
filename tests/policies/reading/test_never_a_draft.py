"""Nothing that was not announced is ever shown: not by page, feed, JSON, sitemap or error page."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from policies import urls
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import days

MARK = "zwetschge"


def save_draft(page, go_live_at=None):
    page = PolicyPage.objects.get(pk=page.pk)
    document = a_document(f"cookies {MARK}", title=f"Title {MARK}")
    other = a_draft(document, slug="only-to-borrow-its-blocks")
    page.title, page.preamble, page.sections = document.title, other.preamble, other.sections
    page.change_summary, page.significance, page.kinds = f"Summary {MARK}", "amendment", ["other"]
    other.delete()
    page.go_live_at = go_live_at
    return page.save_revision()


def never_announced(page):
    a_draft(a_document(f"cookies {MARK}", title=f"Title {MARK}"), slug="secret")


def draft_of_an_announced_one(page):
    save_draft(page)


def scheduled(page):
    save_draft(page, timezone.now() + days(3)).publish()
    assert PolicyPage.objects.get(pk=page.pk).scheduled_revision


def scheduled_first(page):
    fresh = a_draft(a_document("cookies"), slug="secret")
    save_draft(fresh, timezone.now() + days(3)).publish()


def copy(page):
    save_draft(page)
    page.refresh_from_db()
    page.copy(update_attrs={"slug": "secret", "title": f"Title {MARK}"}, keep_live=True)


def alias_of_a_draft(page):
    secret = a_draft(a_document(f"cookies {MARK}", title=f"Title {MARK}"), slug="hidden")
    secret.create_alias(update_slug="secret")


def raw_update(page):
    draft = a_draft(a_document(f"cookies {MARK}"), slug="secret")
    for changed in (page, draft):
        PolicyPage.objects.filter(pk=changed.pk).update(title=f"Title {MARK}", live=True, sections=draft.sections)


WAYS = [
    never_announced, draft_of_an_announced_one, scheduled, scheduled_first, copy, alias_of_a_draft, raw_update
]  # fmt: skip


def public_addresses(*slugs):
    """Every address of policies.urls, for each policy."""
    samples = {"number": ["1.0", "2.0"], "old": ["1.0"], "new": ["2.0", "1.0"], "day": ["2199-01-01", "today"]}
    for pattern in urls.urlpatterns:
        names = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
        ways = [{}]
        for name in names:
            ways = [way | {name: value} for way in ways for value in samples.get(name, slugs)]
        yield from (reverse(f"policies:{pattern.name}", kwargs=way) for way in ways)


@pytest.mark.parametrize("way", WAYS)
def test_no_public_address_shows_what_was_not_announced(client, privacy, way):
    announce(privacy, a_document("cookies are larger files"))
    way(privacy)
    addresses = [*public_addresses("privacy", "secret", "hidden"), "/", "/sitemap.xml"]
    assert len(addresses) > 40
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), address
        assert MARK not in answer.content.decode(), address
        assert MARK not in str(answer.headers), address


def test_an_alias_of_a_draft_leads_nowhere(client, privacy):
    alias_of_a_draft(privacy)
    assert client.get("/policies/secret/").status_code == 404


@pytest.mark.parametrize("way", WAYS)
def test_verifying_does_not_know_what_was_not_announced(client, privacy, way):
    way(privacy)
    for slug in ("privacy", "secret", "hidden"):
        answer = client.post(f"/policies/{slug}/verify/", {"text": f"We respect your privacy. cookies {MARK}"})
        assert "This is version" not in answer.content.decode()
        assert answer.status_code in (200, 302, 404)


def test_a_draft_shows_once_it_is_announced(client, privacy):
    """The mark would be found if it were there."""
    announce(privacy, a_document(f"cookies {MARK}"))
    assert MARK in client.get("/policies/privacy/").content.decode()
