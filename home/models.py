"""The pages around the policies, and what the site says about the organisation."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page

from home.contact.models import ContactPage, Enquiry, EnquiryStep
from home.cookies.models import AddedCookie, Choices
from home.finished_pages.models import Generation
from home.statistics.models import PageCount
from policies.versions.models import PolicyVersion
from policies.writing.day_inputs import scheduling
from policies.writing.models import DeletedAsAWhole

__all__ = [
    "AddedCookie",
    "Choices",
    "ContactPage",
    "Enquiry",
    "EnquiryStep",
    "Generation",
    "HomePage",
    "Organisation",
    "PageCount",
    "StandardPage",
]


class HomePage(DeletedAsAWhole, Page):  # type: ignore[django-manager-missing]
    """The front page: who the organisation is, the policies in force and what is coming."""

    introduction = models.TextField(blank=True, help_text="One or two sentences under the title.")
    body = RichTextField(blank=True, features=["h2", "h3", "bold", "italic", "link", "ul", "ol"])

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    settings_panels: ClassVar[list[Panel]] = [scheduling("go_live_at", "expire_at"), CommentPanel()]
    template = "home/home.html"

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        today = timezone.localdate()
        return super().get_context(request, *args, **kwargs) | {
            "in_force": PolicyVersion.objects.outline().in_force(on=today).order_by("title"),
            "upcoming": PolicyVersion.objects.outline().upcoming(on=today).with_amended(),
        }


class StandardPage(Page):
    """A plain page of text, such as “About us”."""

    introduction = models.TextField(blank=True)
    body = RichTextField(blank=True, features=["h2", "h3", "bold", "italic", "link", "ul", "ol", "image"])

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    settings_panels: ClassVar[list[Panel]] = [scheduling("go_live_at", "expire_at"), CommentPanel()]
    template = "home/standard.html"

    class Meta:
        verbose_name = "plain page"


@register_setting(icon="home")
class Organisation(BaseSiteSetting):
    """Who runs the site: shown in the footer, in feeds and in mails."""

    name = models.CharField(max_length=200, blank=True)
    postal_address = models.TextField(blank=True, help_text="One line of the address on each line.")
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telephone", max_length=50, blank=True)

    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("postal_address"), FieldPanel("email"), FieldPanel("phone")])
    ]

    class Meta:
        verbose_name = "organisation"

    @property
    def address_lines(self) -> list[str]:
        return [line.strip() for line in self.postal_address.splitlines() if line.strip()]
