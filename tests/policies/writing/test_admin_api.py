"""The CMS's own API announces nothing by itself, and answers a refusal in JSON."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Page

from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.editing import NEW, OTHER, a_waiting_draft, fresh, numbers_of, says
from tests.making.policies import announce

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def acts(cms, page, action, **data):
    return cms.post(f"/cms/api/main/pages/{page.pk}/action/{action}/", data)


def test_nothing_is_announced_that_nobody_looked_at(privacy, cms):
    a_waiting_draft(privacy)
    answer = acts(cms, privacy, "publish")
    assert answer.status_code == 409
    assert f"http://testserver/cms/policies/{privacy.pk}/look/" in answer.json()["message"]
    assert numbers_of(privacy) == ["1.0"]
    assert says(privacy, NEW)


def test_draft_and_schedule_are_kept(privacy, cms):
    a_waiting_draft(privacy, OTHER, go_live_at=timezone.now() + HOUR).publish()
    a_waiting_draft(privacy)
    assert acts(cms, privacy, "publish").status_code == 409
    assert says(privacy, NEW)
    assert fresh(privacy).scheduled_revision


def test_other_pages_are_published_as_ever(privacy, cms):
    home = Page.objects.get(depth=2).specific
    home.save_revision()
    assert acts(cms, home, "publish").status_code == 200


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize("depth", [3, 4])
def test_neither_unpublishes_nor_deletes(privacy, cms, action, depth):
    response = acts(cms, privacy.get_ancestors(inclusive=True).get(depth=depth), action)
    assert response.status_code == 409
    assert "announced versions" in response.json()["message"]
    assert fresh(privacy).live


def test_does_not_move(privacy, cms, elsewhere):
    response = acts(cms, privacy, "move", destination_page_id=elsewhere.pk, position="last-child")
    assert response.status_code == 409
    assert fresh(privacy).url_path == "/home/policies/privacy/"


def test_copies_and_aliases_are_not_public(privacy, cms):
    acts(cms, privacy, "copy", keep_live=True, slug="copy")
    acts(cms, privacy, "create_alias", update_slug="alias")
    assert PolicyVersion.objects.count() == 1
    assert not PolicyPage.objects.get(slug="copy").live


def test_going_back_to_a_revision_makes_a_draft_without_words(privacy, cms):
    first = privacy.live_revision_id
    announce(privacy, NEW)
    assert acts(cms, privacy, "revert_to_page_revision", revision_id=first).status_code == 200
    assert fresh(privacy).get_latest_revision_as_object().change_summary == ""
    assert numbers_of(privacy) == ["1.0", "2.0"]
