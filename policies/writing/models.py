"""The pages in Wagtail's tree that the policies are written in. The public never reads them, only their versions."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Unpack

from django import forms
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from accounts.models import User
from accounts.values.options import SaveOptions
from accounts.values.wording import Words, moment_in_words
from policies.texts.document import Document, canonical_text
from policies.versions.announcing import AnnouncementRefused, announce
from policies.versions.freezing import document_from, struck_in
from policies.versions.kinds import facts_of_kinds
from policies.versions.models import PolicyVersion, Significance
from policies.versions.proposals import Proposal
from policies.writing.acting import acting_user
from policies.writing.announcing_at import AnnouncingPanel
from policies.writing.asking import THIS_TIME_FIELDS, AsksPeople
from policies.writing.blocks import SectionsBlock, TextBlocks, validate_language
from policies.writing.deleting import DeletedAsAWhole
from policies.writing.kinds import SaysWhatKind
from policies.writing.newest_draft import may_be_overwritten
from policies.writing.panel import AMENDMENT_FIELDS, AmendmentPanel, NewerDraftPanel, PolicyPageForm, StandingPanel
from policies.writing.previews import MODES, preview
from policies.writing.slugs import HasAnAddressOfItsOwn


class PolicyIndexPage(DeletedAsAWhole, Page):  # type: ignore[django-manager-missing]
    """The parent of all policies, at `/policies/`. Each site has one, made at set-up."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["policies.PolicyPage"]
    max_count = 1
    private_page_options: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, str]]] = []  # it has no draft to look at
    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldPanel("slug", read_only=True)], heading=pgettext_lazy("of a page", "Address"))
    ]
    settings_panels: ClassVar[list[Panel]] = []

    class Meta:
        verbose_name = _("list of policies")

    def save(self, **options: Unpack[SaveOptions]) -> None:
        self.expire_at = None
        super().save(**options)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect("policies:index")


