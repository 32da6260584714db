"""Who runs the site is said in one place, and everything follows it."""

import datetime as dt
import io

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from freezegun import freeze_time
from PIL import Image as Pillow
from wagtail.models import Site

from accounts.values.organisation import organisation
from home.context import forget_facts
from home.models import Organisation
from home.organisation.sheet import address_of
from plum.settings import production
from tests.making.contact import an_organisation
from tests.making.images import a_picture
from tests.making.people import a_person, an_app, confirm_identity, sign_in
from tests.making.policies import a_draft, announce
from tests.making.staff import with_rights

FORM = {
    "name": "Quince Care", "legal_name": "Quince Care Limited", "company_number": "01234567",
    "registered_office": "2 Orchard Road\nHitchin", "registration": "ZA123456", "postal_address": "1 High Street",
    "email": "office@quince.example", "phone": "01632 960123", "sender": "", "security_contact": "",
    "security_until": "", "logo": "", "logo_dark": "", "mark": "", "picture": "", "colour": "#7a1f1f",
    "second_colour": "#f0d060",
}  # fmt: skip


@pytest.fixture
def address(db) -> str:
    site = Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["home", "organisation", site.pk])


def test_an_editor_says_it_once_and_every_page_says_it(cms, address):
    answer = cms.post(address, FORM)
    assert answer.status_code == 302, answer.context["form"].errors
    client = Client()
    html = client.get("/").text
    for words in (
        "<title>Quince Care</title>", "Quince Care Limited.", "Company number 01234567.",
        "Registered office: 2 Orchard Road, Hitchin.", "ZA123456", "1 High Street", "tel:01632960123",
    ):  # fmt: skip
        assert words in html
    assert "– Quince Care</title>" in client.get("/policies/").text


def test_the_cms_names_the_site_by_it_and_shows_its_mark(cms, address):
    cms.post(address, FORM)
    html = cms.get("/cms/").text
    assert "Quince Care" in html
    assert Site.objects.get().site_name == "Quince Care"
    assert str(settings.WAGTAIL_SITE_NAME) == "Quince Care"
    for page in (html, cms.get(address).text):
        assert f'src="{organisation().mark.url}"' in page


@pytest.mark.parametrize("pale", ["#ffcc00", "#9fb8d0"])
def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(cms, address, pale):
    html = cms.post(address, FORM | {"colour": pale}).text
    assert "4.5 to 1" in html
    assert "The nearest shade that can be read is #" in html
    assert not Organisation.objects.filter(colour=pale).exists()


@pytest.mark.parametrize("wrong", ["red", "#12345", "#12345g", "#1234567"])
def test_what_is_no_colour_is_refused(cms, address, wrong):
    assert cms.post(address, FORM | {"colour": wrong}).status_code == 200
    assert not Organisation.objects.filter(name="Quince Care").exists()


