"""The demo site: pages, policies with a past and a future, and people who can sign in. Made once, never changed."""

import datetime as dt
import json
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Site

from accounts.models import User
from accounts.second_factor.guard import may_enter_cms
from accounts.values.regulator import regulator_on
from home.demo_policies.texts import TEXTS, demo_document
from home.models import ContactPage, HomePage, Organisation, StandardPage
from policies.desk.intake.drafting import put_into_draft
from policies.desk.intake.recording import Words, announce_draft, record_announced_elsewhere
from policies.notices.agreeing.newcomers import NEWCOMERS
from policies.notices.models import Answer, NoticeSettings
from policies.versions.asking import AsksFor
from policies.versions.kinds import KindOfChange
from policies.versions.models import PolicyVersion, Significance
from policies.writing.models import PolicyPage

NAME = "Plum Medical Services"
COLOURS = ("#6d2361", "#35112f")
PICTURES = Path(__file__).with_name("demo_pictures")
ADDRESS = "Frogmore Cottage\nKings Walden\nHitchin\nHertfordshire\nSG4 8NW"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in; the password is made up for this machine."""

    email: str
    first_name: str
    last_name: str
    does: str
    groups: tuple[str, ...] = ()
    is_superuser: bool = False


PEOPLE = (
    Person("visitor@plum-medical.example", "Demo", "Visitor", "has an account"),
    Person("admin@plum-medical.example", "Demo", "Administrator", "may do everything", is_superuser=True),
    Person("editor@plum-medical.example", "Demo", "Editor", "drafts and submits", ("Editors", "Policy editors")),
    Person(
        "approver@plum-medical.example",
        "Demo",
        "Approver",
        "approves and announces",
        ("Moderators", "Policy approvers"),
    ),
    Person(
        "protection@plum-medical.example",
        "Demo",
        "Data Protection",
        "reads versions, notices and deliveries, answers enquiries",
        ("Data protection", "Enquiries"),
    ),
)


@dataclass(frozen=True, slots=True)
class Past:
    """A version of a demo policy; `announced` None means now, `in_force` then counts from today."""

    slug: str
    number: str
    significance: Significance
    announced: dt.date | None
    in_force: dt.date | dt.timedelta
    kinds: tuple[KindOfChange, ...] = ()


# The terms say that people accept them when they open an account, and must be 16 or over.
ASKS_FOR = {"terms": AsksFor.ACCEPTANCE.value}
AMENDMENT, CORRECTION = Significance.AMENDMENT, Significance.CORRECTION
VERSIONS = (
    Past("privacy", "1.0", AMENDMENT, dt.date(2014, 3, 3), dt.date(2014, 3, 3)),
    Past("privacy", "2.0", AMENDMENT, dt.date(2026, 7, 1), dt.date(2026, 8, 1)),
    Past("privacy", "2.1", CORRECTION, dt.date(2026, 8, 12), dt.date(2026, 8, 12)),
    Past("cookies", "1.0", AMENDMENT, dt.date(2026, 7, 1), dt.date(2026, 8, 1)),
    Past("terms", "1.0", AMENDMENT, dt.date(2026, 7, 1), dt.date(2026, 8, 1)),
    Past("privacy", "3.0", AMENDMENT, None, dt.timedelta(days=30), (KindOfChange.RIGHTS,)),
)


def lay_demo() -> dict[str, str]:
    """Lay the demo site where it is not there yet.

    Returns:
        The demo people's addresses and passwords, as made up when the demo was laid.
    """
    with transaction.atomic():
        passwords = lay_people()
        lay_organisation()
        lay_notice_settings()
        lay_pages()
        for past in VERSIONS:
            lay_version(past)
        lay_answers()
    return passwords


def lay_people() -> dict[str, str]:
    """Make the demo people; their passwords are kept beside the database, readable by its owner only."""
    path = settings.VAR_DIR / "demo-passwords.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    for person in PEOPLE:
        user = User.objects.filter(email=person.email).first()
        password = known.setdefault(person.email, new_password())
        if user is None:
            user = _make(person, password)
        elif not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        make_ready(user)
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(known, indent=2))
    return {person.email: known[person.email] for person in PEOPLE}


def new_password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))


def _make(person: Person, password: str) -> User:
    user = User.objects.create_user(
        person.email,
        password,
        first_name=person.first_name,
        last_name=person.last_name,
        is_superuser=person.is_superuser,
        is_staff=person.is_superuser,
    )
    user.groups.set(Group.objects.filter(name__in=person.groups))
    return user


def make_ready(user: User) -> None:
    """Confirm the address and give editors an app, so that a newcomer needs no mailbox and no phone."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    if may_enter_cms(user) and not TOTPDevice.objects.filter(user=user).exists():
        TOTPDevice.objects.create(user=user, name="Demo app", tolerance=0)


@dataclass(frozen=True, slots=True)
class CurrentCode:
    """What a demo person's authenticator app shows; `used` when it was given already and the next must be awaited."""

    code: str
    seconds_left: int
    used: bool


def current_code(address: str) -> CurrentCode | None:
    """Return the code of a demo person's app; None for others, and for who has no app."""
    if address not in {person.email for person in PEOPLE}:
        return None
    device = TOTPDevice.objects.filter(user__email=address, confirmed=True).first()
    if device is None:
        return None
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = now = time.time()
    left = device.step - int(now - device.t0) % device.step
    return CurrentCode(str(totp.token()).zfill(device.digits), left, used=totp.t() <= device.last_t)


