"""The panel “This amendment” of the CMS form: what is asked before a draft is announced, and when."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from policies.announcing import AnnouncementRefused, Proposal, check, newest_kept
from policies.document import canonical_text
from policies.freezing import document_from
from policies.models.versions import PolicyVersion

AMENDMENT_FIELDS = ("significance", "change_summary", "effective_from", "amends")


class PolicyPageForm(WagtailAdminPageForm):
    """Asks nothing when a draft is saved; announcing, scheduling and submitting go past the rules of the door.

    `amends` says which version the draft was begun from; it stays with the draft. Where a newer one has been announced
    since, the editor ticks `takes_in` to say that the draft takes it into account.
    """

    amends = forms.IntegerField(required=False, widget=forms.HiddenInput)
    takes_in = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        self.newest = page.versions.outline().order_by("-sequence").first() if page.pk else None
        begun_from = page.amends if page.amends is not None else self.newest and self.newest.sequence
        self.is_outdated = bool(self.newest and begun_from is not None and begun_from < self.newest.sequence)
        if "amends" in self.fields:
            self.initial["amends"] = begun_from
        if "takes_in" in self.fields and not self.is_outdated:
            del self.fields["takes_in"]
        elif "takes_in" in self.fields:
            self.fields["takes_in"].label = f"This draft takes version {self.newest.number} into account"
        if self.newest and "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "Fixed since the first version was announced: links to it must go on working."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("takes_in") and self.newest:
            cleaned["amends"] = self.newest.sequence
        if not self.is_deferred_validation and not self.errors and not self.instance.alias_of_id:
            self._ask_the_door(cleaned)
        return cleaned

    def _ask_the_door(self, cleaned: dict[str, Any]) -> None:
        proposal = self._proposal(cleaned)
        kept = newest_kept(self.instance.pk) if self.newest else None
        if kept and canonical_text(proposal.document) == kept.text:
            return
        newest = PolicyVersion.objects.filter(page=self.instance.pk).order_by("-sequence").first() if kept else self.newest
        try:
            check(proposal, newest=newest, kept=kept)
        except AnnouncementRefused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    def _proposal(self, cleaned: dict[str, Any]) -> Proposal:
        """What would come before the door: of the form's words where it has the field, else of the page's."""
        value = {name: cleaned.get(name, getattr(self.instance, name)) for name in (*AMENDMENT_FIELDS, "title", "slug")}
        blocks = [cleaned.get(name, getattr(self.instance, name)) for name in ("preamble", "sections")]
        return Proposal(
            page_id=self.instance.pk or 0,
            slug=value["slug"],
            revision=self.instance.latest_revision,
            document=document_from(value["title"], *blocks),
            significance=value["significance"],
            change_summary=value["change_summary"],
            effective_from=value["effective_from"],
            amends=value["amends"],
            scheduled_for=cleaned.get("go_live_at"),
        )
