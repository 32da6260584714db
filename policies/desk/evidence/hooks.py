"""The rights to take evidence, and what the histories say of it."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from policies.desk.evidence.taking import TAKEN, TAKEN_OF_PERSON


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    codenames = ("take_evidence", "take_evidence_of_person")
    return Permission.objects.filter(content_type__app_label="policies", codename__in=codenames)


class Taken(LogFormatter):
    label = "Take evidence"

    def format_message(self, entry: BaseLogEntry) -> str:
        of = "of a person and" if entry.data.get("of_a_person") else "of"
        return f"Evidence {of} version {entry.data['number']} taken"


class TakenOfPerson(LogFormatter):
    label = "Take evidence about a person"

    def format_message(self, entry: BaseLogEntry) -> str:
        return f"Evidence about this person and version {entry.data['number']} of {entry.data['policy']} taken"


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(TAKEN)(Taken)
    actions.register_action(TAKEN_OF_PERSON)(TakenOfPerson)