def lay_organisation() -> None:
    """Say who the organisation is and how it looks, where nobody has done so."""
    site = Site.objects.get(is_default_site=True)
    organisation = Organisation.for_site(site)
    if not organisation.name:
        organisation.name, organisation.postal_address = NAME, ADDRESS
        organisation.email = "office@plum-medical.example"
        organisation.colour, organisation.second_colour = COLOURS
        organisation.mark, organisation.picture = demo_picture("plum"), demo_picture("branch")
        organisation.save()


def demo_picture(name: str) -> AbstractImage:
    """Upload one of the demo's pictures."""
    with (PICTURES / f"{name}.webp").open("rb") as file:
        image: AbstractImage = get_image_model()(title=f"Demo: {name}")
        image.file.save(f"demo-{name}.webp", File(file), save=False)
        image.save()
    return image


def lay_notice_settings() -> None:
    """Send the demo's mails after a minute, not after a quarter of an hour."""
    if not NoticeSettings.objects.exists():
        NoticeSettings.objects.create(hold_minutes=1)


def lay_pages() -> None:
    """Publish the home page and the page about the organisation, where there are none yet."""
    home = HomePage.objects.get()
    if not home.introduction:
        home.introduction = INTRODUCTION
        home.save_revision().publish()
    contact = ContactPage.objects.first()
    if contact and not contact.introduction:
        contact.introduction, contact.body, contact.show_in_menus = CONTACT, CONTACT_BODY, True
        contact.save_revision().publish()
    # The wrong link of privacy 2.0, which 2.1 corrects, stays in its text for ever.
    Redirect.objects.get_or_create(old_path="/policies/cookie", defaults={"redirect_link": "/policies/cookies/"})
    if not StandardPage.objects.filter(slug="about").exists():
        page = home.add_child(instance=StandardPage(**ABOUT, slug="about", show_in_menus=True))
        page.save_revision().publish()


INTRODUCTION = (
    "A small medical company in Hertfordshire. Here you can read our policies as they stand today, as they stood on "
    "any day before, and what changes next."
)
CONTACT = "Write to us by e-mail, by post, or with the form on this page."
CONTACT_BODY = (
    "<h2>If it is urgent</h2><p>Nobody reads what comes in at every hour of the day. If someone's life is at risk, "
    "call 999. For other urgent medical help, call NHS 111.</p>"
)
ABOUT: dict[str, object] = {
    "title": "About us",
    "introduction": "Who we are, and how this website keeps its word.",
    "body": (
        "<p>Plum Medical Services is a small medical company in Kings Walden, near Hitchin.</p>"
        "<h2>Our policies are documents you can rely on</h2>"
        "<p>Every version of every policy we announce stays on this website for ever, with its number, its dates and a "
        "fingerprint that proves the text has not been touched. You can compare any two versions word by word, ask "
        "which one applied on a day of your choice, and check a copy you kept against ours.</p>"
        '<p><a href="/policies/">Read our policies</a></p>'
    ),
}


def lay_version(past: Past) -> None:
    """Announce a version of the demo, or record it with its past dates; nothing happens if it is there already."""
    major, minor = past.number.split(".")
    if PolicyVersion.objects.of(past.slug).filter(major=major, minor=minor).exists():
        return
    regulator = regulator_on(past.announced or timezone.localdate())
    page = put_into_draft(demo_document(f"{past.slug}-{past.number}", regulator), past.slug)
    if past.slug == "cookies":
        let_the_site_write_the_cookies(page)
    words: Words = {
        "significance": past.significance,
        "change_summary": summary_of(past),
        "kinds": [kind.value for kind in past.kinds],
        "about_personal_data": past.slug != "terms",
        "asks_for": ASKS_FOR.get(past.slug, ""),
        "least_age": 16 if past.slug == "terms" else None,
    }
    if isinstance(past.in_force, dt.timedelta):
        announce_draft(page, **words | {"effective_from": timezone.localdate() + past.in_force})
    elif past.announced:
        record_announced_elsewhere(page, announced_on=past.announced, **words | {"effective_from": past.in_force})


def let_the_site_write_the_cookies(page: PolicyPage) -> None:
    """Put the site's own table of cookies in the place of a typed one."""
    block = {"type": "cookies", "value": {"introduction": "", "of_staff": False}}
    sections = page.sections.get_prep_value()
    for section in sections:
        body = section["value"]["body"]
        section["value"]["body"] = [block if child["type"] == "table" else child for child in body]
    page.sections = sections
    page.save_revision()


def lay_answers() -> None:
    """Let the demo people accept what newcomers accept when they sign up."""
    asked = [box.name for box in NEWCOMERS.boxes()]
    for person in User.objects.filter(email__in=[person.email for person in PEOPLE]):
        if not Answer.objects.filter(person=person).exists():
            NEWCOMERS.record(person, asked)


def summary_of(past: Past) -> str:
    """Return the change summary kept beside the texts; the first version needs none."""
    found = re.search(
        rf"^## {re.escape(past.slug)} {re.escape(past.number)}\n+(.*?)\s*(?=^## |\Z)",
        (TEXTS / "summaries.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )
    return found[1] if found else ""
