"""The CMS's own views of a policy: its versions, and what the draft changes."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView

from policies.desk.approving.deciding.behind import behind_versions
from policies.desk.policy_views import PolicyView, policy_for
from policies.versions.models import PolicyVersion
from policies.writing.previews import render_redline_preview


@xframe_options_sameorigin  # the look shows it in a frame
def redline(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the draft, as it was last saved, changes in the newest version."""
    page = policy_for(request, page_id)
    return render_redline_preview(
        request, PolicyVersion.objects.newest_kept(page.pk), page.get_latest_revision_as_object().document
    )


class VersionsView(PolicyView, TemplateView):
    template_name = "policies/cms/versions.html"
    page_title = _("Versions")
    reading = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        behind = behind_versions(entry.version for entry in self.history)
        rows = [(entry, behind[entry.version.pk]) for entry in self.history]
        return super().get_context_data(rows=rows, **kwargs)
