"""Every address of ours, filled in so that something is there, and a few of Wagtail's and allauth's that show ours."""

from django.contrib.auth.models import Group

from accounts.models import User
from accounts.values.organisation import organisation
from home.contact.models import Enquiry
from policies.notices.models import AmendmentNotice, Delivery
from policies.writing.models import PolicyPage
from tests.making.notices import a_sending_notice
from tests.making.rights import a_request
from tests.rubbish.addresses import addresses

OTHERS = (
    "/",
    "/account/login/",
    "/account/signup/",
    "/account/email/",
    "/account/password/reset/",
    "/cms/",
    "/cms/pages/%(page_id)s/edit/",
    "/cms/pages/%(parent)s/",
)
# Forms without a page: what is sent there is counted where it is sent.
ONLY_SENT = 405


def lay_out(ann: User) -> dict[str, dict[str, object]]:
    """Put something to each kind of address; return what fills addresses in, by how they begin."""
    page = PolicyPage.objects.get(slug="privacy")
    notice = a_sending_notice(page)
    assert notice.pk == AmendmentNotice.objects.to_people().latest("pk").pk
    case = a_request(person=ann)
    asked = {"about": "other", "name": "Ann", "address": "ann@example.org", "words": "Are you open?"}
    enquiry = Enquiry.objects.create(reference="E-1", form_key="e1", **asked)
    known: dict[str, object] = {
        "slug": "privacy", "number": "1.0", "old": "1.0", "new": "2.0", "day": "2026-11-25",
        "look": organisation().look,
        "page_id": page.pk, "parent": page.get_parent().pk, "reference": case.reference,
        "pk": page.pk,
    }  # fmt: skip
    return {
        "/account/policies/notices/": known | {"pk": notice.pk},
        "/cms/accounts/": known | {"pk": ann.pk},
        "/cms/data-protection/": known | {"pk": case.pk},
        "/cms/enquiries/": known | {"pk": enquiry.pk},
        "/cms/groups/": known | {"pk": Group.objects.get(name="Editors").pk},
        "/cms/notices/deliveries/": known | {"pk": Delivery.objects.filter(notice=notice).latest("pk").pk},
        "/cms/notices/": known | {"pk": notice.pk},
        "/cms/users/": known | {"pk": ann.pk},
        "": known,
    }


def templates() -> list[str]:
    """Return every address as the resolver has it."""
    return sorted({*OTHERS, *(address.template for address in addresses() if address.is_ours)})


class Known(dict[str, object]):
    """What fills an address in; what nobody knows is nonsense, such as a token, and the page says so."""

    def __missing__(self, name: str) -> object:
        return 1


def filled(template: str, known: dict[str, dict[str, object]]) -> str:
    values = next(values for beginning, values in known.items() if template.startswith(beginning))
    return template % Known(values)
