"""A page of every address of the site, asked of the site itself, so that no page is forgotten."""

import json
import sys
from dataclasses import dataclass

from tests.journeys.running import ADMIN, RunningSite

ASK = "from tests.journeys.every_page import say; say()"


@dataclass(frozen=True)
class EveryPage:
    """Paths at which a page is shown: to anybody, and to the administrator in the account and the CMS."""

    public: list[str]
    own: list[str]


def every_page(site: RunningSite) -> EveryPage:
    """Lay something to each address of the site, and return where its pages are."""
    said = site.manage("shell", "--no-imports", "-c", ASK)
    return EveryPage(**json.loads(said.splitlines()[-1]))


def say() -> None:
    """Run in the site: print the paths, one line of JSON."""
    import logging

    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from tests.rubbish import visiting

    logging.disable(logging.CRITICAL)  # of addresses at which nothing is
    settings.ALLOWED_HOSTS = ["*"]
    stranger, admin = Client(raise_request_exception=False), Client(raise_request_exception=False)
    admin.cookies = visiting.signed_in({"admin": User.objects.get(email=ADMIN)})["admin"]
    paths = _paths()
    public = [path for path in paths if _shows_a_page(stranger, path)]
    own = [path for path in paths if path not in public and _shows_a_page(admin, path, or_leads_to_one=True)]
    sys.stdout.write(json.dumps({"public": public, "own": own}) + "\n")


def _paths() -> list[str]:
    """Return every address of ours, filled in, and those of Wagtail's and allauth's in which nothing varies."""
    from accounts.models import User
    from tests.making.walking import LEADS_AWAY
    from tests.plum.budgets.addresses import filled, lay_out, templates
    from tests.rubbish.addresses import addresses

    known = lay_out(User.objects.exclude(email=ADMIN).latest("pk"))
    others = {one.template for one in addresses() if not one.is_ours and not one.names}
    found = {filled(template, known) for template in templates()}
    found |= {path for path in others if path.startswith(("/account/", "/cms/")) and not LEADS_AWAY.search(path)}
    return sorted(path for path in found if not path.startswith("/dev/"))


def _shows_a_page(client: object, path: str, *, or_leads_to_one: bool = False) -> bool:
    answer = client.get(path)
    if answer.status_code in {301, 302}:
        return or_leads_to_one
    is_page = (
        answer.headers.get("Content-Type", "").startswith("text/html") and "Content-Disposition" not in answer.headers
    )
    if answer.status_code >= 500 or not is_page:  # Wagtail has two addresses that show how an error looks
        return False
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return b"<html" in body
