"""Starts the notices: they listen to announcing, withdrawing and reading, and add to the account's pages."""

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "policies.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Register what notices add to accounts, housekeeping and the database, and listen to what policies say."""
        from accounts.flows.entrance import ask_newcomers
        from accounts.models import triggers
        from policies.notices import chores, examining, figures, personal_data
        from policies.notices.agreeing import papers  # noqa: F401  (they register themselves)
        from policies.notices.agreeing.newcomers import NEWCOMERS
        from policies.notices.agreeing.questions import forget_questions
        from policies.notices.evidence import TRIGGERS
        from policies.notices.opening import open_announced
        from policies.notices.reader import download_extras, overview  # noqa: F401  (they register themselves)
        from policies.notices.reader.banner import note_seen
        from policies.notices.steering import stop_notices_of
        from policies.versions.events import after_announcing, after_withdrawing, shown

        personal_data.declare()
        chores.register()
        examining.register()
        figures.register()
        triggers.declare(*TRIGGERS)
        after_announcing.listen(open_announced)
        after_withdrawing.listen(stop_notices_of)
        shown.listen(note_seen)
        after_announcing.listen(forget_questions)
        after_withdrawing.listen(forget_questions)
        ask_newcomers(NEWCOMERS)
        if apps.is_installed("anymail"):
            from policies.notices.bounces.looking import on_tracking_event

            tracking = import_string("anymail.signals.tracking")
            tracking.connect(on_tracking_event, dispatch_uid="notices.on_tracking_event")
