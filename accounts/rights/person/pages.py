"""The page of a request, and what the person does there: the same behind both doors."""

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.rights.asking.forms import posted
from accounts.rights.asking.limits import LIMITS
from accounts.rights.attaching.keeping import RefusedFiles
from accounts.rights.attaching.sending import as_download
from accounts.rights.calendars import NothingIsDue, due_in_calendar
from accounts.rights.due_dates import today
from accounts.rights.mails.links import page_url
from accounts.rights.mails.writing import tell_staff
from accounts.rights.models import ENDED, Kind, MailKind, RightsRequest, Side, State, What
from accounts.rights.moves import IllegalMove, reopen, withdraw
from accounts.rights.person.doors import Door
from accounts.rights.person.forms import MessageForm, WhyForm
from accounts.rights.person.standing import standing_of
from accounts.rights.person.writing import answer, can_answer, write
from accounts.values.regulator import regulator_on

LOOKS: Final = (What.OPENED_BY_STAFF, What.FILE_OPENED_BY_STAFF, What.EXPORTED_BY_STAFF)
DONE: Final = {
    "sent": _("Your message is sent. We tell you by e-mail when there is an answer."),
    "answered": _("Your answer is here. The time runs on."),
    "twice": _("Your message was sent already. It is there once."),
    "withdrawn": _("Your request is withdrawn. You can open it again at any time."),
    "reopened": _("Your request is open again."),
    "confirmed": _(
        "Your address is confirmed, and we have your request. We have sent you the link to this page as well."
    ),
    "already": _("You have asked this already, in the same words. Here it is; add to it by a message."),
    "opened": _("We have your request. This page tells you how it stands."),
}
QUESTIONS: Final = {
    State.WAITING_CLARIFICATION: (_("Your answer"), _("Send my answer")),
    State.WAITING_IDENTITY: (_("What shows who you are"), _("Send it")),
}


@require_http_methods(["GET", "HEAD"])
def page(request: HttpRequest, door: Door) -> HttpResponse:
    """Everything about one request."""
    return shown(request, door, MessageForm())


def shown(request: HttpRequest, door: Door, form: MessageForm, trouble: str = "", status: int = 200) -> HttpResponse:
    """Show the page with a form that was filled in or not, and what stood in the way of what was asked for."""
    case = door.case
    label, send = QUESTIONS.get(State(case.state), (_("Your message"), _("Send")))
    form.fields["words"].label = label
    story = list(case.story.filter(internal=False))
    context = {
        "door": door,
        "case": case,
        "form": form,
        "send": send,
        "can_answer": can_answer(case),
        "standing": standing_of(case),
        "story": [line for line in story if line.what not in LOOKS],
        "looks": [line for line in story if line.what in LOOKS],
        "messages_shown": case.messages.prefetch_related("files"),
        "files": case.files.filter(message=None),
        "ended": case.state in ENDED,
        "urls": {name: door.url(name) for name in ("page", "write", "withdraw", "reopen", "calendar")},
        "done": DONE.get(request.GET.get("done", ""), ""),
        "trouble": trouble,
        "kind": kind_in_words(case),
        "regulator": regulator_on(today()),
    }
    return render(request, "accounts/rights/request.html", context, status=status)


def kind_in_words(case: RightsRequest) -> str:
    return gettext("I object to news and offers") if case.about_marketing else str(Kind(case.kind).label)


@require_http_methods(["GET", "HEAD", "POST"])
def write_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Send a message, or the answer that we wait for. A page that is opened by its address leads to the request."""
    if request.method != "POST":
        return redirect(door.url("page"))
    form = MessageForm(request.POST, request.FILES)
    if not LIMITS.may(request, "message", door.case.reference):
        return render(request, "429.html", status=429)
    if not form.is_valid():
        return shown(request, door, form, status=422)
    said = form.cleaned_data
    try:
        message = write(door.case, door.by, said["words"], said["attachments"], said["once"])
    except RefusedFiles as refused:
        form.add_error("attachments", refused.reasons)
        return shown(request, door, form, status=422)
    if message is None:
        return done(door, "twice")
    answered = request.POST.get("as") != "message" and answer(door.case, door.by)
    return done(door, "answered" if answered else "sent")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, door: Door) -> HttpResponse:
    """GET asks, POST does it."""
    return moved(request, door, withdraw, "withdrawn")


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_page(request: HttpRequest, door: Door) -> HttpResponse:
    """GET asks, POST does it."""
    return moved(request, door, reopen, "reopened")


def moved(request: HttpRequest, door: Door, move: Callable[..., None], name: str) -> HttpResponse:
    """Ask why on GET; on POST make the move that the person wants, or show how the request stands now."""
    form = WhyForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            move(door.case, door.by, form.cleaned_data["words"])
        except IllegalMove as refused:
            fresh = Door(RightsRequest.objects.select_related("person").get(pk=door.case.pk), door.by, door.token)
            return shown(request, fresh, MessageForm(), str(refused), status=409)
        tell_staff(door.case, MailKind.PERSON_WROTE)
        return done(door, name)
    context = {"door": door, "case": door.case, "form": form, "name": name, "page_url": door.url("page")}
    return render(request, "accounts/rights/move.html", context, status=422 if form.errors else 200)


def done(door: Door, name: str) -> HttpResponse:
    """Lead back to the page, which says what was done: there is no session behind a link that could remember it."""
    return redirect(f"{door.url('page')}?done={name}")


@require_http_methods(["GET", "HEAD"])
def file_page(request: HttpRequest, door: Door, pk: int) -> HttpResponseBase:
    """One file of this request, as a download.

    Raises:
        Http404: it is none of this request, or no longer stored.
    """
    found = get_object_or_404(door.case.files, pk=pk)
    try:
        return as_download(found)
    except FileNotFoundError as error:
        raise Http404("The file is no longer where it was stored.") from error


@require_http_methods(["GET", "HEAD"])
def calendar_page(request: HttpRequest, door: Door) -> HttpResponse:
    """The due date for a calendar.

    Raises:
        Http404: nothing is due.
    """
    try:
        content = due_in_calendar(door.case, Side.PERSON, page_url(door.case))
    except NothingIsDue as error:
        raise Http404("Nothing is due.") from error
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="request-{door.case.reference}.ics"'
    return response
