"""The page on which a person is asked, and what becomes of the answer."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.flows.persons import PersonsRequest
from policies.notices.agreeing.answering import AgeNotStated, CannotAnswer, answer
from policies.notices.agreeing.gate import LATER, is_in_cms
from policies.notices.agreeing.offers import offer, read
from policies.notices.agreeing.on_pages import standings_for
from policies.notices.agreeing.standing import Standing, State
from policies.notices.models.answers import Answer
from policies.reading.contexts import find, history_of
from policies.reading.views.comparing import comparison
from policies.versions.events import shown
from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion

Kind = Answer.Kind
SAID = {
    Kind.ACCEPTED: _("You have accepted %(what)s. You can take that back under Policies in your account."),
    Kind.ACKNOWLEDGED: _(
        "You have said that you have read %(what)s. You can take that back under Policies in your account."
    ),
    Kind.DECLINED: _("You have declined %(what)s. You can still change your mind."),
    Kind.WITHDRAWN: _("You have taken back your answer to %(what)s. You can still change your mind."),
}


@require_safe
@login_required
def question(request: PersonsRequest, slug: str, number: str) -> HttpResponse:
    """Ask about one version, with what changed since the person last agreed, or with its whole text."""
    standing = _standing(request, slug, number)
    if standing is None:
        messages.info(request, gettext("Nothing is asked about that version any more."))
        return redirect("account_policies")
    return _ask(request, standing)


def _standing(request: HttpRequest, slug: str, number: str) -> Standing | None:
    known = ((one.question.slug, one.question.number, one) for one in standings_for(request))
    return next((one for its_slug, its_number, one in known if (its_slug, its_number) == (slug, number)), None)


def _ask(request: PersonsRequest, standing: Standing, problem: str = "") -> HttpResponse:
    history = history_of(standing.question.slug)
    entry = find(history, standing.question.number)
    assert entry is not None  # noqa: S101  (questions are about kept versions)
    at_sign_in = request.GET.get("at") == Answer.Where.SIGN_IN or request.POST.get("at") == Answer.Where.SIGN_IN
    onward = _onward(request)
    context = {
        "offer": offer(request.user, standing, Answer.Where.SIGN_IN if at_sign_in else Answer.Where.ACCOUNT),
        "question": standing.question,
        "standing": standing,
        "problem": problem,
        "at": Answer.Where.SIGN_IN.value if at_sign_in else "",
        "next": onward,
        "may_wait": standing.state == State.MAY_WAIT or (standing.waits and is_in_cms(onward)),
    }
    response = render(request, "notices/agreeing/question.html", context | _text(request, history, entry, standing))
    shown.tell(request, entry.version)
    return response


def _text(request: HttpRequest, history: History, entry: Entry, standing: Standing) -> dict[str, object]:
    """Return the redline since the version last agreed to; the whole text for who never agreed."""
    whole = {"version": entry.version, "entry": entry, "document": entry.version.document}
    if standing.before is None:
        return whole
    return whole | comparison(request, history, history.of(standing.before.version), entry)


def _onward(request: HttpRequest) -> str:
    """Return where the person was going, if that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if get_adapter(request).is_safe_url(wanted) else reverse("account_policies")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def give_answer(request: PersonsRequest) -> HttpResponse:
    """Write down what the button says, and go on to where the person was going; after a sign-in, show what is asked."""
    if request.method != "POST":
        return redirect("account_policies")
    try:
        version_id, pressed = read(request.POST.get("answer", ""), request.user)
        version = PolicyVersion.objects.outline().get(pk=version_id)
        given = answer(request.user, version, pressed, age_stated="age" in request.POST)
    except AgeNotStated as problem:
        standing = _standing(request, version.slug, version.number)
        if standing:
            return _ask(request, standing, str(problem))
        messages.error(request, str(problem))
    except CannotAnswer as problem:
        messages.error(request, str(problem))
    else:
        if given:
            words = gettext("version %(number)s of “%(title)s”") % {"number": version.number, "title": version.title}
            messages.success(request, SAID[Kind(given.kind)] % {"what": words})
    return redirect(_onward(request))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def put_off(request: PersonsRequest) -> HttpResponse:
    """Ask again after the next sign-in, where that may wait."""
    if request.method != "POST":
        return redirect("account_policies")
    standing = _standing(request, request.POST.get("slug", ""), request.POST.get("number", ""))
    onward = _onward(request)
    if standing and (standing.state == State.MAY_WAIT or is_in_cms(onward)):
        request.session[LATER] = [*request.session.get(LATER, ()), standing.question.version_id]
    return redirect(onward)
