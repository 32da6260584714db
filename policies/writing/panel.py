"""The CMS form of a policy: where it stands, and the panel “This amendment”, asked before a draft is announced."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import MultiFieldPanel, Panel
from wagtail.models import Page

from policies.texts.document import canonical_text
from policies.versions.announcing import Outdated, rehearse
from policies.versions.freezing import document_from, struck_in
from policies.versions.history import History
from policies.versions.kinds import KindOfChange
from policies.versions.least_notice import LeastNotice
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal
from policies.writing.asking import ASKING_FIELDS, THIS_TIME_FIELDS, asking_in
from policies.writing.kinds import KIND_FIELDS, KindsField, SaysWhatKind, earliest_in_words, significances
from policies.writing.newest_draft import draft_of_somebody_else, said_when
from policies.writing.previews import Draft

DOCUMENT_FIELDS = ("title", "preamble", "sections", "language")
MAIL_FIELDS = ("always_notify_because", "about_personal_data")
AMENDMENT_FIELDS = (
    *("significance", "change_summary", "effective_from", "amends", "tell_of_first", "tell_newcomers"),
    "links_because",
    *THIS_TIME_FIELDS,
    *KIND_FIELDS,
)

FORGOTTEN: dict[str, object] = {
    **{"significance": "", "change_summary": "", "effective_from": None, "tell_newcomers": False},
    **dict.fromkeys(("links_because", *THIS_TIME_FIELDS), ""),
    **KIND_FIELDS,
}


class PolicyPageForm(WagtailAdminPageForm):
    """Saving a draft requires nothing; announcing, scheduling and submitting are checked by the rules of announcing.

    `amends` says which version the draft was begun from (0: none); it stays with the draft. Where a newer one has been
    announced since, the editor ticks `takes_in` to say that the draft takes it into account. `drafted_at` says likewise
    when the draft in the form was saved: where somebody else saved one since, the editor ticks `replaces_newer`.
    """

    amends = forms.IntegerField(required=False, widget=forms.HiddenInput)
    drafted_at = forms.CharField(required=False, widget=forms.HiddenInput)
    replaces_newer = forms.BooleanField(required=False, label=_("My text replaces that draft"))
    kinds = KindsField(
        choices=KindOfChange.choices,
        required=False,
        label=_("What kinds of change?"),
        help_text=SaysWhatKind._meta.get_field("kinds").help_text,
    )
    takes_in = forms.BooleanField(required=False, label=_("This draft takes that version into account"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        self.newest = page.versions.outline().order_by("-sequence").first() if page.pk else None
        self.saved_from = page.amends
        self._forget_words_announced_before()
        self.begun_from = self._begun_from()
        self.is_outdated = bool(self.newest and self.begun_from < self.newest.sequence)
        self.initial["amends"] = self.begun_from
        self.initial["drafted_at"] = said_when(page.latest_revision_created_at)
        is_saved = self.is_bound and page.saves_by_itself is not None  # and not only previewed
        since = str(self.data.get(self.add_prefix("drafted_at"), "")) if is_saved else ""
        self.newer_draft = draft_of_somebody_else(page, since, self.for_user)
        self._ask_only_what_applies()

    def _forget_words_announced_before(self) -> None:
        """Empty the panel of an old draft whose amendment was announced since: only its text comes back."""
        words = self.instance.change_summary.strip()
        if not self.is_bound and words and self.newest and self.instance.versions.filter(change_summary=words).exists():
            for name, empty in FORGOTTEN.items():
                setattr(self.instance, name, empty)
                self.initial[name] = empty

    def _begun_from(self) -> int:
        """Return the sequence of the newest version when the draft was begun: as posted, as saved, or as of now."""
        posted = str(self.data.get(self.add_prefix("amends"), "")) if self.is_bound else ""
        if posted.isdecimal() and len(posted) < 10:
            return int(posted)
        if self.instance.amends is not None:
            return self.instance.amends
        return self.newest.sequence if self.newest else 0

    def _ask_only_what_applies(self) -> None:
        if self.newest is None:
            for name in ("significance", "change_summary", *THIS_TIME_FIELDS, *KIND_FIELDS):
                self.fields.pop(name, None)
            self.fields.pop("tell_newcomers", None)
        else:
            self.fields.pop("tell_of_first", None)
            if "significance" in self.fields:
                self.fields["significance"].choices = significances(self.newest)
            if isinstance(field := self.fields.get("kinds"), KindsField):
                field.say_the_days(LeastNotice.current())
        if not self.newer_draft:
            self.fields.pop("replaces_newer", None)
        if not self.is_outdated:
            self.fields.pop("takes_in", None)
        if "effective_from" in self.fields:
            self.fields["effective_from"].help_text = self._which_day()
        if self.newest and "slug" in self.fields:
            slug = self.fields["slug"]
            slug.disabled, slug.help_text = (
                True,
                gettext("Fixed since the first announcement: links to it must go on working."),
            )

    def _which_day(self) -> str:
        kept = PolicyVersion.objects.newest_kept(self.instance.pk) if self.newest else None
        name = self.add_prefix("kinds")
        posted = self.data.getlist(name) if self.is_bound and hasattr(self.data, "getlist") else self.instance.kinds
        return earliest_in_words(posted if "kinds" in self.fields else (), kept, timezone.localdate())

    def clean(self) -> dict[str, object]:
        """Ask before a save over a newer draft, note which version the text amends, and rehearse its announcement."""
        cleaned = super().clean()
        if self.newer_draft and not cleaned.get("replaces_newer"):
            self.add_error(
                "replaces_newer", gettext("Nothing was saved yet. Tick this to save your text all the same.")
            )
        taken_in = self.is_outdated and cleaned.get("takes_in")
        self.instance.amends = cleaned["amends"] = self.newest.sequence if taken_in and self.newest else self.begun_from
        if not self.is_deferred_validation and not self.errors and not self.instance.alias_of_id:
            self._ask_the_door(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> Page:
        """Save the page; it knows the form from then on, unless it is a new one."""
        known = self.instance.pk is not None
        page = super().save(commit)
        page.saved_by_form = self if known else None
        return page

    def _ask_the_door(self, cleaned: dict[str, object]) -> None:
        refusals = rehearse(self._proposal(cleaned), asks_others=False)
        if any(isinstance(refusal, Outdated) for refusal in refusals) and self._draft_is_to_be_saved_first():
            return
        for refusal in refusals:
            words = gettext("Tick this once it does.") if isinstance(refusal, Outdated) else str(refusal)
            self.add_error(refusal.field if refusal.field in self.fields else None, words)

    def _draft_is_to_be_saved_first(self) -> bool:
        """Whether the form is older than the other announcement: the draft is saved, then announcing is refused."""
        never_warned = self.saved_from is None or (self.newest and self.saved_from >= self.newest.sequence)
        return "action-publish" in self.data and bool(never_warned)

    def _proposal(self, cleaned: dict[str, Any]) -> Proposal:
        """Return what would be announced: the values of the form, and of the page where the form has no such field."""
        names = {*AMENDMENT_FIELDS, *DOCUMENT_FIELDS, *ASKING_FIELDS, *MAIL_FIELDS, "slug"}
        value = {name: cleaned.get(name, getattr(self.instance, name)) for name in names}
        go_live_at = cleaned.get("go_live_at")
        return Proposal(
            page_id=self.instance.pk or 0,
            slug=value["slug"],
            revision=self.instance.latest_revision,
            document=document_from(*(value[name] for name in DOCUMENT_FIELDS)),
            struck=tuple(struck_in(*(value[name] for name in DOCUMENT_FIELDS))),
            significance=value["significance"],
            change_summary=value["change_summary"],
            effective_from=value["effective_from"],
            amends=value["amends"],
            tell_of_first=bool(value["tell_of_first"]),
            tell_newcomers=bool(value["tell_newcomers"]),
            always_because=value["always_notify_because"],
            about_personal_data=bool(value["about_personal_data"]),
            links_because=value["links_because"] or "",
            kinds=tuple(value["kinds"] or ()),
            short_notice_because=value["short_notice_because"] or "",
            tell_of_correction=bool(value["tell_of_correction"]),
            asking=asking_in(value),
            scheduled_for=go_live_at if go_live_at and go_live_at > timezone.now() else None,
        )


class NewerDraftPanel(MultiFieldPanel):
    """Says who saved a newer draft while this one was open; only there when somebody did."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "policies/cms/newer_draft_panel.html"


