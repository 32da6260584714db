"""Lays what a new site needs: its organisation, its first administrator, and drafts of policies to be filled."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from accounts.flows.inviting import invite, waits
from accounts.models import User
from accounts.values.mail_address import read_plain_address
from home.setting_up.missing import organisations_row
from policies.desk.intake.drafting import put_into_draft
from policies.texts.importing import UnreadablePolicy, read_policy, read_policy_data
from policies.writing.models import PolicyPage

SKELETONS: Final = Path(__file__).with_name("skeletons")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the organisation; what is empty stays as it is."""

    name: str = ""
    postal_address: str = ""
    email: str = ""


def offered() -> list[str]:
    """Return the policies whose headings come along, by slug."""
    return sorted(path.stem for path in SKELETONS.glob("*.md"))


@transaction.atomic
def say_who(said: Said) -> None:
    """Write down who runs the site.

    Raises:
        ValidationError: what was said cannot be so.
    """
    row = organisations_row()
    for field in fields(said):
        if words := getattr(said, field.name).strip():
            setattr(row, field.name, words)
    row.full_clean()
    row.save()


def has_administrator() -> bool:
    """Whether somebody is there who can come in. Who was named and never chose a password may have been misspelt."""
    return not all(waits(person) for person in User.objects.filter(is_superuser=True, is_active=True))


@transaction.atomic
def first_administrator(address: str) -> str:
    """Make the first administrator and return the link by which they choose a password.

    Whoever was named before, and never came in, is none any more.

    Raises:
        AddressRefused: no mail can be sent there.
    """
    email = read_plain_address(address)
    person = User.objects.filter(email__iexact=email).first() or User(email=email)
    person.is_staff = person.is_superuser = person.is_active = True
    person.save()
    for named in User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk):
        if waits(named):
            named.is_staff = named.is_superuser = False
            named.save(update_fields=["is_staff", "is_superuser"])
    return settings.SITE_URL + reverse("accounts:invitation", args=[invite(person, by=person)])


def still_offered() -> dict[str, str]:
    """Return the titles of those policies that are not there yet, by slug."""
    there = set(PolicyPage.objects.filter(slug__in=offered()).values_list("slug", flat=True))
    return {slug: _title_of(slug) for slug in offered() if slug not in there}


def _title_of(slug: str) -> str:
    return (SKELETONS / f"{slug}.md").read_text().partition("\n")[0].removeprefix("# ")


def lay_skeleton(slug: str, by: User | None = None) -> PolicyPage | None:
    """Put the headings of a policy into its draft; nothing happens where the policy is there already."""
    if PolicyPage.objects.filter(slug=slug).exists():
        return None
    document = read_policy_data(f"{slug}.md", (SKELETONS / f"{slug}.md").read_bytes()).document
    return put_into_draft(document, slug, by=by, kind="headings")


def import_draft(slug: str, path: Path) -> PolicyPage:
    """Put a file into a policy's draft.

    Raises:
        UnreadablePolicy: it cannot be read, or words of it would be lost; the message says why.
        AnnouncementRefused: another page has this slug.
    """
    imported = read_policy(path)
    if not imported.report.is_complete:
        raise UnreadablePolicy(gettext("Words of the file would be lost. Import it in the CMS, where you see which."))
    return put_into_draft(imported.document, slug, kind=imported.report.kind)
