"""Stopping, pausing, resuming and retrying a notice in the CMS: GET asks, POST does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from accounts.models import User
from accounts.values.options import Files, FormOptions, Given
from accounts.values.wording import Words, mails_in_words
from policies.desk.telling.notice_views import NoticeView
from policies.notices import steering
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import IllegalTransition, NoticeState
from policies.notices.steering import Deed, objection


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues who look later: it stands with the notice and in the history of the policy."),
    )

    def __init__(
        self,
        data: Given = None,
        files: Files = None,
        *,
        asked: bool,
        required: bool,
        **options: Unpack[FormOptions],
    ) -> None:
        """Args:
        data: what was posted.
        files: nothing, but Django gives it.
        asked: whether there is a reason to be given at all.
        required: whether it cannot be left out.
        options: as for any form.
        """
        super().__init__(data, files, **options)
        self.fields["because"].required = required
        if not asked:
            del self.fields["because"]


@dataclass(frozen=True, slots=True)
class WayOfSteering:
    """How the pages speak of a deed, and how it is done; `do` returns what is then said."""

    question: Words
    explain: Callable[[AmendmentNotice], str]
    button: Words
    do: Callable[[AmendmentNotice, str, User], str]
    asks_why: bool = False
    needs_why: bool = False


def _about_stopping(notice: AmendmentNotice) -> str:
    if not notice.staged_at:
        return gettext("Nobody was written to yet, and nobody will be. It cannot be started again.")
    return gettext(
        "%(waiting)s not written to yet never will be. %(sent)s got it: that stays so. It cannot be started again."
    ) % {"waiting": notice.so_many(notice.waiting), "sent": notice.so_many(notice.sent)}


def _about_pausing(notice: AmendmentNotice) -> str:
    if notice.state == NoticeState.HELD:
        return gettext("Nothing is sent until somebody lets it go on.")
    return gettext("Nothing more is sent until somebody lets it go on.")


def _about_resuming(notice: AmendmentNotice) -> str:
    return gettext("It goes on where it was paused: %(so_many)s are still to be written to.") % {
        "so_many": notice.so_many(notice.waiting)
    }


def _about_retrying(notice: AmendmentNotice) -> str:
    return gettext(
        "%(mails)s failed. Each is tried again for up to three days; nobody else is written to. What was "
        "never answered may have arrived, and would then come twice."
    ) % {"mails": mails_in_words(notice.failed)}


def _stop(notice: AmendmentNotice, because: str, by: User) -> str:
    steering.stop(notice, because=because, by=by)
    return gettext("Stopped for good. %(so_many)s got it.") % {"so_many": notice.so_many(notice.sent)}


def _pause(notice: AmendmentNotice, because: str, by: User) -> str:
    steering.pause(notice, because=because, by=by)
    return gettext("Paused. Nothing is sent until somebody lets it go on.")


def _resume(notice: AmendmentNotice, because: str, by: User) -> str:
    steering.resume(notice, by=by)
    return gettext("It goes on.")


def _retry(notice: AmendmentNotice, because: str, by: User) -> str:
    again = steering.retry_failed(notice, by=by)
    if not again:
        return str(steering.NOBODY_FAILED)
    return gettext("%(mails)s will be tried again.") % {"mails": mails_in_words(again)}


WAYS = {
    Deed.STOP: WayOfSteering(_("Stop this notice?"), _about_stopping, _("Stop it for good"), _stop, True, True),
    Deed.PAUSE: WayOfSteering(_("Pause this notice?"), _about_pausing, _("Pause it"), _pause, asks_why=True),
    Deed.RESUME: WayOfSteering(_("Let this notice go on?"), _about_resuming, _("Let it go on"), _resume),
    Deed.RETRY: WayOfSteering(_("Try those that failed again?"), _about_retrying, _("Try them again"), _retry),
}


class SteeringView(NoticeView, FormView):
    """One deed with one notice."""

    permission_required = "steer"
    template_name = "policies/desk/telling/steer.html"
    form_class = ReasonForm
    http_method_names = ("get", "head", "post")
    deed = Deed.STOP

    @property
    def way(self) -> WayOfSteering:
        return WAYS[self.deed]

    def get_page_title(self) -> str:
        return str(self.way.question)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"asked": self.way.asks_why, "required": self.way.needs_why}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        why_not = objection(self.notice, self.deed)
        explained = "" if why_not else self.way.explain(self.notice)
        return super().get_context_data(way=self.way, deed=self.deed, why_not=why_not, explained=explained, **kwargs)

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        """Do it, or say what forbids it; both lead back to the notice."""
        try:
            messages.success(self.request, self.way.do(self.notice, form.cleaned_data.get("because", ""), self.user))
        except IllegalTransition as refusal:
            self.notice.refresh_from_db()
            messages.error(self.request, objection(self.notice, self.deed) or str(refusal))
        return redirect("notices:inspect", self.notice.pk)
