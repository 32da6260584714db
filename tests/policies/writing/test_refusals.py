"""What a view of the CMS did not catch becomes a message, or JSON where that was asked for; only there."""

import pytest
from django.db import OperationalError
from django.db.models import ProtectedError
from django.test import RequestFactory
from wagtail import hooks

from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.writing.refusals import RefusalMiddleware
from tests.making.editing import form_with, messages_of
from tests.making.policies import a_document

pytestmark = pytest.mark.django_db
NEW = a_document("cookies are gone")


def failing_with(exception):
    """Let saving a draft fail with this exception, as an error deep inside would."""

    def fail(request, page):
        raise exception

    return hooks.register_temporarily("after_edit_page", fail)


def test_a_refusal_leads_back_to_the_edit_page_wherever_the_browser_came_from(edith):
    with failing_with(AnnouncementRefused("No.")):
        response = edith.client.post(edith.url, form_with(NEW), headers={"referer": "https://evil.example/"})
    assert (response.status_code, response.url) == (302, edith.url)
    assert "No." in messages_of(edith.opens())


def test_what_is_refused_is_shown_as_text(edith):
    with failing_with(AnnouncementRefused("<script>alert(1)</script>")):
        response = edith.saves(NEW)
    assert "&lt;script&gt;alert(1)" in response.text
    assert "<script>alert(1)" not in response.text


def test_autosave_is_answered_in_json(edith):
    with failing_with(AnnouncementRefused("No.")):
        response = edith.client.post(edith.url, form_with(NEW), headers={"accept": "application/json"})
    assert response.status_code == 409
    assert response.json()["success"] is False
    assert (response.json()["error_code"], response.json()["error_message"]) == ("refused", "No.")


def test_a_busy_database_says_so_and_asks_to_try_again(edith):
    with failing_with(OperationalError("database is locked")):
        response = edith.client.post(edith.url, form_with(NEW), headers={"accept": "application/json"})
    assert (response.status_code, response.json()["error_code"]) == (503, "busy")


def test_versions_that_protect_themselves_are_a_message(edith):
    protected = ProtectedError("protected", {PolicyVersion.objects.get()})
    with failing_with(protected):
        response = edith.saves(NEW)
    assert "kept for ever" in messages_of(response)


@pytest.mark.parametrize("error", [ProtectedError("x", {"y"}), ValueError("x")])
def test_other_errors_stay_errors(edith, error):
    with failing_with(error), pytest.raises(type(error)):
        edith.saves(NEW)


def test_a_database_out_of_order_is_not_called_busy(edith):
    with failing_with(OperationalError("no such table")):
        assert edith.saves(NEW).status_code == 503


@pytest.mark.parametrize("path", ["/policies/privacy/", "/", "/cmsx/"])
def test_outside_the_cms_nothing_is_swallowed(path):
    middleware = RefusalMiddleware(lambda request: None)
    assert middleware.process_exception(RequestFactory().get(path), AnnouncementRefused("No.")) is None
