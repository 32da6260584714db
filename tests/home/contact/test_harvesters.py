"""No e-mail address stands in a page that anybody can fetch; people read, copy and click it all the same."""

import json
import re
from hashlib import sha256

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from home.contact.harvesters import link_to
from home.models import HomePage, StandardPage
from policies.texts.document import Contact, Document, Notice, Paragraph, Run, Section, Table, digest, inline
from policies.texts.importing.saved_page import document_on_page
from policies.texts.shy_addresses import shy_html, shy_json, written_plainly
from policies.versions.models import PolicyVersion
from tests.making.contact import OURS, addresses_in, an_organisation
from tests.making.policies import a_draft, announce

DPO = "dpo@plum.example"
LINK = re.compile(r'(?:href|src)="(?:https://testserver)?(/[^"#]*)')
LEADS_ON = re.compile(r'href="(/contact/write/[^"]+)"')
# Behind these people see what is theirs, or it is no page.
NOT_PUBLIC = ("/cms/", "/static/", "/dev/")


def a_talkative_document(more: str = "") -> Document:
    """A policy with an address wherever one can stand."""
    said = inline(f"Write to {DPO}, or ", Run("here", href=f"mailto:{DPO}?subject=Policy"), f".{more}")
    blocks = (
        Paragraph(said),
        Notice(inline(DPO), (said,)),
        Table((inline("Whom"), inline(f"Ask {DPO}")), ((said, said),)),
        Contact("Plum", ("Hitchin",), DPO),
    )
    return Document("Privacy policy", (Paragraph(said),), (Section(inline(f"Ask {DPO}"), blocks),))


@pytest.fixture
def talkative(db):
    """A site on which everything names an address: organisation, pages, two versions, what changed."""
    an_organisation()
    home = HomePage.objects.get()
    home.introduction, home.body = f"Or {OURS}.", f'<p><a href="mailto:{OURS}">Write</a> to {OURS}</p>'
    home.save_revision().publish()
    body = f'<p>Ask <a href="mailto:{OURS}">{OURS}</a></p>'
    home.add_child(instance=StandardPage(title="About", slug="about", body=body, show_in_menus=True))
    page = a_draft(a_talkative_document())
    announce(page)
    announce(page, a_talkative_document(" We answer."), change_summary=f"Says that we answer. Ask {DPO}.")
    cache.clear()


def everything_public(client):
    """Every answer that leads from the home page, as somebody without an account gets it."""
    waiting, seen = (
        [
            "/",
            "/policies/",
            "/policies/feed.atom",
            "/sitemap.xml",
            "/robots.txt",
            "/contact/",
            "/account/login/",
            "/nowhere/",
        ],
        set(),
    )
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(NOT_PUBLIC):
            continue
        seen.add(address)
        answer = client.get(address)
        yield address, answer
        if "html" in answer.headers.get("Content-Type", ""):
            waiting += LINK.findall(answer.content.decode().replace("&amp;", "&"))


def test_no_public_page_feed_or_file_has_an_address_but_the_announced_text_itself(client, talkative):
    read, texts = set(), set()
    for address, answer in everything_public(client):
        if answer.headers.get("Content-Type", "").startswith("text/plain") and address.endswith("/text/"):
            texts.add(address)
            continue
        assert addresses_in(answer) == [], address
        read.add(address)
    assert {"/", "/about/", "/contact/", "/policies/privacy/compare/1.0/2.0/", "/policies/feed.atom"} <= read
    assert {"/data-rights/", "/cookies/", "/account/login/", "/account/signup/"} <= read
    assert {"/policies/privacy/versions/2.0/", "/policies/privacy/versions/2.0/json/"} <= read
    assert any(address.startswith("/contact/write/") for address in read)
    assert texts == {f"/policies/privacy/versions/{number}/text/" for number in ("1.0", "2.0")}


def test_the_plain_text_stays_true_and_the_json_says_the_same(client, talkative):
    data = client.get("/policies/privacy/versions/2.0/json/").json()
    text = client.get("/policies/privacy/versions/2.0/text/").content
    assert sha256(text).hexdigest() == data["digest"]
    assert DPO.encode() in text and DPO in json.dumps(data)


def test_a_saved_page_is_still_the_version_that_it_shows(client, talkative):
    page = client.get("/policies/privacy/versions/2.0/").content.decode()
    found = client.post("/policies/privacy/verify/", {"text": page}).content.decode()
    assert "This is version 2.0" in found
    document = document_on_page(page)
    assert document and digest(document) == PolicyVersion.objects.get(major=2).digest


def test_without_scripts_a_step_makes_the_address_a_link(client, talkative):
    page = client.get("/contact/").content.decode()
    shown = re.sub(r"<span[^>]* hidden>.*?</span>", "", page)
    assert f">{OURS}</a>" in shown, "people read and copy the whole address"
    leads = LEADS_ON.search(page)[1]
    step = client.get(leads)
    assert addresses_in(step) == []
    opened = client.post(leads).content.decode()
    assert f'href="mailto:{OURS}"' in opened and "noindex" in opened


def test_a_link_that_is_none_of_ours_shows_no_address(client, talkative):
    leads = link_to(OURS)
    assert client.get(leads).status_code == 200
    for forged in (
        leads.replace("/write/", "/write/x"),
        "/contact/write/ZXZpbEBleGFtcGxlLm9yZw.abc/",
        "/contact/write/x/",
    ):
        assert client.post(forged).status_code == 404


@given(st.text(alphabet='a@. <&;"é', max_size=30))
def test_no_words_are_lost_on_the_way_there_and_back(words):
    from django.utils.html import escape

    html = f'<p title="{escape(words)}">{escape(words)}</p><a href="mailto:a@b.example">{escape(words)}</a>'
    back = written_plainly(shy_html(html, link_to))
    assert back.replace("&#64;", "@") == html


@given(st.dictionaries(st.text(alphabet='@a" ', max_size=6), st.text(alphabet='@a" \\', max_size=12)))
def test_json_says_the_same(data):
    assert json.loads(shy_json(json.dumps(data))) == data
