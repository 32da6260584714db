"""The preview panel: the policy as it will read and its redline, of text that is not saved."""

import datetime as dt

import pytest
from django.utils import timezone

from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyIndexPage
from tests.making.editing import AMENDMENT, form_with
from tests.making.policies import a_document, a_draft, announce
from tests.policies.notices.reader.readers import told

pytestmark = pytest.mark.django_db
NEW = a_document("cookies are unsaved words", "contact us by post")


def previews(client, url, mode="", **fields):
    assert client.post(url, form_with(NEW, **fields)).json() == {"is_valid": True, "is_available": True}
    return client.get(url, {"mode": mode})


def of(page):
    return f"/cms/pages/{page.pk}/edit/preview/"


def test_the_policy_reads_as_it_will(privacy, cms):
    response = previews(cms, of(privacy), **AMENDMENT)
    assert response.status_code == 200
    assert "unsaved words" in response.text
    assert PolicyVersion.objects.count() == 1


def test_the_redline_compares_what_is_not_saved_with_what_is_in_force(privacy, cms):
    text = previews(cms, of(privacy), "redline").text
    assert "<ins" in text
    assert "unsaved" in text
    assert "<del" in text


def test_there_is_nothing_to_compare_a_policy_with_that_was_never_announced(cms):
    response = previews(cms, of(a_draft()), "redline")
    assert response.status_code == 200
    assert "<ins" not in response.text


@pytest.mark.parametrize("mode", ["", "redline"])
def test_a_new_policy_is_previewed_before_it_is_saved(cms, mode):
    index = PolicyIndexPage.objects.get()
    response = previews(cms, f"/cms/pages/add/policies/policypage/{index.pk}/preview/", mode, slug="new")
    assert response.status_code == 200


def test_the_editor_is_offered_both_modes(privacy, cms):
    text = cms.get(f"/cms/pages/{privacy.pk}/edit/").text
    assert "Redline against the version in force" in text


@pytest.mark.parametrize("mode", ["", "redline"])
def test_what_the_editor_has_not_read_yet_is_no_part_of_the_draft(privacy, cms, editor, mode):
    announce(privacy, a_document("cookies are gone"), effective_from=timezone.localdate() + dt.timedelta(days=30))
    told(editor, "2.0", kind="reminder")
    assert '<aside class="banner' in cms.get("/").text
    assert '<aside class="banner' not in previews(cms, of(privacy), mode, **AMENDMENT).text


def test_it_opens_as_wide_as_a_desk(privacy):
    assert privacy.default_preview_size == "desktop"
