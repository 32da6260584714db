"""Where editors see the checks: a page of its own, the preview, and Wagtail's panel of checks."""

import json
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from policies.desk.checking.checking import RULES
from policies.texts.document import Paragraph, Run, inline
from tests.making.editing import Editor, a_waiting_draft, form_with
from tests.making.people import a_person, text_of
from tests.making.policies import a_document
from tests.making.staff import a_helper

pytestmark = pytest.mark.django_db
BAD = a_document("cookies are TODO", "contact us at [insert address]")


def url(page):
    return reverse("policies_cms:checks", args=[page.pk])


def test_the_page_lists_what_is_found_in_the_saved_draft(privacy, cms):
    a_waiting_draft(privacy, BAD)
    text = text_of(cms.get(url(privacy)))
    assert "A placeholder is left in the text. Section 1 : “cookies are TODO”" in text
    assert "What a privacy policy must tell" in text
    assert "Who is the controller" in text
    assert "Missing" in text


def test_the_sections_that_answer_are_links_into_the_draft(privacy, cms):
    a_waiting_draft(privacy, a_document("contact us by post", "rights are yours: we correct what is wrong"))
    html = cms.get(url(privacy)).text
    view = reverse("wagtailadmin_pages:view_draft", args=[privacy.pk])
    assert f'<a href="{view}#rights"' in html
    assert 'id="rights"' in cms.get(view).text


def test_a_good_text_is_told_so(privacy, cms):
    privacy.about_personal_data = False
    privacy.save_revision()
    assert "The checks find nothing to remark." in text_of(cms.get(url(privacy)))


def test_the_policy_has_a_button_to_its_checks(privacy, cms):
    assert url(privacy) in Editor(cms, privacy).opens().text


@pytest.mark.parametrize("who", ["nobody", "person", "staff without pages"])
def test_whoever_may_not_edit_the_policy_does_not_see_its_checks(privacy, verified, who):
    client = Client()
    if who == "person":
        client = verified(client, a_person())
    if who == "staff without pages":
        client = verified(client, a_helper())
    answer = client.get(url(privacy))
    assert answer.status_code in (302, 403, 404)
    assert "Article" not in answer.text


def preview_of(client, page, document):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(address, form_with(document)).json()["is_valid"]
    return client.get(f"{address}?in_preview_panel=true")


def test_the_preview_shows_the_remarks_while_the_draft_is_being_written(privacy, cms):
    answer = preview_of(cms, privacy, BAD)
    assert '<li data-check="placeholder">' in answer.text
    assert "userbar.js" in answer.text  # which runs Wagtail's checks in the frame
    assert "data-check" not in cms.get("/policies/privacy/").text


def test_wagtails_panel_of_checks_knows_a_rule_for_each_of_ours(privacy, cms):
    html = Editor(cms, privacy).opens().text
    found = re.search(r'<script id="checker-axe-configuration"[^>]*>(.*?)</script>', html, re.DOTALL)
    configuration = json.loads(found[1])
    for rule in RULES:
        assert f"policy-{rule.key}" in configuration["options"]["runOnly"]
        assert configuration["messages"][f"policy-{rule.key}"]["error_name"] == rule.title
    assert "alt-text-quality" in configuration["options"]["runOnly"]
    assert f'href="{url(privacy)}"' in html


def test_the_page_costs_the_same_for_a_long_text(privacy, cms, django_assert_max_num_queries):
    a_waiting_draft(privacy, a_document(*(f"w{number} is TODO and so on" for number in range(30))))
    cms.get(url(privacy))
    with django_assert_max_num_queries(19):
        cms.get(url(privacy))


def look_at(client, page):
    return text_of(client.get(reverse("policies_cms:look", args=[page.pk])))


def test_the_look_before_an_announcement_shows_the_remarks(privacy, cms):
    a_waiting_draft(privacy, BAD)
    words = look_at(cms, privacy)
    assert "What the checks remark" in words
    assert "A placeholder is left in the text." in words
    assert "It cannot be announced as it stands" not in words


def test_a_link_that_leads_nowhere_stands_among_the_refusals_and_once_only(privacy, cms):
    document = a_document("cookies are small")
    link = Paragraph(inline(Run("here", href="/nonsense/")))
    a_waiting_draft(privacy, replace(document, sections=(replace(document.sections[0], blocks=(link,)),)))
    words = look_at(cms, privacy)
    assert "It cannot be announced as it stands" in words
    assert words.count("/nonsense/”: there is no such page") == 1


def test_the_remarks_are_left_out_where_nothing_would_be_announced(privacy, cms):
    assert "What the checks remark" not in look_at(cms, privacy)
