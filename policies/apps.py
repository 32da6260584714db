"""Starts the policies: their checks, their listeners, and the triggers that freeze announced versions."""

from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    name = "policies"
    verbose_name = _("Policies")

    def ready(self) -> None:
        """Declare personal data, register what is scheduled and the triggers, and keep announced policies in place."""
        from django.utils import translation
        from wagtail.models import Revision
        from wagtail.signals import pre_page_move

        from accounts.models import triggers
        from policies.desk import examining, figures, scheduled
        from policies.desk.approving.starting import start as start_approving
        from policies.desk.checking import registering
        from policies.texts.saying import translate_by
        from policies.versions import events, personal_data  # noqa: F401  (its check registers itself)
        from policies.versions.kept_register import KEPT_TRIGGERS
        from policies.versions.triggers import TRIGGERS
        from policies.writing import checks as tree_checks  # noqa: F401  (they register themselves)
        from policies.writing.permanence import keep_page, keep_place
        from policies.writing.personal_data import declare
        from policies.writing.schedules import refuse_to_schedule

        translate_by(translation)
        personal_data.declare()
        declare()
        scheduled.register()
        examining.register()
        figures.register()
        start_approving()
        registering.register()
        triggers.declare(*TRIGGERS, *KEPT_TRIGGERS)
        pre_save.connect(keep_page, dispatch_uid="policies.keep_page")
        pre_save.connect(refuse_to_schedule, sender=Revision, dispatch_uid="policies.refuse_to_schedule")
        pre_page_move.connect(keep_place, dispatch_uid="policies.keep_place")
