"""The rights to take evidence, and what the histories say of it."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from policies.desk.evidence.taking import TAKEN, TAKEN_OF_PERSON
from policies.writing.log_words import Data, saying


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    codenames = ("take_evidence", "take_evidence_of_person")
    return Permission.objects.filter(content_type__app_label="policies", codename__in=codenames)


def _taken(data: Data) -> str:
    if data.get("of_a_person"):
        return gettext("Evidence of a person and version %(number)s taken") % {"number": data["number"]}
    return gettext("Evidence of version %(number)s taken") % {"number": data["number"]}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(TAKEN)(saying(_("Take evidence"), _taken))
    of_person = _("Evidence about this person and version {number} of {policy} taken")
    actions.register_action(TAKEN_OF_PERSON)(saying(_("Take evidence about a person"), of_person))
