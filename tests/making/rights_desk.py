"""Staff at the rights desk, and what they do in the CMS."""

from django.test import Client

from accounts.models import User
from accounts.rights.models import RightsRequest, Story
from tests.making.staff import a_member_of_staff

DESK = "/cms/data-protection/"


def of_data_protection() -> User:
    """Somebody of the ready-made role “Data protection”."""
    return a_member_of_staff("data protection")


def read_by(case: RightsRequest) -> dict[str, object]:
    """What the forms of a case say of how far it had come when the page was made."""
    case.refresh_from_db()
    last = Story.objects.filter(request=case).order_by("pk").last()
    return {"seen": case.moved, "story": last.pk if last else 0}


def do(desk: Client, case: RightsRequest, name: str, **given: object):
    """Post a deed of a case, and follow to where it leads."""
    return desk.post(f"{DESK}{case.pk}/{name}/", read_by(case) | given, follow=True)


def decide(desk: Client, case: RightsRequest, *parts: dict[str, object], follow: bool = True, **given: object):
    """Post a decision with the parts that are not given."""
    data: dict[str, object] = {"parts-TOTAL_FORMS": len(parts), "parts-INITIAL_FORMS": 0, "words": "We looked into it."}
    for number, part in enumerate(parts):
        data |= {f"parts-{number}-{name}": value for name, value in part.items()}
    return desk.post(f"{DESK}{case.pk}/decide/", read_by(case) | data | given, follow=follow)


def what_happened(case: RightsRequest) -> list[str]:
    return list(Story.objects.filter(request=case).order_by("pk").values_list("what", flat=True))