class PolicyPage(  # type: ignore[django-manager-missing]
    DeletedAsAWhole, HasAnAddressOfItsOwn, AsksPeople, SaysWhatKind, Page
):
    """One policy: the draft an editor works on. Saving it live goes through the door; the versions are what counts.

    The fields of the amendment belong to the draft: the door moves them into the version and leaves them empty.
    """

    preamble = StreamField(TextBlocks(), blank=True, help_text=_("What stands before section 1, without a number."))
    sections = StreamField(SectionsBlock(), blank=True)
    language = models.CharField(
        _("Language of the text"), max_length=35, blank=True, validators=[validate_language],
        help_text=_("Its code, such as cy, fr, ar or zh-Hans. Leave it empty for English."),
    )  # fmt: skip
    significance = models.CharField(
        _("Does this change what the policy means?"), max_length=10, blank=True, choices=Significance
    )
    change_summary = models.TextField(
        _("What changes, and why?"),
        blank=True,
        help_text=_("In plain words, for the people the policy is about. It is shown with the version for ever."),
    )
    effective_from = models.DateField(
        _("In force from"), null=True, blank=True,
        help_text=_("Today or later. Leave it empty for the earliest possible day."),
    )  # fmt: skip
    amends = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The newest version when the draft was begun.")
    )

    tell_of_first = models.BooleanField(
        _("Tell people of this new policy"),
        default=False,
        help_text=_("By e-mail: those who asked to hear of every announcement, or everybody, if so under “Mail”."),
    )
    tell_newcomers = models.BooleanField(
        _("Also tell people who register before it comes into force"),
        default=False,
        help_text=_("By the same e-mail, once their address is confirmed. They see it in their account in any case."),
    )
    always_notify_because = models.TextField(
        _("Tell everybody of amendments, because"),
        blank=True,
        help_text=_(
            "People may choose to get no mail about policies. Where they must be told all the same, say why in "
            "one sentence: it stands in the mail. Leave it empty to respect their choice."
        ),
    )

    about_personal_data = models.BooleanField(
        _("It is about personal data"),
        default=True,
        help_text=_(
            "Then the e-mail about an amendment says that people may object, and complain to the regulator. "
            "Take the tick away for terms, and for whatever else is no matter of data protection."
        ),
    )

    links_because = models.TextField(
        _("Links may lead nowhere, because"),
        blank=True,
        help_text=_(
            "A text with links to pages of this site that are not there is not announced. Where they should stay "
            "all the same, say why: it is kept in the policy's history."
        ),
    )

    # Wagtail's own columns, named since it has no types.
    first_published_at: dt.datetime | None
    live_revision: Revision | None
    go_live_at: dt.datetime | None
    # Of one request of the edit form: whether the browser saves by itself or somebody pressed a button; None elsewhere.
    saves_by_itself: bool | None = None
    # The form of the CMS that has just saved it; it knows which comments are new.
    saved_by_form: PolicyPageForm | None = None
    speaks_of_announcing: ClassVar[bool] = True  # asked by templates
    default_preview_size = "desktop"
    base_form_class = PolicyPageForm
    parent_page_types: ClassVar[list[str]] = ["policies.PolicyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = list(AMENDMENT_FIELDS)
    show_in_menus_default = False
    private_page_options: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, Words]]] = MODES

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    NewerDraftPanel([FieldPanel("replaces_newer")], heading=_("Somebody else saved a draft")),
                    StandingPanel(heading=_("Where it stands")),
                    *Page.content_panels,
                    FieldPanel("preamble", heading=_("Preamble")),
                    FieldPanel("sections", heading=_("Sections")),
                    AmendmentPanel(
                        [
                            FieldPanel("takes_in"),
                            FieldPanel("significance", widget=forms.RadioSelect),
                            *SaysWhatKind.kind_panels,
                            FieldPanel("change_summary"),
                            FieldPanel("effective_from"),
                            *SaysWhatKind.notice_panels,
                            FieldPanel("tell_of_first"),
                            FieldPanel("tell_newcomers"),
                            *SaysWhatKind.mail_panels,
                            FieldPanel("links_because", widget=forms.Textarea(attrs={"rows": 1})),
                            *AsksPeople.this_time,
                        ],
                        heading=_("This amendment"),
                    ),
                ],
                heading=_("Text"),
            ),
            ObjectList([FieldPanel("slug"), FieldPanel("language")], heading=_("Address and language")),
            ObjectList([FieldPanel("always_notify_because"), FieldPanel("about_personal_data")], heading=_("Mail")),
            AsksPeople.agreeing,
            ObjectList([AnnouncingPanel(), CommentPanel()], heading=_("Schedule")),  # policies do not expire
        ]
    )

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")

    def save(self, clean: bool = True, user: User | None = None, log_action: bool | str = False, **kwargs: Any) -> None:
        """Save; a live page passes the door in the same transaction.

        Raises:
            AnnouncementRefused: the text cannot be announced, or the page would go offline. Nothing is saved.
        """
        try:
            with transaction.atomic():
                if self._state.adding:
                    self._begin_as_a_draft()
                elif kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = self._no_longer_an_alias(kwargs["update_fields"])
                elif not self.alias_of_id:
                    self._pass_the_door(user)
                super().save(clean=clean, user=user, log_action=log_action, **kwargs)  # type: ignore[call-arg]
        except AnnouncementRefused as refusal:
            refusal.page_id = self.pk
            raise

    def save_revision(
        self, user: User | None = None, *args: object, overwrite_revision: Revision | None = None, **kwargs: object
    ) -> Revision:
        """Save a draft: as a new revision, where the one to write over was announced, scheduled or submitted.

        Raises:
            PermissionDenied: it would be saved over a newer one.
        """
        with transaction.atomic():
            overwritten = may_be_overwritten(self, overwrite_revision, user)
            return super().save_revision(user, *args, overwrite_revision=overwritten, **kwargs)

    def publish(self, revision: Revision, *args: object, **kwargs: object) -> None:
        """Announce a revision, or schedule it.

        Raises:
            AnnouncementRefused: a rule of the door speaks against it, or another draft is scheduled.
        """
        with transaction.atomic():
            self._keep_the_schedule(revision)
            super().publish(revision, *args, **kwargs)

    def _keep_the_schedule(self, revision: Revision) -> None:
        """Refuse to announce or schedule another draft than the scheduled one: Wagtail would drop that unsaid."""
        PolicyPage.objects.select_for_update(of=("self",)).values("pk").get(pk=self.pk)
        scheduled = self.revisions.exclude(pk=revision.pk).exclude(approved_go_live_at=None).first()
        if scheduled is None:
            return
        refusal = AnnouncementRefused(
            gettext(
                "Another draft of this policy is scheduled to be announced on %(moment)s. Cancel that schedule "
                "first; the draft is kept."
            )
            % {"moment": moment_in_words(scheduled.approved_go_live_at)},
        )
        refusal.page_id = self.pk
        raise refusal

    def _begin_as_a_draft(self) -> None:
        """Never be live by being added: neither created and published in one go, nor copied. Aliases show nothing."""
        self.expire_at = None
        if not self.alias_of_id:
            self.live, self.live_revision, self.first_published_at = False, None, None
            self.has_unpublished_changes = True

    def _no_longer_an_alias(self, changing: Iterable[str]) -> Iterable[str]:
        """Turn an alias that becomes a page of its own into a draft: nobody announced its text."""
        if "alias_of_id" not in changing or self.alias_of_id:
            return changing
        self._begin_as_a_draft()
        self.empty_the_panel()
        drafted = ("live", "live_revision", "first_published_at", "has_unpublished_changes", "expire_at")
        return [*changing, *drafted, *AMENDMENT_FIELDS]

    def _pass_the_door(self, user: User | None) -> None:
        self.expire_at = None
        columns = ("live_revision_id", "live", "latest_revision_id", "latest_revision_created_at", "draft_title")
        row = PolicyPage.objects.select_for_update(of=("self",)).values(*columns).get(pk=self.pk)
        if not self.live:
            return
        self._keep_the_newer_draft(row)
        if row["live"] and self.live_revision_id == row["live_revision_id"]:
            self._stay_as_announced()
        else:
            self._announce(user)

    def _keep_the_newer_draft(self, row: dict[str, object]) -> None:
        """Where somebody saved a draft since this page was read, it stays the newest one, and is not announced."""
        if row["latest_revision_id"] == self.latest_revision_id:
            return
        for name in ("latest_revision_id", "latest_revision_created_at", "draft_title"):
            setattr(self, name, row[name])
        self.has_unpublished_changes = True

    def _stay_as_announced(self) -> None:
        """Check a live page that is saved again without publishing: its text must be that of its version."""
        version = PolicyVersion.objects.filter(page=self.pk, revision=self.live_revision_id).first()
        version = version or PolicyVersion.objects.newest_kept(self.pk)
        if version is None or not self._says_the_same(version):
            raise AnnouncementRefused(
                gettext("A policy's text is changed by announcing a draft, not by saving the page.")
            )

    def _says_the_same(self, version: PolicyVersion) -> bool:
        """Whether the text is the announced one, or what the announced draft gives now: the site writes parts of it."""
        text = canonical_text(self.document)
        return text == version.text or text == canonical_text(version.revision.as_object().document)

    def _announce(self, user: User | None) -> None:
        if self.live_revision is None:
            raise AnnouncementRefused(
                gettext("A policy goes live by announcing a draft, not by switching the page on.")
            )
        self._read_again(self.live_revision)
        version, made = announce(self.proposal(self.live_revision, by=user or acting_user(self, self.live_revision)))
        links_because = self.links_because.strip()
        self.clear_amendment()
        if made:
            log_announcement(self, version, links_because=links_because)

    def proposal(
        self, revision: Revision, *, by: User | None = None, announced_elsewhere: dt.datetime | None = None
    ) -> Proposal:
        """Return what this page, at this revision, asks to have announced."""
        return Proposal(
            page_id=self.pk,
            slug=self.slug,
            revision=revision,
            document=self.document,
            struck=tuple(struck_in(self.preamble, self.sections)),
            significance=self.significance,
            change_summary=self.change_summary,
            effective_from=self.effective_from,
            amends=self.amends,
            by=by,
            announced_elsewhere=announced_elsewhere,
            scheduled_for=revision.approved_go_live_at or self._time_to_come,
            tell_of_first=self.tell_of_first,
            tell_newcomers=self.tell_newcomers,
            always_because=self.always_notify_because,
            about_personal_data=self.about_personal_data,
            tell_of_correction=self.tell_of_correction,
            kinds=tuple(self.kinds),
            short_notice_because=self.short_notice_because,
            links_because=self.links_because,
            asking=self.asking,
        )

    @property
    def _time_to_come(self) -> dt.datetime | None:
        """When this draft asks to be announced by itself, if that is still to come."""
        return self.go_live_at if self.go_live_at and self.go_live_at > timezone.now() else None

    @property
    def document(self) -> Document:
        """The text of the page as it is in memory: from the row, a draft or a form."""
        return document_from(self.title, self.preamble, self.sections, self.language)

    def empty_the_panel(self) -> None:
        """Take the words of an amendment off this page in memory."""
        self.significance, self.change_summary, self.effective_from, self.amends = "", "", None, None
        self.tell_of_first = self.tell_newcomers = False
        self.forget_the_kinds()
        self.links_because = ""
        for name in THIS_TIME_FIELDS:
            setattr(self, name, "")

    def _read_again(self, revision: Revision) -> None:
        """Lock the draft that is being announced: what is frozen must be what its row says now.

        Raises:
            AnnouncementRefused: an autosave wrote over it since it was read.
        """
        fresh = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        if fresh.created_at != revision.created_at:
            raise AnnouncementRefused(
                gettext("The draft was saved anew in the same moment, so nothing was announced. Look at it again.")
            )

    def clear_amendment(self) -> None:
        """Empty the panel, here and in the revision: the words now belong to the version.

        Of the revision's row only the panel's words are changed, whatever else was written into it meanwhile.
        """
        self.empty_the_panel()
        if self.live_revision:
            fresh = Revision.objects.select_for_update(of=("self",)).get(pk=self.live_revision.pk)
            self.live_revision.content = fresh.content | {name: getattr(self, name) for name in AMENDMENT_FIELDS}
            Revision.objects.filter(pk=fresh.pk).update(content=self.live_revision.content)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Send whoever comes by an alias or another site to the one address of the policy."""
        return redirect("policies:policy", (self.alias_of or self).slug)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview(self, request, mode_name)


def log_announcement(page: PolicyPage, version: PolicyVersion, *, links_because: str = "") -> None:
    data = {"sequence": version.sequence, "number": version.number, "chain": version.chain}
    data |= {name: fact for name, fact in facts_of_kinds(version).items() if name == "short_notice_because"}
    if links_because:
        data["links_because"] = links_because
    if version.asks_anew:
        data["asks_for"] = version.asks_for
    log(instance=page, action="policies.announce", user=version.announced_by, revision=page.live_revision, data=data)
