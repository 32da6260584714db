"""What crashes Wagtail's own views is "not found" for editors, and no error page; what really goes wrong stays one."""

import pytest
import wagtail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from plum.nonsense import answered
from tests.making.people import an_editor


@pytest.fixture
def cms(client, verified, db):
    return verified(client, an_editor())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/cms/pages/1/set_position/?position=x"),
        ("post", "/cms/pages/1/lock/"),
        ("post", "/cms/pages/1/unlock/"),
        ("get", "/cms/documents/chooser/chosen/²/"),
        ("get", "/cms/images/chooser/chosen/½/"),
        ("get", "/cms/images/chooser/chosen/abc/"),
        ("post", "/cms/choose-external-link/"),
        ("post", "/cms/redirects/import/process/"),
        ("get", "/cms/snippets/choose/home/addedcookie/chosen/2026-13-01/"),
        ("get", "/cms/snippets/choose/home/addedcookie/chosen/²/"),
        ("post", "/cms/snippets/choose/home/addedcookie/create/"),
        ("post", "/cms/pages/2/copy/"),
    ],
)
def test_nonsense_is_not_found(cms, method, path):
    assert getattr(cms, method)(path).status_code == 404


def test_a_place_in_the_menu_is_not_asked_for_by_get(cms):
    """Wagtail 8 says so itself."""
    says = 405 if wagtail.VERSION >= (8,) else 404
    assert cms.get("/cms/pages/1/set_position/").status_code == says


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_a_file_under_another_name_is_not_found_either(cms, kind):
    file = SimpleUploadedFile("a.txt", b"a")
    assert cms.post(f"/cms/{kind}/multiple/add/", {"another": file}).status_code == 404


def test_another_error_stays_an_error():
    def broken(request):
        raise ValueError("a bug")

    request = RequestFactory().get("/cms/pages/1/lock/")
    request.resolver_match = resolve("/cms/pages/1/lock/")
    with pytest.raises(ValueError, match="a bug"):
        answered(broken)(request)
    request.resolver_match = resolve("/cms/documents/chooser/chosen/1/")
    with pytest.raises(Http404):
        answered(broken)(request)
