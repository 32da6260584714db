"""The pages that an editor opens each day ask the database seldom, and no oftener on a site that has grown."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from policies.desk.approving.outsiders.reviewing import ask_outsider
from tests.making.approving import changed_after, one_of, rule, said_yes
from tests.making.editing import a_waiting_draft
from tests.making.people import a_person
from tests.making.policies import a_document, a_draft, announce
from tests.making.work import queries_of

pytestmark = pytest.mark.django_db

# More than they ask now, by a few: whoever adds a query looks here first.
MOST = {"home": 45, "list": 33, "tree": 40, "edit": 90, "look": 52, "reviews": 40, "versions": 26, "hand": 25}


def addresses(page) -> dict[str, str]:
    return {
        "home": reverse("wagtailadmin_home"),
        "list": reverse("policies_listing:index"),
        "tree": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "look": reverse("policies_cms:look", args=[page.pk]),
        "reviews": reverse("policies_cms:reviews", args=[page.pk]),
        "versions": reverse("policies_cms:versions", args=[page.pk]),
        "hand": reverse("policies_reports:hand"),
    }


def the_site_grows(page, editor) -> None:
    """More versions, policies, savings by two in turn, approvals and reviews of what the draft said before."""
    wanda, archie = one_of("Policy editors", "Wanda"), one_of("Policy approvers", "Archie")
    rule(is_on=False)
    for number in range(4):
        announce(page, a_document(f"cookies are {number} files"))
        other = a_draft(a_document(title=f"Policy {number}"), f"policy-{number}")
        announce(other)
        a_waiting_draft(other, a_document("cookies are other files", title=f"Policy {number}"))
        a_person(f"reader{number}@example.org")
    rule()
    a_waiting_draft(page, a_document("cookies are tiny files"), effective_from=timezone.localdate() + dt.timedelta(9))
    for _ in range(3):
        said_yes(page, archie)
        ask_outsider(page, name="Lee Law", address="", days=3, by=editor)
        for by in (wanda, archie):
            changed_after(page, by)
    said_yes(page, editor)


def test_pages_ask_a_bounded_number_of_times(privacy, cms, editor):
    rule()
    a_waiting_draft(privacy, a_document("cookies are tiny files"))
    before = {name: queries_of(cms, address) for name, address in addresses(privacy).items()}
    the_site_grows(privacy, editor)
    after = {name: queries_of(cms, address) for name, address in addresses(privacy).items()}
    assert {name: number for name, number in after.items() if number > MOST[name]} == {}
    # Who wrote a draft is only asked where somebody approved it; the rest does not grow at all, or by a query or two.
    assert {name: after[name] - before[name] for name in MOST if after[name] > before[name] + 9} == {}
