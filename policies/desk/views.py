"""The CMS's own views of a policy: its versions, withdrawing one, and what the draft changes."""

from typing import cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from accounts.models import User
from policies.desk.approving.behind import behind_versions
from policies.desk.policy_views import PolicyView, policy_for
from policies.desk.withdrawing import withdraw_version
from policies.reading.contexts import find
from policies.versions.announcing import AnnouncementRefused
from policies.versions.history import Entry
from policies.versions.models import PolicyVersion
from policies.writing.previews import render_redline_preview


def redline(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the draft, as it was last saved, changes in the newest version."""
    page = policy_for(request, page_id)
    return render_redline_preview(
        request, PolicyVersion.objects.newest_kept(page.pk), page.get_latest_revision_as_object().document
    )


class VersionsView(PolicyView, TemplateView):
    template_name = "policies/cms/versions.html"
    page_title = "Versions"
    reading = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        behind = behind_versions(entry.version for entry in self.history)
        rows = [(entry, behind[entry.version.pk]) for entry in self.history]
        return super().get_context_data(rows=rows, **kwargs)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="In plain words: it is shown with the version for ever.",
    )


class WithdrawView(PolicyView, FormView):
    template_name = "policies/cms/withdraw.html"
    form_class = WithdrawForm
    publishing = True

    def setup(self, request: HttpRequest, *args: object, page_id: int, **kwargs: object) -> None:
        """Find the policy and the version.

        Raises:
            Http404: there is no such policy, or it has no such version.
            PermissionDenied: this editor may not publish the policy.
        """
        super().setup(request, *args, page_id=page_id, **kwargs)
        number = str(kwargs["number"])
        entry = find(self.history, number)
        if entry is None:
            raise Http404(f"There is no version {number}.")
        self.entry: Entry = entry

    def get_page_title(self) -> str:
        return f"Withdraw version {self.entry.version.number}"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(entry=self.entry, version=self.entry.version, **kwargs)

    def _way_back(self) -> list[tuple[str, str, bool]]:
        """The draft still says what was withdrawn: offer the text of the newest version that is kept."""
        kept = PolicyVersion.objects.newest_kept(self.page.pk)
        if kept is None:
            return []
        url = reverse("wagtailadmin_pages:revisions_revert", args=[self.page.pk, kept.revision_id])
        return [messages.button(url, f"Take the text of version {kept.number} into the draft")]

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        """Withdraw the version and say so, or show the form again with what forbids it."""
        version = self.entry.version
        try:
            withdraw_version(self.page, version, reason=form.cleaned_data["reason"], by=cast(User, self.request.user))
        except AnnouncementRefused as refusal:
            form.add_error("reason" if refusal.field else None, str(refusal))
            return self.form_invalid(form)
        text = f"Version {version.number} is withdrawn. It stays readable, marked as withdrawn."
        messages.success(self.request, text, buttons=self._way_back())
        return redirect("policies_cms:versions", self.page.pk)
