"""What the demo's policies and the seed document promise, the site does: each link, page, form and right."""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import Resolver404, resolve

from home.demo import TEXTS, lay_demo
from home.models import Organisation
from policies.versions.models import PolicyVersion
from tests.making.contact import addresses_in
from tests.making.people import a_person

SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "plum-privacy-policy.txt"
LINK = re.compile(r"\]\((/[^)\s#]*)")
# What the policies say in words, and where it is kept: what the page has besides opening.
WORDS = {
    r"with \[our online form\]\(/data-rights/\)": ("/data-rights/", "<form"),
    r"or to complain, please write to us by e-mail or by post": ("/contact/", "mailto:"),
    r"you can download everything in it yourself": ("/account/data/", "ownload"),
    r"you can change \[your details\]": ("/account/details/", "<form"),
    r"you may close it at any time": ("/account/close/", "lose"),
    r"You may tell us at any time not to use your information for marketing": ("/account/preferences/", "Mail about"),
    r"The \[cookies page\]\(/cookies/\) shows the cookies of this website and any\s+choices": ("/cookies/", "theme"),
    r"Deal with enquiries and other complaints": ("/contact/", "<form"),
}
# The seed document's own promises that name a page, a form or a right, in its words.
SEED_WORDS = {
    "You may instruct us to provide you with any personal information we hold about you": ("/account/data/", "ownload"),
    "Provision of such information will be subject the payment of a fee": ("/data-rights/", "<form"),
    "We may withhold such personal information to the extent permitted by law": ("/data-rights/", "<form"),
    "instruct us not to process your personal information for marketing purposes": ("/account/preferences/", "<form"),
    "an opportunity to opt-out of the use of your personal information": ("/account/preferences/", "<form"),
    "personal information which we hold about you needs to be corrected or updated": ("/account/details/", "<form"),
    "deal with enquiries and complaints made by or about you": ("/contact/", "<form"),
    "please write to us by email": ("/contact/", "/contact/write/"),
    "or by post to Plum Medical Services, Frogmore Cottage": ("/contact/", "Frogmore Cottage"),
    "notify you of changes to our privacy policy by email": ("/account/preferences/", "Mail about our policies"),
    "subscribing to our website services, email notifications": ("/account/preferences/", "<form"),
}


def texts() -> str:
    return "\n".join(path.read_text() for path in sorted(TEXTS.glob("*-*.md")))


@pytest.fixture
def signed_in(client, db):
    client.force_login(a_person())
    return client


def leads_somewhere(address: str) -> bool:
    try:
        return resolve(address).url_name != "wagtail_serve"
    except Resolver404:
        return False


def test_every_link_of_the_demos_policies_opens(signed_in, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    lay_demo()
    cache.clear()
    links = set(LINK.findall(texts()))
    assert {"/contact/", "/data-rights/", "/account/details/", "/policies/cookies/"} <= links
    assert {link for link in links if signed_in.get(link, follow=True).status_code != 200} == set()
    for version in PolicyVersion.objects.all():
        page = signed_in.get(version.get_absolute_url())
        assert addresses_in(page) == [] and "@" not in version.text, version
    organisation = Organisation.objects.get()
    step = re.search(r'href="(/contact/write/[^"]+)"', signed_in.get("/contact/").content.decode())[1]
    assert f"mailto:{organisation.email}" in signed_in.post(step).content.decode()


@pytest.mark.parametrize("words", WORDS)
def test_what_the_demos_policies_promise_in_words_is_there(signed_in, words):
    address, has = WORDS[words]
    assert re.search(words, texts()), "the policies say so no longer: take it out of this list"
    page = signed_in.get(address)
    assert page.status_code == 200 and (has in page.content.decode() or has == "mailto:")


@pytest.mark.skipif(not SEED.exists(), reason="../shared with the seed document is not here")
@pytest.mark.parametrize("words", SEED_WORDS)
def test_what_the_seed_document_promises_is_there(signed_in, words):
    from tests.making.contact import an_organisation

    an_organisation(postal_address="Frogmore Cottage\nKings Walden")
    cache.clear()
    assert words in " ".join(SEED.read_text().split()), "the seed says so no longer"
    address, has = SEED_WORDS[words]
    assert has in signed_in.get(address).content.decode()
