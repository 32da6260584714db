"""The contact page in the tree, what people ask, and what was done about it."""

import secrets
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Page

from accounts.models.fields import AddressField
from accounts.rights.models import RightsRequest
from policies.versions.models import PolicyVersion
from policies.writing.day_inputs import scheduling

# Without those that are read for one another.
LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ2346789"
LONGEST_MESSAGE: Final = 10_000


class ContactPage(Page):
    """The words around the address and the form at `/contact/`, which is there whether they are or not."""

    SLUG: Final = "contact"

    introduction = models.TextField(blank=True, help_text=_("One or two sentences under the title."))
    body = RichTextField(
        blank=True,
        features=["h2", "h3", "bold", "italic", "link", "ul", "ol"],
        help_text=_("Stands between the address and the form, such as when you answer."),
    )

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    private_page_options: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction", heading=_("Introduction")),
        FieldPanel("body", heading=_("Body")),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("slug", read_only=True), FieldPanel("show_in_menus")], heading=_("Address and menu")
        ),
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("For search engines")),
    ]
    settings_panels: ClassVar[list[Panel]] = [scheduling("go_live_at", "expire_at"), CommentPanel()]
    template = "home/contact/contact.html"

    class Meta:
        verbose_name = _("contact page")

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """Give it the one address that policies and mails name."""
        self.slug = self.SLUG
        super().full_clean(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect("contact")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the words as they are written now; the form is only at the page's own address."""
        return TemplateResponse(request, self.template, self.get_context(request))


class Enquiry(models.Model):
    """A row is what somebody asked us through the form, and how it stands."""

    class About(models.TextChoices):
        POLICY = "policy", _("One of our policies, or a change of it")
        CORRECTION = "correction", _("Something that is wrong, about me or on this website")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("To be answered")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")
        TURNED = "turned", _("Turned into a request or complaint")

    OPEN: Final = frozenset({State.NEW})

    reference = models.CharField(max_length=12, unique=True, editable=False)
    form_key = models.CharField(max_length=32, unique=True, editable=False)
    about = models.CharField(max_length=12, choices=About)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=150, blank=True)
    address = AddressField()
    words = models.TextField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    request = models.OneToOneField(RightsRequest, models.SET_NULL, null=True, blank=True, related_name="enquiry")
    last_message_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        default_permissions = ("view",)
        permissions = (("answer_enquiry", "Can answer enquiries"),)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(last_message_at__gte=models.F("received_at")),
                name="enquiry_last_message_is_not_before_the_first",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Enquiry %(reference)s") % {"reference": self.reference}

    @property
    def who(self) -> str:
        return self.name or self.address


class EnquiryStep(models.Model):
    """A row is one thing that was done about an enquiry. A mail waits in it until the mail server took it."""

    class What(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", _("Acknowledged by e-mail")
        REPLY = "reply", _("Answered by e-mail")
        NOTE = "note", _("Note")
        ASSIGNED = "assigned", _("Given to")
        CLOSED = "closed", _("Closed")
        OPENED = "opened", _("Opened again")
        TURNED = "turned", _("Turned into a request or complaint")
        LOOKED = "looked", _("Opened by our staff")

    class Mail(models.TextChoices):
        NONE = "", _("No e-mail")
        DUE = "due", _("Waits for the mail server")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given_up", _("Could not be sent")
        CAME_BACK = "came_back", _("Came back as undeliverable")

    MAILED: Final = frozenset({What.ACKNOWLEDGED, What.REPLY})

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=14, choices=What)
    words = models.TextField(blank=True)
    mail = models.CharField(max_length=10, choices=Mail, blank=True, default=Mail.NONE)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("step of an enquiry")
        verbose_name_plural = _("steps of enquiries")
        default_permissions = ()
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(mail="", what__in=("note", "assigned", "closed", "opened", "turned", "looked"))
                | (~models.Q(mail="") & models.Q(what__in=("acknowledged", "reply"))),
                name="enquiry_step_is_mailed_if_it_is_a_mail",
            ),
            models.CheckConstraint(
                condition=models.Q(mail="due", due_at__isnull=False) | (~models.Q(mail="due") & models.Q(due_at=None)),
                name="enquiry_step_is_due_while_it_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.enquiry}"


def new_reference() -> str:
    return "E-" + "".join(secrets.choice(LETTERS) for _ in range(6))


def steps_to_send() -> models.QuerySet[EnquiryStep]:
    return EnquiryStep.objects.filter(mail=EnquiryStep.Mail.DUE, due_at__lte=timezone.now())
