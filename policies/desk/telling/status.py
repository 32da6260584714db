"""The status page of a notice: state, progress, what went wrong, what comes next, and what can be done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from accounts.values.wording import Words
from policies.desk.telling.notice_views import NoticeView, may_see_deliveries, may_steer
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NOTICE_FINAL
from policies.notices.outlook import next_step, not_running, outcomes, pace
from policies.notices.steering import Deed, objection

FIGURES = {
    "recipients": _("People"),
    "sent": _("Sent"),
    "waiting": _("Waiting"),
    "failed": _("Failed"),
    "unreachable": _("Unreachable"),
    "skipped": _("Not sent"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Something that can be done with a notice now."""

    deed: Deed
    url: str

    @property
    def is_for_good(self) -> bool:
        return self.deed == Deed.STOP


def ways(notice: AmendmentNotice) -> list[Way]:
    """Return what can be done with a notice as it stands."""
    return [
        Way(deed, reverse(f"notices:{deed.value}", args=[notice.pk])) for deed in Deed if not objection(notice, deed)
    ]


def _label(notice: AmendmentNotice, label: Words) -> str:
    return gettext("Followers") if notice.is_to_followers and label == FIGURES["recipients"] else str(label)


def progress_of(notice: AmendmentNotice) -> dict[str, object]:
    """Return what the part of the page shows that moves by itself."""
    return {
        "is_final": notice.state in NOTICE_FINAL,
        "not_running": not_running(notice),
        "next_step": next_step(notice),
        "pace": pace(notice),
        "settled": gettext("%(settled)s of %(recipients)s")
        % {"settled": f"{notice.settled:,}", "recipients": f"{notice.recipients:,}"},
        "figures": {_label(notice, label): f"{getattr(notice, name):,}" for name, label in FIGURES.items()},
        "outcomes": outcomes(notice) if notice.settled > notice.sent else [],
    }


class Progress(NoticeView, TemplateView):
    """The part of the status page that moves by itself, alone."""

    template_name = "policies/desk/telling/progress.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return progress_of(self.notice) | {"notice": self.notice} | kwargs


class NoticeStatus(NoticeView, TemplateView):
    """Everything about one notice, on one page."""

    page_title = _("Notice")
    template_name = "policies/desk/telling/notice.html"
    index_url_name = None

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        *above, _, _ = super().get_breadcrumbs_items()
        return [*above, {"url": "", "label": self.get_page_subtitle(), "sublabel": self.notice.get_kind_display()}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        history = reverse("notices:history", args=[self.notice.pk])
        return [HeaderButton(gettext("History"), url=history, icon_name="history")]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(
            **progress_of(self.notice),
            ways=ways(self.notice) if may_steer(self.user) else [],
            may_see_deliveries=may_see_deliveries(self.user),
            beside=self.notice.beside(),
            followed_by=self.notice.followed_by.without_message().order_by("pk"),
            may_edit=self.notice.version.page.permissions_for_user(self.user).can_edit(),
            **kwargs,
        )
