"""Two who confirm in the same moment make one version, and what is announced is what was looked at."""

import pytest
from django.db import connection
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import PageLogEntry

from accounts.models import User
from policies.texts.document import canonical_text
from policies.versions.models import PolicyVersion
from tests.making.editing import AMENDMENT, NEW, Editor, a_waiting_draft, form_with, numbers_of
from tests.making.policies import a_document, a_draft, announce
from tests.making.simultaneous import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def _only_where_connections_are_several():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")


def in_the_cms(email: str) -> Client:
    user = User.objects.create_superuser(email, "a long enough password")
    device = TOTPDevice.objects.create(user=user, confirmed=True, name="Phone", tolerance=0)
    client = Client()
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def test_two_who_confirm_at_once_make_one_version():
    page = a_draft()
    announce(page)
    a_waiting_draft(page)
    address = f"/cms/policies/{page.pk}/look/"
    people = [in_the_cms(f"{name}@example.org") for name in ("ann", "bob", "cleo")]
    tokens = [person.get(address).context["token"] for person in people]

    def confirming(person, token):
        return lambda: person.post(address, {"token": token}).status_code

    answers = at_once(*(confirming(*pair) for pair in zip(people, tokens, strict=True)))
    assert sorted(answers) == [302, 409, 409]
    assert numbers_of(page) == ["1.0", "2.0"]
    assert PageLogEntry.objects.filter(action="policies.confirm").count() == 1


def test_a_browser_that_saves_meanwhile_changes_nothing_of_what_is_announced():
    page = a_draft()
    announce(page)
    ann = in_the_cms("ann@example.org")
    bob = Editor(in_the_cms("bob@example.org"), page)
    address, seen = f"/cms/policies/{page.pk}/look/", {}

    def autosaves(document, over=None):
        fields = (
            AMENDMENT | {"amends": "99", "replaces_newer": "on"} | ({"overwrite_revision_id": over} if over else {})
        )
        return bob.client.post(bob.url, form_with(document, **fields), headers={"Accept": "application/json"}).json()

    tabs = [autosaves(NEW)["revision_id"]]

    def saves():
        for number in range(15):
            tabs.append(autosaves(a_document(f"cookies are {number} files"), tabs[-1])["revision_id"])

    def confirms():
        for _ in range(12):
            looked = ann.get(address)
            if looked.context["may_confirm"]:
                text = looked.context["look"].version.text
                answer = ann.post(address, {"token": looked.context["token"]})
                if answer.status_code == 302:
                    newest = PolicyVersion.objects.filter(page=page).order_by("-sequence").first()
                    seen[newest.number] = text

    at_once(saves, confirms)
    versions = list(PolicyVersion.objects.filter(page=page, sequence__gt=1))
    assert versions
    for version in versions:
        assert version.text == seen[version.number]
        assert version.text == canonical_text(version.revision.as_object().document)
