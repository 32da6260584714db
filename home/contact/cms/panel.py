"""The CMS's home says how many enquiries wait."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from accounts.models import User
from accounts.values.wording import counted
from home.contact.cms.case import PERMISSIONS
from home.contact.models import Enquiry


class WaitingPanel(Component):
    """Nothing where nothing waits, or for who may not see them."""

    name = "enquiries"
    order = 120
    template_name = "home/contact/cms/panel.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
        may = PERMISSIONS.user_has_permission(self.user, "view")
        waiting = Enquiry.objects.filter(state__in=Enquiry.OPEN).count() if may else 0
        url = f"{reverse('enquiries:index')}?state={Enquiry.State.NEW}"
        return {
            "waiting": waiting,
            "words": counted(waiting, ngettext("%(number)s enquiry", "%(number)s enquiries", waiting)),
            "url": url,
        }
