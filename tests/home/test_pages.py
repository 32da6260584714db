import datetime as dt
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from home.context import facts, menu_entries
from home.models import HomePage, Organisation, StandardPage
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft, announce

STYLESHEET = settings.BASE_DIR / "plum" / "static" / "css" / "site.css"
TEMPLATES = settings.BASE_DIR / "templates"
STANDALONE = ["400.html", "500.html", "503.html"]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """The cache outlives a test's rolled back rows."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def organisation(db) -> Organisation:
    organisation = Organisation.for_site(Site.objects.get())
    organisation.name = "Plum Medical Services"
    organisation.postal_address = "1 Orchard Road\nWorcester"
    organisation.email = "hello@example.org"
    organisation.phone = "01632 960 123"
    organisation.save()
    return organisation


@pytest.fixture
def privacy(db) -> PolicyPage:
    page = a_draft()
    announce(page)
    return page


def a_page(title: str = "About us", **more) -> StandardPage:
    words = {"introduction": "Who we are.", "body": "<p>Some words.</p>", "show_in_menus": True}
    return HomePage.objects.get().add_child(instance=StandardPage(title=title, **words | more))


def read(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def menu_of(html: str) -> list[str]:
    nav = re.search(r'<nav class="site-nav".*?</nav>', html, re.S)
    return re.findall(r"<a [^>]*>([^<]+)</a>", nav[0])


def test_home_shows_the_policies_in_force_with_number_and_date(client, privacy):
    html = read(client, "/")
    today = dt.date.today()
    assert '<a href="/policies/privacy/">Privacy policy</a>' in html
    assert "Version 1.0" in html
    assert f'<time datetime="{today.isoformat()}">{today.day} {today:%B %Y}</time>' in html
    assert "What is changing" not in html


def test_home_shows_what_is_upcoming_with_its_date_and_why(client, privacy):
    begins = dt.date.today() + dt.timedelta(days=30)
    announce(privacy, a_document("cookies are gone"), effective_from=begins, change_summary="We set no cookies.")
    html = read(client, "/")
    assert "What is changing" in html
    assert '<a href="/policies/privacy/versions/2.0/">Privacy policy, version 2.0</a>' in html
    assert f'<time datetime="{begins.isoformat()}">' in html
    assert "We set no cookies." in html
    assert "Version 1.0" in html


@pytest.mark.parametrize("address", ["/", "/policies/"])
def test_what_is_upcoming_leads_to_its_changes_and_no_summary_is_cut(client, privacy, address):
    begins = dt.date.today() + dt.timedelta(days=30)
    summary = f"We say {'again and again ' * 40}what we do.\n\nYou do not have to do anything."
    announce(privacy, a_document("cookies are gone"), effective_from=begins, change_summary=summary)
    first_of_its_policy = a_draft(a_document("boats are small"), slug="boats")
    announce(first_of_its_policy, effective_from=begins)
    html = read(client, address)
    assert "what we do.</p><p>You do not have to do anything.</p>" in html
    assert re.findall(r'href="(/policies/\w+/compare/[^"]+)"', html) == ["/policies/privacy/compare/1.0/2.0/"]


def test_home_shows_no_draft(client, db):
    a_draft(a_document("secret plans"))
    html = read(client, "/")
    assert "No policy is in force yet" in html
    assert "Privacy policy" not in html


def test_home_shows_the_introduction_the_body_and_the_contact(client, organisation):
    home = HomePage.objects.get()
    home.introduction, home.body = "We look after people.", "<h2>Our clinics</h2><p>Three of them.</p>"
    home.save()
    html = read(client, "/")
    for words in (
        "We look after people.",
        "Our clinics",
        "1 Orchard Road",
        'href="/contact/',
        "tel:01632960123",
    ):
        assert words in html


def test_home_does_without_an_organisation(client, db):
    assert 'id="contact"' not in read(client, "/")


def test_a_plain_page_shows_its_text_under_its_parents(client, db):
    a_page()
    html = read(client, "/about-us/")
    assert "<title>About us – testserver</title>" in html
    assert "Who we are." in html
    assert "Some words." in html
    assert '<span aria-current="page">About us</span>' in html


@pytest.mark.parametrize("address", ["/about-us/", "/contact/", "/policies/", "/policies/privacy/"])
def test_the_way_back_begins_at_home_everywhere(client, organisation, privacy, address):
    a_page()
    crumbs = re.search(r'<nav class="breadcrumbs".*?</nav>', read(client, address), re.S)[0]
    assert re.findall(r">([^<>]+)</a>", crumbs)[:1] == ["Home"]
    assert organisation.name not in crumbs


def test_every_page_has_a_skip_link_a_language_and_one_heading(client, organisation, privacy):
    a_page()
    for address in ("/", "/about-us/"):
        html = read(client, address)
        assert '<html lang="en-GB">' in html
        assert '<a class="skip-link" href="#content">' in html
        assert html.count("<h1") == html.count('<main id="content"') == 1


def test_the_menu_has_the_live_pages_that_are_meant_for_it(client, db):
    a_page()
    a_page("Not in menus", show_in_menus=False)
    a_page("A draft", live=False)
    assert menu_of(read(client, "/")) == ["Home", "Policies", "About us", "Your account"]


def test_the_menu_follows_what_editors_do(client, db):
    read(client, "/")
    page = a_page()
    assert "About us" in menu_of(read(client, "/"))
    page.title = "Who we are"
    page.save_revision().publish()
    assert "Who we are" in menu_of(read(client, "/"))
    page.unpublish()
    assert "Who we are" not in menu_of(read(client, "/"))


def test_the_footer_follows_the_settings(client, organisation):
    assert "Plum Medical Services" in read(client, "/")
    organisation.name = "Damson Dental"
    organisation.save()
    assert "Plum Medical Services" not in read(client, "/")


def test_a_change_is_forgotten_again_when_it_is_committed(organisation, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        organisation.save()
    stale = facts()
    organisation.__class__.objects.filter(pk=organisation.pk).update(name="Damson Dental")
    assert facts() == stale
    for callback in callbacks:
        callback()
    assert facts().organisation.name == "Damson Dental"


def test_the_frame_costs_no_query_once_it_is_known(db, organisation):
    a_page()
    facts()
    with CaptureQueriesContext(connection) as queries:
        assert facts().menu
    assert len(queries) == 0


def test_the_frame_does_without_a_site(db):
    Site.objects.all().delete()
    assert facts().menu == []


def test_the_list_of_policies_is_not_twice_in_the_menu(db):
    home = HomePage.objects.get()
    home.get_children().update(show_in_menus=True)
    assert [entry.url for entry in menu_entries(home)] == ["/contact/"]


def test_public_pages_neither_set_nor_vary_on_cookies(client, privacy):
    a_page()
    for address in ("/", "/about-us/"):
        response = client.get(address)
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


def test_the_page_for_a_wrong_address_helps(client, organisation):
    html = read(client, "/no/such/page/", 404)
    assert "Page not found" in html
    assert 'href="/policies/"' in html
    assert 'href="/contact/"' in html
    assert "noindex" in html


def test_a_form_that_cannot_be_trusted_is_refused_with_what_to_do(organisation):
    refused = Client(enforce_csrf_checks=True).post("/contact/")
    assert refused.status_code == 403
    assert "<h1>Please send the form again</h1>" in refused.text
    assert "allow cookies" in refused.text
    assert organisation.name in refused.text


@pytest.mark.parametrize("name", STANDALONE)
def test_pages_for_trouble_need_nothing(name):
    from django.template import loader

    html = loader.get_template(name).render()
    assert "<h1>" in html
    assert '<a class="button" href="/">' in html


def test_the_stylesheet_is_small_and_asks_for_nothing():
    css = STYLESHEET.read_text()
    assert len(css.encode()) < 31 * 1024
    assert "@import" not in css
    assert "url(" not in css


def test_every_class_of_the_style_sheets_stands_in_a_template_or_in_code():
    """What a page has no more is not sent any more. Some are put together: `tag--` and a standing."""
    folders = (TEMPLATES, *(settings.BASE_DIR / name for name in ("plum", "home", "policies", "accounts")))
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".html", ".py", ".js"}]
    said = "\n".join(path.read_text() for path in files)
    made = re.compile(r"(?:tag|cell|redline__row|redline__line)--\w+|errorlist")
    names = {
        name
        for sheet in STYLESHEET.parent.glob("*.css")
        if sheet.name in {"site.css", "forms.css", "redline.css"}
        for name in re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL))
    }
    known = set(re.findall(r"[\w-]+", said))
    assert sorted(name for name in names - known if not made.fullmatch(name)) == []


def public_templates() -> list[Path]:
    """All but those of the CMS, mails, and the pages inside a download or evidence, which stand alone."""
    found = [path for path in TEMPLATES.rglob("*.html") if path.name != "message.html"]
    return [path for path in found if not {"cms", "archive", "evidence"} & {*path.relative_to(TEMPLATES).parts}]


@pytest.mark.parametrize("path", public_templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_has_inline_styles_or_scripts(path):
    html = path.read_text()
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|=\s*[\"']javascript:", html, re.I)
    for script in re.findall(r"<script\b[^>]*>(?!{{ first_script }}</script>)", html, re.I):
        assert "src=" in script or "application/ld+json" in script
    assert not re.search(r"(?:src|<link[^>]*href)\s*=\s*[\"'](?:https?:)?//", html, re.I)


def test_the_one_script_that_stands_in_pages_is_known_to_their_policy_by_its_hash(client, db):
    answer = client.get("/")
    scripts = [script for script in re.findall(r"<script\b([^>]*)>(.*?)</script>", answer.text, re.DOTALL) if script[1]]
    (said,) = [words for attributes, words in scripts if "application/ld+json" not in attributes]
    its_hash = b64encode(sha256(said.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{its_hash}';" in answer["Content-Security-Policy"] + ";"