@pytest.mark.parametrize(
    ("field", "wrong", "words"),
    [
        ("sender", "office at quince", ""),
        ("security_contact", "ask Ann", "begins with https://"),
        ("security_contact", "http://quince.example/", "begins with https://"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(cms, address, field, wrong, words):
    answer = cms.post(address, FORM | {field: wrong})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert words in answer.text


def test_the_style_sheet_has_its_colours_and_is_kept_until_they_change(client, db):
    row = an_organisation(colour="#7a1f1f")
    before = address_of(organisation())
    sheet = client.get(before)
    assert sheet["Content-Type"].startswith("text/css")
    assert "--brand:#7a1f1f;" in sheet.text and ".breadcrumbs" in sheet.text
    assert "immutable" in sheet["Cache-Control"]
    assert f'href="{before}"' in client.get("/").text
    row.colour = "#004d40"
    row.save()
    assert address_of(organisation()) != before
    stale = client.get(before)
    assert "--brand:#004d40;" in stale.text
    assert stale["Cache-Control"] == "no-store"


def test_a_mark_is_drawn_where_none_was_uploaded(client, db):
    an_organisation(name="<Quince>")
    mark = client.get(organisation().mark.url)
    assert mark["Content-Type"].startswith("image/svg+xml")
    assert ">Q</text>" in mark.text
    icon = client.get("/favicon.ico")
    assert icon["Content-Type"] == "image/vnd.microsoft.icon"
    assert Pillow.open(io.BytesIO(icon.content)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_uploaded_pictures_stand_where_the_drawn_ones_stood(client, db):
    row = an_organisation(name="Quince Care")
    row.logo, row.logo_dark = a_picture("logo"), a_picture("dark")
    row.mark, row.picture = a_picture("mark", (300, 300)), a_picture("front", (1200, 900))
    row.save()
    html = client.get("/").text
    known = organisation()
    for picture in (known.logo, known.logo_dark, known.mark, known.picture):
        assert f'src="{picture.url}"' in html or f'href="{picture.url}"' in html
        assert client.get(picture.url).status_code == 200
    assert 'alt="Quince Care"' in html
    assert (known.mark.width, known.touch_icon.width, known.picture.width) == (64, 192, 960)
    icon = Pillow.open(io.BytesIO(client.get("/favicon.ico").content)).convert("RGB")
    assert icon.getpixel((24, 24))[1] > 150  # green, as the mark


def test_a_logo_alone_is_not_shown_on_dark_ground(client, db):
    row = an_organisation(name="Quince Care")
    row.logo = a_picture("logo")
    row.save()
    html = client.get("/").text
    assert 'class="brand__mark brand--dark"' in html
    row.logo.delete()
    assert "brand__logo" not in client.get("/").text


def test_reading_a_page_makes_no_smaller_copy_of_a_picture(client, db):
    row = an_organisation(name="Quince Care")
    image = a_picture("logo")
    Organisation.objects.filter(pk=row.pk).update(logo=image)
    row.refresh_from_db()
    row.save(update_fields=["phone"])
    image.renditions.all().delete()
    forget_facts()
    client.get("/")
    assert image.renditions.count() == 0
    assert organisation().logo.url == image.file.url


def test_mails_come_from_its_sender_and_have_its_name(client, db):
    an_organisation(name="Quince Care", sender="post@quince.example")
    client.post("/account/signup/", {"email": "new@example.org", "password1": "correct horse battery"})
    assert mail.outbox[-1].from_email == "Quince Care <post@quince.example>"
    assert "Quince Care\n" in mail.outbox[-1].body


def test_a_notice_has_its_sender_name_and_colours(db):
    from policies.notices.letter.composing import compose
    from policies.notices.models.notices import AmendmentNotice

    an_organisation(name="Quince Care", sender="post@quince.example", colour="#7a1f1f")
    version = announce(a_draft())
    raw = b"".join(compose(AmendmentNotice(version=version)).pieces).decode()
    assert 'From: "Quince Care" <post@quince.example>' in raw
    assert "#7a1f1f" in raw
    assert "#6d2361" not in raw


def test_the_feed_is_its_own(client, db):
    an_organisation(name="Quince Care")
    announce(a_draft())
    feed = client.get("/policies/feed.atom").text
    assert "<title>Policies of Quince Care</title>" in feed
    assert "<name>Quince Care</name>" in feed


def test_the_authenticator_app_and_the_passkey_show_its_name(client, db):
    an_organisation(name="Quince: Care")
    device = an_app(a_person())
    assert "issuer=Quince%20Care" in device.config_url
    from django_otp_webauthn.helpers import WebAuthnHelper

    assert WebAuthnHelper(request=None).get_relying_party_name() == "Quince: Care"


def test_a_download_has_its_name_and_colours(client, db):
    an_organisation(name="Quince Care", colour="#7a1f1f")
    a_person()
    sign_in(client)
    confirm_identity(client)
    answer = client.post("/account/data/download/")
    assert 'filename="quince-care-data-' in answer["Content-Disposition"]
    import zipfile

    page = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("index.html").decode()
    assert "Your data at Quince Care" in page
    assert "--brand: #7a1f1f" in page


def test_a_site_that_nobody_named_calls_itself_by_its_host(client, db):
    assert organisation().name == "testserver"
    assert "<title>Policies – testserver</title>" in client.get("/policies/").text


def test_another_process_sees_a_change_within_a_second(client, db):
    an_organisation(name="Quince Care")
    assert dt.timedelta(seconds=1) >= production.FACTS_KEPT
    with override_settings(FACTS_KEPT=production.FACTS_KEPT), freeze_time() as clock:
        forget_facts()
        assert "<title>Quince Care</title>" in client.get("/").text
        Organisation.objects.update(name="Damson Care")  # nobody tells this process
        clock.tick(dt.timedelta(seconds=1, milliseconds=10))
        assert "<title>Damson Care</title>" in client.get("/").text


def test_only_who_may_change_the_setting_can(client, verified, address):
    answer = verified(client, with_rights("helper@example.org")).post(address, FORM)
    assert answer.status_code in (302, 403)
    assert organisation().name != "Quince Care"
