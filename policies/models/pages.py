"""The pages in Wagtail's tree that the policies are written in. The public never reads them, only their versions."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.fields import StreamField
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, PagePermissionTester, Revision

from policies.announcing import AnnouncementRefused, Proposal, announce
from policies.blocks import SectionsBlock, TextBlocks
from policies.document import Document, canonical_text
from policies.freezing import document_from
from policies.models.versions import PolicyVersion, Significance
from policies.panel import AMENDMENT_FIELDS, PolicyPageForm
from policies.previewing import preview

OFFLINE_REFUSED = "has announced versions and stays online: people must be able to read what applied to them."


def schedule_input() -> AdminDateTimeInput:
    """The field of Wagtail's own dialog; without an expiry beside it, since policies do not expire."""
    attrs = {
        "data-controller": "w-action",
        "data-action": "w-dialog:hidden->w-action#reset",
        "data-w-dialog-target": "notify",
    }
    return AdminDateTimeInput(js_overlay_parent_selector="#schedule-publishing-dialog", attrs=attrs)


class PolicyIndexPage(Page):
    """The parent of all policies, at `/policies/`. One a site, made when the site is set up."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["policies.PolicyPage"]
    max_count = 1

    class Meta:
        verbose_name = "list of policies"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("policies:index")


class PolicyPage(Page):
    """One policy: the draft an editor works on. Saving it live goes through the door; the versions are what counts.

    The fields of the amendment belong to the draft: the door moves them into the version and leaves them empty.
    """

    preamble = StreamField(TextBlocks(), blank=True, help_text="What stands before section 1, without a number.")
    sections = StreamField(SectionsBlock(), blank=True)
    significance = models.CharField(
        "Does this change what the policy means?",
        max_length=10,
        blank=True,
        choices=[
            (Significance.AMENDMENT.value, "Yes: it is an amendment. The number before the point goes up."),
            (Significance.CORRECTION.value, "No: it corrects a typo, the style or a link. The number after the point goes up."),
        ],
    )
    change_summary = models.TextField(
        "What changes, and why?",
        blank=True,
        help_text="In plain words, for the people the policy is about. It is shown with the version for ever.",
    )
    effective_from = models.DateField(
        "In force from",
        null=True,
        blank=True,
        help_text="Today or later. Leave it empty for the earliest possible day.",
    )
    amends = models.PositiveIntegerField(null=True, blank=True, help_text="The newest version when the draft was begun.")

    base_form_class = PolicyPageForm
    parent_page_types: ClassVar[list[str]] = ["policies.PolicyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = list(AMENDMENT_FIELDS)
    show_in_menus_default = False
    preview_modes: ClassVar[list[tuple[str, str]]] = [
        ("", "Policy"),
        ("redline", "Redline against the version in force"),
    ]

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("preamble"),
        FieldPanel("sections"),
        MultiFieldPanel(
            [
                FieldPanel("significance"),
                FieldPanel("change_summary"),
                FieldPanel("effective_from"),
                FieldPanel("amends"),
                FieldPanel("takes_in"),
            ],
            heading="This amendment",
            classname="amendment-panel",
        ),
    ]
    promote_panels: ClassVar[list[Any]] = [MultiFieldPanel([FieldPanel("slug")], heading="Address")]

    settings_panels: ClassVar[list[Any]] = [
        PublishingPanel(children=[FieldPanel("go_live_at", widget=schedule_input())]),
    ]

    class Meta:
        verbose_name = "policy"
        verbose_name_plural = "policies"

    def save(self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any) -> Any:
        """Save; a live page passes the door in the same transaction.

        Raises:
            AnnouncementRefused: the text cannot be announced, or the page would go offline. Nothing is saved.
        """
        with transaction.atomic():
            if self._state.adding:
                self._begin_as_a_draft()
            elif kwargs.get("update_fields") is None and not self.alias_of_id:
                self._pass_the_door(user)
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().publish(revision, *args, **kwargs)

    def _begin_as_a_draft(self) -> None:
        """Never be live by being added: neither created and published in one go, nor copied. Aliases show nothing."""
        self.expire_at = None
        if not self.alias_of_id:
            self.live, self.live_revision, self.first_published_at = False, None, None
            self.has_unpublished_changes = True

    def _pass_the_door(self, user: Any) -> None:
        self.expire_at = None
        row = PolicyPage.objects.select_for_update(of=("self",)).values("live_revision_id", "live").get(pk=self.pk)
        if not self.live:
            if PolicyVersion.objects.filter(page=self.pk).exists():
                raise AnnouncementRefused(f"“{self.title}” {OFFLINE_REFUSED}")
        elif row["live"] and self.live_revision_id == row["live_revision_id"]:
            self._stay_as_announced()
        else:
            self._announce(user)

    def _stay_as_announced(self) -> None:
        """A live page saved again, not published: its text must be that of the version it shows."""
        version = PolicyVersion.objects.filter(page=self.pk, revision=self.live_revision_id).first()
        version = version or PolicyVersion.objects.filter(page=self.pk).kept().order_by("-sequence").first()
        if version is None or canonical_text(self.document) != version.text:
            raise AnnouncementRefused("A policy's text is changed by announcing a draft, not by saving the page.")

    def _announce(self, user: Any) -> None:
        if self.live_revision is None:
            raise AnnouncementRefused("A policy goes live by announcing a draft, not by switching the page on.")
        version, made = announce(self.proposal(self.live_revision, by=user or _acting_user(self.live_revision)))
        self.clear_amendment()
        if made:
            log_announcement(self, version)

    def proposal(self, revision: Revision, *, by: Any = None, **more: Any) -> Proposal:
        """What this page, at this revision, puts before the door."""
        return Proposal(
            page_id=self.pk,
            slug=self.slug,
            revision=revision,
            document=self.document,
            significance=self.significance,
            change_summary=self.change_summary,
            effective_from=self.effective_from,
            amends=self.amends,
            by=by,
            scheduled_for=revision.approved_go_live_at,
            **more,
        )

    @property
    def document(self) -> Document:
        """What this page says as it stands in memory: the row's text, a draft's or a form's."""
        return document_from(self.title, self.preamble, self.sections)

    def clear_amendment(self) -> None:
        """Empty the panel for the next amendment: the version owns the words now, here and in the revision."""
        self.significance, self.change_summary, self.effective_from, self.amends = "", "", None, None
        if self.live_revision:
            words = {name: getattr(self, name) for name in AMENDMENT_FIELDS}
            self.live_revision.content = self.live_revision.content | words
            Revision.objects.filter(pk=self.live_revision.pk).update(content=self.live_revision.content)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PolicyPagePermissionTester(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send whoever comes by an alias or another site to the one address of the policy."""
        return redirect("policies:policy", (self.alias_of or self).slug)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview(self, request, mode_name)


class PolicyPagePermissionTester(PagePermissionTester):
    """Hides the buttons for what is refused anyway; the pages that say why are in policies.cms."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self._has_versions

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and not self._has_versions

    @cached_property
    def _has_versions(self) -> bool:
        return PolicyVersion.objects.filter(page=self.page.pk).exists()


def _acting_user(revision: Revision) -> Any:
    """Who announces: the editor who is signed in to the CMS, else whoever wrote the revision."""
    context = get_active_log_context()
    return context.user or revision.user


def log_announcement(page: PolicyPage, version: PolicyVersion) -> None:
    data = {"sequence": version.sequence, "number": version.number, "chain": version.chain}
    log(instance=page, action="policies.announce", user=version.announced_by, revision=page.live_revision, data=data)


def keep_announced_pages_online(sender: type, instance: Any, raw: bool = False, **_: Any) -> None:
    """Refuse to take a policy offline through the base class, as expiry and bulk unpublishing do."""
    if sender is Page and not raw and not instance.live and instance.pk:
        if PolicyVersion.objects.filter(page=instance.pk).exists():
            raise AnnouncementRefused(f"“{instance.title}” {OFFLINE_REFUSED}")
