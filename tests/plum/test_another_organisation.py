"""Another organisation's site is its own: nothing on it says whose software it is."""

import io
import re
import subprocess
import zipfile
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from accounts.values.organisation import organisation
from home.models import HomePage, StandardPage
from home.operations.housekeeping import keep_house
from home.organisation.sheet import address_of
from policies.notices.letter.identity import sender
from policies.notices.letter.writing import Earlier, FollowUp, Letter, Occasion
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.contact import a_form, an_organisation
from tests.making.editing import form_with
from tests.making.evidence import address_of_evidence
from tests.making.followers import ask_to_follow
from tests.making.images import a_picture
from tests.making.people import a_person, confirm_identity, sign_in
from tests.making.policies import a_document, a_draft, announce
from tests.making.rights import confirmed_stranger
from tests.making.walking import walk
from tests.plum.budgets import addresses
from tests.rubbish import visiting

# The demo is of an organisation; the licence says who wrote this; the readme and the guides say what it is.
MAY_NAME_US = ("home/demo", "tests/", "docs/", "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
ADDRESSES = (
    "/", "/policies/", "/accessibility/", "/contact/", "/data-rights/", "/account/login/", "/account/signup/",
    "/robots.txt", "/sitemap.xml", "/policies/feed.atom", "/policies/privacy/feed.atom", "/nonsense/",
    "/policies/privacy/versions/1.0/text/", "/policies/privacy/versions/1.0/json/", "/account/password/reset/",
)  # fmt: skip
FIGURES = "/metrics"  # read by operators' programs, under the name of the program that they are of


def test_nothing_of_the_tree_names_us_but_demo_tests_and_guides():
    listed = subprocess.check_output(["git", "ls-files"], cwd=settings.BASE_DIR, text=True).splitlines()
    named = []
    for name in listed:
        path = Path(settings.BASE_DIR) / name
        if not name.startswith(MAY_NAME_US) and path.is_file():
            text = path.read_bytes()
            named += [name] if re.search(rb"plum[ _-]?medical", text, re.IGNORECASE) else []
    assert named == []


def test_no_page_style_or_script_carries_our_name():
    root = Path(settings.BASE_DIR)
    files = [*root.glob("templates/**/*.*"), *root.glob("plum/static/**/*.*")]
    assert [str(path) for path in files if re.search(rb"plum", path.read_bytes(), re.IGNORECASE)] == []
    assert [str(path) for path in root.glob("plum/static/**/*plum*")] == []


@pytest.fixture
def acme(db):
    """Another organisation, with other colours and a logo, an announced policy and a page."""
    logo = a_picture("Acme")
    an_organisation(
        name="Acme Dental Ltd", legal_name="Acme Dental Limited", email="office@acme.example", colour="#00695c",
        second_colour="#ffcc80", logo=logo, mark=logo,
    )  # fmt: skip
    page = a_draft()
    announce(page)
    announce(page, a_document("cookies are gone"), change_summary="We set no cookies.")
    about = StandardPage(title="About us", body="<p>Teeth.</p>", show_in_menus=True)
    HomePage.objects.get().add_child(instance=about)
    return organisation()


def our_name_in(texts: dict[str, str]) -> dict[str, str]:
    """Return where our name stands, with what is around it; where software looks for its own files is no such place."""
    found = {place: re.search(r".{0,60}plum.{0,60}", text, re.IGNORECASE) for place, text in texts.items()}
    return {place: match[0] for place, match in found.items() if match}


def test_no_public_page_feed_or_file_carries_our_name(acme):
    pages = walk(Client(), *ADDRESSES)
    assert len(pages) > 25
    assert our_name_in(pages) == {}
    assert all("Acme Dental Ltd" in pages[address] for address in ADDRESSES[:7])


def test_no_page_of_an_account_no_mail_and_no_download_carries_our_name(acme, client):
    client.post("/account/signup/", {"email": "new@example.org", "password1": "correct horse battery"})
    client.post("/account/password/reset/", {"email": "new@example.org"})
    client.post("/contact/", a_form())
    a_person()
    sign_in(client)
    confirm_identity(client)
    download = client.post("/account/data/download/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(download.streaming_content)))
    texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert our_name_in({"name": download["Content-Disposition"]} | texts) == {}
    pages = walk(client, "/account/")
    assert len(pages) > 10
    assert our_name_in(pages) == {}
    call_command("housekeeping")
    assert len(mail.outbox) > 2
    assert our_name_in({one.subject: str(one.message()) for one in mail.outbox}) == {}
    assert all(one.from_email.startswith("Acme Dental Ltd <") for one in mail.outbox)


def test_no_page_of_the_cms_carries_our_name(acme, cms):
    pages = walk(cms, "/cms/")
    assert len(pages) > 60
    assert our_name_in(pages) == {}
    assert "Acme Dental Ltd" in pages["/cms/"]


@pytest.mark.parametrize("who", ["visitor", "superuser"])
def test_no_address_of_ours_carries_our_name_whoever_opens_it(acme, who, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "ledger.jsonl"  # the doctor says where it is on the machine
    boss = a_person("boss@example.org", is_superuser=True)
    cookies = {"visitor": SimpleCookie()} | visiting.signed_in({"superuser": boss})
    known = addresses.lay_out(a_person())
    client = Client(raise_request_exception=False)
    client.cookies = cookies[who]
    said = {}
    for address in (addresses.filled(template, known) for template in addresses.templates() if template != FIGURES):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said[address] = f"{answer.headers}\n{body.decode('utf-8', 'ignore')}"
    assert our_name_in(said) == {}
    assert sum("Acme Dental" in words for words in said.values()) > 50


@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("to_followers", [True, False])
def test_no_notice_carries_our_name(acme, occasion, to_followers):
    old, new = PolicyVersion.objects.order_by("sequence")
    again = occasion in {Occasion.CORRECTION, Occasion.WITHDRAWAL}
    answer = FollowUp(Earlier(timezone.localdate(), ("", "")), "We are sorry.", old, []) if again else None
    letter = Letter(new, old, occasion, True, "", sender(), True, answer, to_followers)
    context = letter.context("token") | {"subject": ""}
    names = ("subject.txt", "message.txt", "message.html")
    said = {name: render_to_string(f"notices/letter/{name}", context) for name in names}
    assert our_name_in(said) == {}
    assert "Acme Dental Ltd" in said["message.txt"] and "#00695c" in said["message.html"]


def test_no_mail_to_a_follower_or_about_a_request_and_no_evidence_carries_our_name(acme, cms):
    confirmed_stranger(Client())
    ask_to_follow(Client())
    keep_house()
    assert len(mail.outbox) > 2
    said = {one.subject: str(one.message()) for one in mail.outbox}
    pack = cms.post(address_of_evidence(PolicyPage.objects.get()), {"of": "version"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pack.streaming_content)))
    said |= {name: archive.read(name).decode() for name in archive.namelist()}
    assert our_name_in(said | {"name": pack["Content-Disposition"]}) == {}
    assert all("Acme Dental Ltd" in str(one.message()) for one in mail.outbox)


@pytest.mark.parametrize("mode", ["", "redline"])
def test_a_preview_is_the_organisations_own(acme, cms, mode):
    preview = f"/cms/pages/{PolicyPage.objects.get().pk}/edit/preview/"
    cms.post(preview, form_with(a_document("cookies are new")))
    shown = cms.get(preview, {"mode": mode}).text
    assert our_name_in({mode: shown}) == {}
    assert f'href="{address_of(organisation())}"' in shown and organisation().logo.url in shown
