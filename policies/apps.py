"""Starts the policies app: its checks, and the triggers that freeze announced versions."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save


class PoliciesConfig(AppConfig):
    name = "policies"
    verbose_name = "Policies"

    def ready(self) -> None:
        from wagtail.signals import pre_page_move

        from policies import checks, download_extras  # noqa: F401  (both register themselves)
        from policies.cms.keeping import keep_page, keep_place
        from policies.personal_data import declare
        from policies.triggers import install_after_migrate

        declare()
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="policies.triggers")
        pre_save.connect(keep_page, dispatch_uid="policies.keep_page")
        pre_page_move.connect(keep_place, dispatch_uid="policies.keep_place")
