"""Starts the policies app: its checks, and the triggers that freeze announced versions."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_save
from django.utils.module_loading import import_string


class PoliciesConfig(AppConfig):
    name = "policies"
    verbose_name = "Policies"

    def ready(self) -> None:
        from wagtail.signals import pre_page_move

        from policies.notices.reader import download_extras, overview  # noqa: F401  (they register themselves)
        from policies.versions import checks
        from policies.versions.triggers import install_after_migrate
        from policies.writing.permanence import keep_page, keep_place
        from policies.writing.personal_data import declare

        declare()
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="policies.versions.triggers")
        pre_save.connect(keep_page, dispatch_uid="policies.keep_page")
        pre_page_move.connect(keep_place, dispatch_uid="policies.keep_place")
        if apps.is_installed("anymail"):
            from policies.notices.bounces.looking import on_tracking_event

            tracking = import_string("anymail.signals.tracking")
            tracking.connect(on_tracking_event, dispatch_uid="policies.on_tracking_event")
