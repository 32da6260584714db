"""Every page of allauth's is in the site's own design, those that are not overridden too."""

from pathlib import Path

import allauth.account
import pytest
from allauth.account.forms import AddEmailForm, BaseConfirmCodeForm
from django.template.loader import render_to_string
from django.test import RequestFactory

THEIRS = Path(allauth.account.__file__).parents[1] / "templates" / "account"
# Of features that are switched off here, their addresses with them.
OFF = {"confirm_password_reset_code.html", "confirm_phone_verification_code.html", "phone_change.html"}
PAGES = sorted({path.name for path in THEIRS.glob("*.html") if not path.name.startswith("base_")} - OFF)


@pytest.fixture
def request_of_somebody(ann):
    request = RequestFactory().get("/account/")
    request.user = ann
    return request


def test_there_are_pages_of_allauths_to_look_at():
    assert len(PAGES) > 18


@pytest.mark.parametrize("page", PAGES)
def test_it_looks_like_the_rest_of_the_site(request_of_somebody, page):
    form = BaseConfirmCodeForm({}) if "code" in page else AddEmailForm(None, {"email": "no address"})
    context = {
        "form": form,
        "verify_form": form,
        "change_form": AddEmailForm(),
        "can_change": True,
        "can_add_email": True,
    }
    html = render_to_string(f"account/{page}", context, request_of_somebody)
    assert '<a class="skip-link" href="#content">' in html
    assert html.count('<header class="page-header">') == html.count("<h1>") == 1
    assert '<meta name="robots" content="noindex">' in html
    assert "There is a problem" in html
    content = html.partition('id="content"')[2].partition("<footer")[0]
    if "<input" in content and 'type="submit"' in content:
        assert 'class="button' in content
    assert "Menu:" not in html


def test_a_field_element_of_any_kind_is_labelled():
    for kind in ("text", "textarea", "checkbox", "radio", "email"):
        attrs = {"type": kind, "id": "x", "name": "x", "errors": ["Wrong"], "value": "y", "required": True}
        html = render_to_string(
            "allauth/elements/field.html", {"attrs": attrs, "slots": {"label": ["Label"], "value": ["y"]}}
        )
        assert '<label for="x">Label</label>' in html
        assert 'id="x"' in html
        assert " required" in html
