"""Every word of ours that a person reads, on pages and in mails, is one that a translator is given."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.core import mail
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from home.models import ContactPage, HomePage, StandardPage
from policies.notices.letter.writing import Earlier, FollowUp, Letter, Occasion, Sender
from policies.writing.drafting import sections_data
from policies.writing.models import PolicyIndexPage, PolicyPage
from tests.making.contact import a_form, an_enquiry, an_organisation
from tests.making.every_block import in_greek
from tests.making.followers import a_follower, ask_to_follow
from tests.making.people import PASSWORD, a_person, confirm_identity, sign_in
from tests.making.policies import a_draft, announce
from tests.making.pseudo_locale import LATIN, greek, marked, unmarked, unmarked_in_page
from tests.making.rights import a_request, confirmed_stranger
from tests.making.walking import walk

__all__ = ["marked"]

# The exceptions: what is called so in every language, what is not ours, and what is not translated.
NAMES = re.compile(
    r"Information Commissioner’s Office|Wycliffe House|Water Lane|Wilmslow|Cheshire"  # the regulator
    r"|UK GDPR, Article \w+|Regulation 1182/71, Article 3|Data Protection Act 2018, section \w+"  # laws
    r"|E-mail:|Telephone:|\([a-z]\)"  # of a policy's text as it was announced, whose digest may not change
    r"|^(?:Ctrl \+ .*|Esc|Root|localhost|value: Search|: Root.*|aria-label: Actions|None)$"  # Wagtail's
)
NOT_TRANSLATED = (
    "/cms/guide/",  # docs/editors.md, a document of its own
    "/cms/account/",  # Wagtail's: time zones, and languages in their own words
    "/cms/sites/",  # Wagtail's
    "/cms/reports/doctor/",  # what `manage.py doctor` prints, with names of settings and commands
)
PUBLIC = (
    "/", "/policies/", "/accessibility/", "/contact/", "/cookies/", "/data-rights/", "/account/login/",
    "/account/signup/", "/account/password/reset/", "/nonsense/", "/policies/nonsense/",
    "/policies/privacy/versions/9.9/", "/policies/privacy/compare/1.0/1.0/", "/policies/privacy/compare/2.0/1.0/",
    "/policies/privacy/compare/1.0/2.0/?view=side", "/policies/privacy/on/?date=2011-01-01",
    "/policies/privacy/on/?date=x", "/policies/privacy/compare/?from=1.0&to=1.0", "/policies/privacy/versions/3.0/",
    "/policies/privacy/versions/1.0/", "/account/unsubscribe/nonsense/", "/account/close/back/nonsense/",
)  # fmt: skip
OF_A_POLICY = (
    "look/", "redline/", "checks/", "reviews/", "reviews/ask/", "import/", "versions/", "versions/2.0/evidence/",
    "versions/3.0/withdraw/",
)  # fmt: skip
REPORTS = (
    "/cms/policies/import/", "/cms/policies/two-people/", "/cms/reports/doctor/", "/cms/reports/pages-opened/",
    *(f"/cms/policies/reports/{name}/" for name in ("hand", "versions", "notices", "engagement", "people", "answers")),
    *(f"/cms/accounts/{name}/" for name in ("consents", "processing", "closings")), "/cms/data-protection/holidays/",
)  # fmt: skip


@pytest.fixture
def world(db, marked):
    """A site whose data have no Latin letter: a policy that changed and will again, a page, an organisation."""
    an_organisation(
        name=greek("office"), legal_name=greek("office ltd"), company_number="1", registered_office=greek("street"),
        registration="1", postal_address=greek("street"), email="office@example.org",
    )  # fmt: skip
    PolicyIndexPage.objects.update(title=greek("policies"), draft_title=greek("policies"))
    HomePage.objects.update(title=greek("home"), draft_title=greek("home"))
    ContactPage.objects.update(
        title=greek("write"), draft_title=greek("write"), search_description=greek("write"), seo_title=greek("write")
    )
    page = a_draft(in_greek("cookies are small"))
    announce(page)
    announce(page, in_greek("cookies are large"), change_summary=greek("larger"))
    later = timezone.localdate() + dt.timedelta(days=60)
    announce(page, in_greek("cookies are gone"), change_summary=greek("gone"), effective_from=later)
    about = StandardPage(title=greek("about"), body=f"<p>{greek('teeth')}</p>", show_in_menus=True)
    HomePage.objects.get().add_child(instance=about)
    a_request(name=greek("olive"), details=greek("all of it"))
    an_enquiry(Client(), name=greek("ann"), words=greek("hello"))
    a_follower(page=page)
    return page


def a_saved_draft(page: PolicyPage) -> None:
    draft = PolicyPage.objects.get(pk=page.pk)
    draft.sections = sections_data(in_greek("cookies are back"))
    draft.significance, draft.kinds, draft.change_summary = "amendment", ["other"], greek("back")
    draft.save_revision()


def bare(pages: dict[str, str]) -> dict[str, list[str]]:
    """Return the words outside of marks, by page; a line that stands on several is told once."""
    told: set[str] = set()
    found = {}
    for address, text in pages.items():
        if "<html" in text and not address.startswith(NOT_TRANSLATED):
            new = {line for line in unmarked_in_page(text) if LATIN.search(NAMES.sub("", line))} - told
            found |= {address: sorted(new)} if new else {}
            told |= new
    return found


def test_on_public_pages(world):
    stranger = Client()
    asked = confirmed_stranger(stranger, details=greek("all of it"), name=greek("olive"))
    pages = walk(stranger, *PUBLIC, asked)
    assert len(pages) > 40
    assert bare(pages) == {}


def test_on_pages_of_an_account(world, client):
    a_person(first_name=greek("ann"), last_name=greek("oak"))
    sign_in(client)
    confirm_identity(client)
    pages = walk(client, "/account/")
    assert len(pages) > 25
    download = client.post("/account/data/download/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(download.streaming_content)))
    pages |= {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
    assert bare(pages) == {}


def test_on_pages_of_the_cms(world, client, verified):
    editor = User.objects.create_superuser("editor@example.org", "a long enough password", first_name=greek("edith"))
    cms = verified(client, editor)
    TOTPDevice.objects.update(name=greek("my app"))
    a_saved_draft(world)
    person = a_person(first_name=greek("ann"), last_name=greek("oak"))
    of_policy = [f"/cms/policies/{world.pk}/{rest}" for rest in OF_A_POLICY]
    of_person = [f"/cms/accounts/{person.pk}/{rest}/" for rest in ("reset", "invite", "close")]
    pages = walk(cms, "/cms/", f"/cms/pages/{world.pk}/edit/", *of_policy, *of_person, *REPORTS)
    assert len(pages) > 100
    assert bare(pages) == {}


def test_in_mails_about_an_account(world, client):
    client.post("/account/signup/", {"email": "new@example.org", "password1": "correct horse battery"})
    client.post("/account/password/reset/", {"email": "nobody@example.org"})
    client.post("/contact/", a_form(name=greek("ann"), words=greek("hello")))
    a_person(first_name=greek("ann"), last_name=greek("oak"))
    sign_in(client)
    confirm_identity(client)
    list(client.post("/account/data/download/").streaming_content)
    client.post("/account/email/", {"email": "other@example.org", "action_add": ""})
    passwords = {"password1": "violin cloud 9 basket", "password2": "violin cloud 9 basket"}
    client.post("/account/password/change/", {"oldpassword": PASSWORD} | passwords)
    ask_to_follow(Client())
    call_command("housekeeping")
    assert len(mail.outbox) > 6
    said = {one.subject: [*unmarked(one.subject), *unmarked(one.body)] for one in mail.outbox}
    assert {subject: words for subject, words in said.items() if words} == {}


@pytest.mark.parametrize("kind", list(Occasion))
@pytest.mark.parametrize("to_followers", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_in_notices(world, kind, to_followers, first):
    old, new, coming = world.versions.order_by("sequence")
    new.asks_for, new.asks_anew, new.asks_because = "acceptance", True, greek("law")
    sender = Sender(greek("office"), (greek("street"),), "office@example.org", "https://testserver")
    answers = FollowUp(Earlier(timezone.localdate(), ("", "")), greek("sorry"), old, [coming])
    answer = answers if kind in {Occasion.CORRECTION, Occasion.WITHDRAWAL} else None
    letter = Letter(new, None if first else old, kind, True, "", sender, True, answer, to_followers)
    context = letter.context("token") | {"subject": ""}
    subject, text, html = (
        render_to_string(f"notices/letter/{name}", context) for name in ("subject.txt", "message.txt", "message.html")
    )
    found = {"text": [*unmarked(subject), *unmarked(text)]} | bare({"HTML": html})
    assert {where: words for where, words in found.items() if words} == {}
