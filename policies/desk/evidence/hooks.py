"""The rights to take evidence, and what the histories say of it."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from policies.desk.evidence.taking import TAKEN, TAKEN_OF_PERSON
from policies.writing.log_words import Data, saying


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    codenames = ("take_evidence", "take_evidence_of_person")
    return Permission.objects.filter(content_type__app_label="policies", codename__in=codenames)


def _taken(data: Data) -> str:
    return f"Evidence {'of a person and' if data.get('of_a_person') else 'of'} version {data['number']} taken"


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(TAKEN)(saying("Take evidence", _taken))
    of_person = "Evidence about this person and version {number} of {policy} taken"
    actions.register_action(TAKEN_OF_PERSON)(saying("Take evidence about a person", of_person))
