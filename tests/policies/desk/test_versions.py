"""The versions of a policy in the CMS, and taking back one that is not in force yet."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from accounts.models import User
from policies.texts.document import canonical_text
from policies.writing.models import PolicyPage
from tests.making.editing import Editor, messages_of
from tests.making.people import text_of
from tests.making.policies import a_document, announce

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + dt.timedelta(days=30)
NEW = a_document("cookies are gone")


@pytest.fixture
def upcoming(privacy, editor):
    """Version 2.0, in force in a month."""
    return announce(privacy, NEW, by=editor, effective_from=SOON)


def url(page, *more):
    return "/".join([f"/cms/policies/{page.pk}/versions", *more, ""])


def test_the_list_shows_each_version_with_its_standing_and_author(privacy, upcoming, cms):
    text = cms.get(url(privacy)).text
    for words in ("2.0", "Upcoming", "Edith", "Clearer words.", upcoming.digest[:12], "1.0", "In force"):
        assert words in text
    assert upcoming.get_absolute_url() in text


def test_the_list_costs_the_same_with_many_versions(privacy, cms, django_assert_max_num_queries):
    for number in range(5):
        announce(privacy, a_document(f"cookies are {number} files"))
    cms.get(url(privacy))
    with django_assert_max_num_queries(16):
        cms.get(url(privacy))


def test_an_upcoming_version_is_withdrawn_with_a_reason(privacy, upcoming, cms, editor):
    assert url(privacy, "2.0", "withdraw") in cms.get(url(privacy)).text
    assert "Version 1.0 stays in force" in cms.get(url(privacy, "2.0", "withdraw")).text
    response = cms.post(url(privacy, "2.0", "withdraw"), {"reason": "The law changed."}, follow=True)
    upcoming.refresh_from_db()
    assert (upcoming.withdrawn_reason, upcoming.withdrawn_by) == ("The law changed.", editor)
    assert "Version 2.0 is withdrawn" in messages_of(response)
    assert "The law changed." in response.text
    assert url(privacy, "2.0", "withdraw") not in response.text


def test_withdrawing_is_logged_and_shown_in_the_history(privacy, upcoming, cms, editor):
    cms.post(url(privacy, "2.0", "withdraw"), {"reason": "The law changed."})
    entry = PageLogEntry.objects.get(action="policies.withdraw", page=privacy.pk)
    assert (entry.user, entry.data["number"], entry.data["sequence"]) == (editor, "2.0", 2)
    history = cms.get(f"/cms/pages/{privacy.pk}/history/").text
    assert "Version 2.0 withdrawn: The law changed." in history
    assert "Version 2.0 announced" in history


def test_after_withdrawing_the_editor_sees_that_the_text_is_not_announced(privacy, upcoming, cms):
    cms.post(url(privacy, "2.0", "withdraw"), {"reason": "The law changed."})
    assert PolicyPage.objects.get(pk=privacy.pk).has_unpublished_changes
    assert "differs from version 1.0" in cms.get(f"/cms/pages/{privacy.pk}/edit/").text


def test_the_withdrawn_text_can_be_announced_again_on_purpose(privacy, upcoming, cms):
    cms.post(url(privacy, "2.0", "withdraw"), {"reason": "The law changed."})
    Editor(cms, privacy).announces(NEW)
    assert [version.number for version in privacy.versions.order_by("sequence")] == ["1.0", "2.0", "3.0"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_asked_for(privacy, upcoming, cms, reason):
    response = cms.post(url(privacy, "2.0", "withdraw"), {"reason": reason})
    assert "reason" in response.context["form"].errors
    upcoming.refresh_from_db()
    assert not upcoming.is_withdrawn


def test_what_is_in_force_is_not_withdrawn(privacy, cms):
    assert "cannot be withdrawn" in cms.get(url(privacy, "1.0", "withdraw")).text
    response = cms.post(url(privacy, "1.0", "withdraw"), {"reason": "Because."})
    assert "cannot be withdrawn" in response.text
    assert not privacy.versions.get().is_withdrawn


@pytest.mark.parametrize("number", ["9.0", "1", "01.0", "x"])
def test_a_version_that_does_not_exist_is_not_found(privacy, cms, number):
    assert cms.get(url(privacy, number, "withdraw")).status_code == 404


@pytest.fixture
def writer(client):
    """Somebody who may edit policies and not announce them."""
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(slug="policies"), permission=change)
    user = User.objects.create_user("writer@example.org", "a long enough password")
    user.groups.add(group)
    client.force_login(user)
    return client


def test_who_may_not_announce_may_not_withdraw(privacy, upcoming, writer):
    assert "Withdraw" not in writer.get(url(privacy)).text
    assert writer.post(url(privacy, "2.0", "withdraw"), {"reason": "Mine."}).status_code == 302
    upcoming.refresh_from_db()
    assert not upcoming.is_withdrawn


def test_who_may_not_edit_the_policy_sees_neither_versions_nor_redline(privacy, client):
    user = User.objects.create_user("guest@example.org", "a long enough password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for address in (url(privacy), f"/cms/policies/{privacy.pk}/redline/"):
        assert client.get(address).status_code == 302


def test_the_redline_of_the_saved_draft_is_there(privacy, cms):
    Editor(cms, privacy).saves(NEW)
    text = cms.get(f"/cms/policies/{privacy.pk}/redline/").text
    assert "<ins" in text
    assert "<del" in text


def test_a_version_replaced_on_the_day_it_began_was_in_force_for_part_of_it(privacy, cms, client):
    announce(privacy, NEW)
    today = timezone.localdate()
    assert f"Part of {today:%-d %b %Y}" in cms.get(url(privacy)).text
    assert f"Part of {today:%-d %B %Y}" in text_of(client.get("/policies/privacy/versions/"))
    assert "It applied on" in client.get("/policies/privacy/versions/1.0/").text


def test_a_version_replaced_before_it_began_was_never_in_force(privacy, upcoming, cms):
    announce(privacy, a_document("cookies are biscuits"), effective_from=SOON)
    row = cms.get(url(privacy)).text.split("<strong>2.0</strong>")[1].split("</tr>")[0]
    assert "Never" in row
    assert "Part of" not in row


def test_after_withdrawing_the_text_that_stands_is_offered_for_the_draft(privacy, upcoming, cms):
    response = cms.post(url(privacy, "2.0", "withdraw"), {"reason": "The law changed."}, follow=True)
    assert "Take the text of version 1.0 into the draft" in messages_of(response)
    first = privacy.versions.get(sequence=1)
    back = f"/cms/pages/{privacy.pk}/revisions/{first.revision_id}/revert/"
    assert back in messages_of(response)
    assert back in cms.get(f"/cms/pages/{privacy.pk}/edit/").text
    offered = cms.get(back).context["form"].instance
    assert canonical_text(offered.document) == first.text
    assert (offered.change_summary, offered.significance) == ("", "")