class AmendmentPanel(MultiFieldPanel):
    """The fields of the amendment, under a few words on what announcing will do."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "policies/cms/amendment_panel.html"

        def __init__(self, **kwargs: object) -> None:
            super().__init__(**kwargs)
            if self.form is not None and self.form.newest is None:
                self.heading = gettext("The first version")


class StandingPanel(Panel):
    """Shows the number in force and since when, what is upcoming, and whether this draft differs.

    It is on every policy's form, so it brings the words on the + buttons, too.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "policies/cms/standing_panel.html"
        media = forms.Media(css={"all": ["css/add-buttons.css"]}, js=["js/add-buttons.js", "js/once-saved.js"])

        def get_context_data(self, parent_context: dict[str, object] | None = None) -> dict[str, object]:
            page = self.instance
            versions = PolicyVersion.objects.outline().filter(page=page.pk) if page.pk else []
            return super().get_context_data(parent_context) | {
                "page": page,
                "history": History(versions, on=timezone.localdate()),
                "differs": says_something_else(page),
            }


def says_something_else(page: Draft) -> bool:
    """Whether the page's text, as it stands in memory, is another one than that of the newest version kept."""
    kept = PolicyVersion.objects.newest_kept(page.pk) if page.pk else None
    return kept is None or canonical_text(page.document) != kept.text
