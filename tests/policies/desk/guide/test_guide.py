"""The guide for editors inside the CMS, and the CMS's own looks: our mark, our words, nothing that leads away."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from home.models import Organisation
from policies.desk.guide import page as guide_page
from policies.desk.guide.page import read_guide
from tests.making.people import a_person

pytestmark = pytest.mark.django_db
GUIDE = "/cms/guide/"


def test_the_guide_is_shown_with_its_chapters(cms):
    guide = read_guide()
    html = cms.get(GUIDE).text
    assert guide.title in html
    for chapter in guide.chapters:
        assert f'<a href="#{chapter.address}">' in html
        assert f'<h2 id="{chapter.address}">' in html


def test_the_guides_pictures_come_from_the_cms_and_only_they(cms, tmp_path, monkeypatch):
    (tmp_path / "look.webp").write_bytes(b"a picture")
    monkeypatch.setattr("policies.desk.guide.views.PICTURES", tmp_path)
    answer = cms.get(reverse("policies_guide:picture", args=["look.webp"]))
    assert (answer.headers["content-type"], b"".join(answer.streaming_content)) == ("image/webp", b"a picture")
    for name in ("nothing.webp", "look.txt"):
        assert cms.get(f"/cms/guide/pictures/{name}").status_code == 404


def test_pictures_and_html_in_the_text_are_made_safe():
    made = guide_page._made("# Guide\n\n## One two\n\n![A look](pictures/look.webp)\n\n<script>alert(1)</script>\n")
    assert (made.title, made.chapters[0].address) == ("Guide", "one-two")
    assert '<img src="/cms/guide/pictures/look.webp" alt="A look" loading="lazy"' in made.html
    assert "<script>" not in made.html
    assert "<h1" not in made.html


@pytest.mark.parametrize("address", [GUIDE, f"{GUIDE}pictures/look.webp"])
def test_only_who_may_enter_the_cms_sees_the_guide(verified, address):
    assert Client().get(address).status_code == 302
    answer = verified(Client(), a_person()).get(address)
    assert answer.status_code in (302, 403)


def test_a_missing_guide_is_no_error(cms, monkeypatch, tmp_path):
    monkeypatch.setattr(guide_page, "GUIDE", tmp_path / "none.md")
    assert cms.get(GUIDE).status_code == 404


def test_help_leads_to_our_guide_and_nowhere_else(cms):
    html = cms.get("/cms/").text
    assert f'"{GUIDE}"' in html
    assert "guide.wagtail.org" not in html
    assert "Editor Guide" not in html
    assert "What\\u0027s new" not in html


def test_wagtails_reports_that_say_nothing_here_are_out_of_the_menu(cms):
    html = cms.get("/cms/").text
    assert "Aging pages" not in html
    assert "Page types usage" not in html
    assert "Site history" in html


def test_the_cms_has_the_organisations_name_and_mark(cms):
    site = Site.objects.get(is_default_site=True)
    organisation = Organisation.for_site(site)
    organisation.name = "Quince Care"
    organisation.save()
    html = cms.get("/cms/").text
    assert "- Quince Care</title>" in " ".join(html.split())
    assert 'alt="Quince Care"' in html
    mark = re.search(r'src="(/identity/\w+/mark\.svg)"', html)[1]
    assert f'rel="icon" href="{mark}"' in html
    assert ">Q</text>" in cms.get(mark).text


def test_every_picture_of_the_guide_is_there_and_small_and_every_one_is_shown():
    named = set(re.findall(r"\]\(pictures/([\w-]+\.webp)\)", guide_page.GUIDE.read_text(encoding="utf-8")))
    there = {path.name: path.stat().st_size for path in guide_page.PICTURES.iterdir()}
    assert set(there) == named
    assert max(there.values()) < 60_000


def test_every_picture_says_what_it_shows():
    assert "![](" not in guide_page.GUIDE.read_text(encoding="utf-8")
