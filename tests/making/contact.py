"""What somebody sends with the form on the contact page, and the shapes of e-mail addresses in an answer."""

import datetime as dt
import re
from html import unescape

from django.utils import timezone

from home.contact.guarding import Stamp
from home.contact.models import Enquiry
from home.models import Organisation

# What programs that collect addresses look for, in what they get and in what is left when the tags are gone.
ADDRESS = re.compile(r"[\w.+-]+\s?@\s?[\w-]+\.[\w.-]+")
OURS = "office@plum.example"


def an_organisation(**fields) -> Organisation:
    """The site's own organisation, with an address to write to."""
    from wagtail.models import Site

    organisation, _ = Organisation.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    known = {"name": "Plum", "postal_address": "1 High Street\nHitchin", "email": OURS, "phone": "01462 000000"}
    for name, value in (known | fields).items():
        setattr(organisation, name, value)
    organisation.save()
    return organisation


def a_stamp(key: str = "0123456789abcdef") -> str:
    """Of a form that was handed out two minutes ago; the same key twice is the same form."""
    return str(Stamp(key, timezone.now() - dt.timedelta(minutes=2)))


def a_form(**changes) -> dict[str, str]:
    """The form as somebody sends it who took two minutes to fill it in."""
    said = {
        "about": "other",
        "version": "",
        "name": "Ann",
        "email": "ann@example.org",
        "words": "Are you open on Sundays?",
    }
    return said | {"website": "", "stamp": a_stamp()} | changes


def an_enquiry(client, **changes) -> Enquiry:
    answer = client.post("/contact/", a_form(**changes))
    assert answer.status_code == 302, answer.content.decode()
    return Enquiry.objects.latest("pk")


def addresses_in(answer) -> list[str]:
    """Every address that a program finds in an answer, in a page also without its tags; and links to mailboxes."""
    text = answer.content.decode()
    found = ADDRESS.findall(text)
    if "html" in answer.headers["Content-Type"]:
        found += ADDRESS.findall(unescape(re.sub(r"<[^>]*>", "", text))) + re.findall(r"mailto:", text)
    return found
