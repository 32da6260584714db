"""The dialog in which an editor says when a draft is announced by itself: not the day from which it applies."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel

from policies.writing.day_inputs import schedule_input


class AnnouncingPanel(PublishingPanel):
    """Wagtail's dialog of the schedule, with the one field that policies have, in their words."""

    def __init__(self, **kwargs: object) -> None:
        field = FieldPanel(
            "go_live_at",
            widget=schedule_input(),
            heading=_("Announce at"),
            help_text=_(
                "When the site announces this draft by itself. Leave it empty to announce it when you confirm. "
                "From which day it applies is another matter: that is “In force from”, in the panel of the amendment."
            ),
        )
        super().__init__(**({"children": [field]} | kwargs))

    class BoundPanel(PublishingPanel.BoundPanel):
        template_name = "policies/cms/announcing_panel.html"
