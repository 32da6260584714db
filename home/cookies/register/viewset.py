"""Where editors add to the register what something else sets: a list among the snippets of the CMS."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from home.cookies.models import AddedCookie


class AddedCookieViewSet(SnippetViewSet):
    model = AddedCookie
    icon = "list-ul"
    menu_label = _("Added cookies")
    list_display = ("name", "place", "need", "whose")
    copy_view_enabled = False
    add_to_settings_menu = True
    menu_order = 900
