"""Stopping, pausing, resuming and retrying a notice in the CMS: GET asks, POST does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.generic import FormView
from wagtail.admin import messages

from accounts.models import User
from accounts.values.wording import mails_in_words
from policies.desk.telling.notice_views import NoticeView
from policies.notices import steering
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import IllegalTransition, NoticeState
from policies.notices.steering import Deed, objection


class ReasonForm(forms.Form):
    because = forms.CharField(
        label="Why?",
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For colleagues who look later: it stands with the notice and in the history of the policy.",
    )

    def __init__(self, *args: Any, asked: bool, required: bool, **kwargs: Any) -> None:
        """Args:
        args: as for any form.
        asked: whether there is a reason to be given at all.
        required: whether it cannot be left out.
        kwargs: as for any form.
        """
        super().__init__(*args, **kwargs)
        self.fields["because"].required = required
        if not asked:
            del self.fields["because"]


@dataclass(frozen=True, slots=True)
class WayOfSteering:
    """How the pages speak of a deed, and how it is done; `do` returns what is then said."""

    question: str
    explain: Callable[[AmendmentNotice], str]
    button: str
    do: Callable[[AmendmentNotice, str, User], str]
    asks_why: bool = False
    needs_why: bool = False


def _about_stopping(notice: AmendmentNotice) -> str:
    if not notice.staged_at:
        return "Nobody was written to yet, and nobody will be. It cannot be started again."
    return (
        f"{notice.so_many(notice.waiting)} not written to yet never will be. {notice.so_many(notice.sent)} got it: "
        "that stays so. It cannot be started again."
    )


def _about_pausing(notice: AmendmentNotice) -> str:
    held = notice.state == NoticeState.HELD
    return f"Nothing {'' if held else 'more '}is sent until somebody lets it go on."


def _about_resuming(notice: AmendmentNotice) -> str:
    return f"It goes on where it was paused: {notice.so_many(notice.waiting)} are still to be written to."


def _about_retrying(notice: AmendmentNotice) -> str:
    return (
        f"{mails_in_words(notice.failed)} failed. Each is tried again for up to three days; nobody else is written "
        "to. What was never answered may have arrived, and would then come twice."
    )


def _stop(notice: AmendmentNotice, because: str, by: User) -> str:
    steering.stop(notice, because=because, by=by)
    return f"Stopped for good. {notice.so_many(notice.sent)} got it."


def _pause(notice: AmendmentNotice, because: str, by: User) -> str:
    steering.pause(notice, because=because, by=by)
    return "Paused. Nothing is sent until somebody lets it go on."


def _resume(notice: AmendmentNotice, because: str, by: User) -> str:
    steering.resume(notice, by=by)
    return "It goes on."


def _retry(notice: AmendmentNotice, because: str, by: User) -> str:
    again = steering.retry_failed(notice, by=by)
    if not again:
        return str(steering.NOBODY_FAILED)
    return gettext("%(mails)s will be tried again.") % {"mails": mails_in_words(again)}


WAYS = {
    Deed.STOP: WayOfSteering("Stop this notice?", _about_stopping, "Stop it for good", _stop, True, True),
    Deed.PAUSE: WayOfSteering("Pause this notice?", _about_pausing, "Pause it", _pause, asks_why=True),
    Deed.RESUME: WayOfSteering("Let this notice go on?", _about_resuming, "Let it go on", _resume),
    Deed.RETRY: WayOfSteering("Try those that failed again?", _about_retrying, "Try them again", _retry),
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
        return self.way.question

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
