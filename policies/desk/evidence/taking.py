"""Who may take evidence, and that it is written down before anything leaves."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from wagtail.log_actions import log

from accounts.flows.downloading import record_copy_by_staff
from accounts.models import User
from policies.desk.evidence.pack import Pack, pack_of, pack_of_person
from policies.versions.models import PolicyVersion

TAKEN, TAKEN_OF_PERSON = "policies.evidence", "policies.evidence_of_person"


def may_take(user: User | AnonymousUser) -> bool:
    return user.has_perm("policies.take_evidence")


def may_take_of_people(user: User | AnonymousUser) -> bool:
    return user.has_perm("policies.take_evidence_of_person")


def take(version: PolicyVersion, *, by: User | None) -> Pack:
    """Write down that the evidence of a version is taken, and return it.

    Args:
        version: without its text.
        by: who takes it; None on the server's command line.
    """
    facts = {"sequence": version.sequence, "number": version.number}
    log(instance=version.page, action=TAKEN, user=by, data=facts)
    return pack_of(version)


def take_of_person(version: PolicyVersion, person: User, *, by: User | None) -> Pack:
    """Write down that the evidence of a person and a version is taken, for the person to see, too; and return it.

    The policy's history says that it was about a person, and not about whom.
    """
    facts = {"sequence": version.sequence, "number": version.number, "of_a_person": True}
    with transaction.atomic():
        log(instance=version.page, action=TAKEN, user=by, data=facts)
        about = {"policy": version.slug, "number": version.number}
        log(instance=person, action=TAKEN_OF_PERSON, user=by, data=about)
        record_copy_by_staff(person)
    return pack_of_person(version, person)
