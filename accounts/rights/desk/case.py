"""The page of a case: what is asked and by whom, by when and why, what was written, decided and done."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from accounts.rights.deciding.accounts import account_of
from accounts.rights.deciding.erasing import receipt_in_words
from accounts.rights.deciding.grounds import DISCLOSING
from accounts.rights.deciding.weighing import FACTORS
from accounts.rights.desk.access import CaseView, note_opening
from accounts.rights.desk.deeds import can, offered
from accounts.rights.desk.listing import due_in_words, is_late, who
from accounts.rights.due_dates import deadline_of, today
from accounts.rights.models import Decision
from accounts.rights.models.transitions import Move

# What is done most, as buttons; the rest stands in the menu of the header.
FIRST = ("start", "assign", "message", "acknowledge", "progress", "identity-came", "clarified", "fee-paid", "close")


def withheld_of(decision: Decision) -> list[tuple[object, list[tuple[str, str]]]]:
    """Return the parts of a decision that were withheld, each with what was weighed."""
    return [
        (item, [(str(factor.label), words) for factor in FACTORS if (words := getattr(item, factor.name))])
        for item in decision.withheld.all()
    ]


class CasePage(CaseView, TemplateView):
    """Everything about one case. That it was opened is written down before anything is shown."""

    template_name = "accounts/rights/desk/case.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        note_opening(self.case, self.user)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.case.get_kind_display())

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        *above, own, _ = super().get_breadcrumbs_items()
        return [*above, {"url": "", "label": own["label"], "sublabel": self.get_page_title()}]

    @property
    def header_more_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(deed.label, url=self._url(deed.name), priority=number)
            for number, deed in enumerate(offered(self.case))
            if deed.name not in FIRST
        ]

    def _url(self, name: str) -> str:
        return reverse("rights_desk:deed", args=[self.case.pk, name])

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        case, on = self.case, today()
        ways = [(deed, self._url(deed.name)) for deed in offered(case) if deed.name in FIRST]
        account = account_of(case)
        return super().get_context_data(
            who=who(case),
            due=due_in_words(case, on),
            late=is_late(case, on),
            deadline=deadline_of(case),
            ways=ways,
            can_be_decided=can(Move.DECIDE)(case),
            discloses=case.kind in DISCLOSING,
            account=account,
            letters=case.messages.select_related("by").prefetch_related("files"),
            loose_files=case.files.filter(message=None),
            decisions=[(one, withheld_of(one)) for one in case.decisions.select_related("by")],
            receipts=[(one, receipt_in_words(one)) for one in case.receipts.all()],
            tasks=case.recipient_tasks.select_related("done_by"),
            story=case.story.select_related("by"),
            **kwargs,
        )
