"""The pages around the policies, and what the site says about the organisation."""

import datetime as dt
from typing import ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageQuerySet

from accounts.values.organisation import organisation
from home.caches_in_front.models import Purge
from home.contact.models import ContactPage, Enquiry, EnquiryStep
from home.cookies.models import AddedCookie, Choices
from home.finished_pages.models import Generation
from home.operations.models import Alarm
from home.organisation.models import Organisation
from home.pages.answering import Answered
from home.pages.linked_data import linked_data
from home.statistics.models import PageCount
from policies.reading.contexts import AllPolicies, all_policies_on
from policies.versions.models import PolicyVersion
from policies.writing.day_inputs import scheduling
from policies.writing.deleting import DeletedAsAWhole

OF_MENUS: Final = _(
    "Pages directly under the home page stand in the menu in the order of the list of pages; those below one of them "
    "unfold under it. Sort the list by “Sort menu order” to change the order."
)
DEPTH_OF_HOME: Final = 2  # in the tree, below its root

__all__ = [
    "AddedCookie",
    "Alarm",
    "Choices",
    "ContactPage",
    "Enquiry",
    "EnquiryStep",
    "Generation",
    "HomePage",
    "Organisation",
    "PageCount",
    "Purge",
    "StandardPage",
]


class HomePage(DeletedAsAWhole, Answered):  # type: ignore[django-manager-missing]
    """The front page: who the organisation is, the policies in force and what is coming."""

    introduction = models.TextField(blank=True, help_text=_("One or two sentences under the title."))
    body = RichTextField(blank=True, features=["h2", "h3", "bold", "italic", "link", "ul", "ol"])

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction", heading=_("Introduction")),
        FieldPanel("body", heading=_("Body")),
    ]
    settings_panels: ClassVar[list[Panel]] = [scheduling("go_live_at", "expire_at"), CommentPanel()]
    template = "home/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        today, versions = timezone.localdate(), PolicyVersion.objects.outline()
        return super().get_context(request, *args, **kwargs) | {  # what is kept needs no version
            "in_force": SimpleLazyObject(lambda: versions.in_force(on=today).order_by("title")),
            "upcoming": SimpleLazyObject(lambda: versions.upcoming(on=today).with_amended()),
            "policies_mark": self.policies.mark,
            "linked_data": linked_data(organisation()),
        }

    def changed_at(self) -> dt.datetime:
        return max(super().changed_at(), self.policies.changed_at)

    @cached_property
    def policies(self) -> AllPolicies:
        return all_policies_on(timezone.localdate())


class StandardPage(Answered):
    """A plain page of text, such as “About us”."""

    menu_label = models.CharField(max_length=40, blank=True, help_text=_("What the menu calls it; its title if empty."))
    introduction = models.TextField(blank=True)
    body = RichTextField(blank=True, features=["h2", "h3", "bold", "italic", "link", "ul", "ol", "image"])

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction", heading=_("Introduction")),
        FieldPanel("body", heading=_("Body")),
    ]
    settings_panels: ClassVar[list[Panel]] = [scheduling("go_live_at", "expire_at"), CommentPanel()]
    promote_panels: ClassVar[list[Panel]] = [
        *Page.promote_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("show_in_menus"), FieldPanel("menu_label", heading=_("Menu label"))],
            heading=_("Menu"),
            help_text=OF_MENUS,
        ),
    ]
    template = "home/standard.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return super().get_context(request, *args, **kwargs) | {"crumbs": self.way()}

    def way(self) -> PageQuerySet | list[Page]:
        """Return the pages between the home page and this one; no query where there can be none."""
        return self.get_ancestors().filter(depth__gt=DEPTH_OF_HOME) if self.depth > DEPTH_OF_HOME + 1 else []

    class Meta:
        verbose_name = _("plain page")
