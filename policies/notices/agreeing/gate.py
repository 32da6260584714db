"""Asks before a page of the account is shown, and tells other clients where to answer. It never stands before
what is a person's by right: their data, details, security, choices, rights, closing, the policies themselves."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from policies.notices.agreeing.on_pages import standings_for
from policies.notices.agreeing.standing import Standing
from policies.reading.full_addresses import absolute

# Where a session keeps to which versions its person said “later”.
LATER = "notices.later"


class AgreementGate:
    """Comes after the message middleware. Elsewhere than where it asks, it does not even look at who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Sequence[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        if is_in_cms(request.path):
            return _ask_once(request)
        return _ask(request) if asks_at(request.path) else None


def asks_at(path: str) -> bool:
    """Whether people are asked before they see this page: the account's overview, and what the settings name."""
    return path == reverse("accounts:overview") or path.startswith(tuple(settings.AGREEMENTS_ASKED_AT))


def is_in_cms(path: str) -> bool:
    return path.startswith(reverse("wagtailadmin_home"))


def _ask(request: HttpRequest) -> HttpResponse | None:
    standings = standings_for(request)
    missing = [standing for standing in standings if standing.is_without]
    if missing:
        return to_question(request, missing[0]) if is_looked_at(request) else refuse(request, missing)
    return _ask_once(request)


def _ask_once(request: HttpRequest) -> HttpResponse | None:
    """Ask once after each sign-in what may wait; in the CMS everything may.

    Editors act for the company there. Whoever has to announce or to withdraw something must be able to, whatever they
    think of another policy.
    """
    waiting = [standing for standing in standings_for(request) if standing.waits]
    if not waiting or not is_looked_at(request):
        return None
    later = request.session.get(LATER, ())
    standing = next((one for one in waiting if one.question.version_id not in later), None)
    return to_question(request, standing) if standing else None


def is_looked_at(request: HttpRequest) -> bool:
    """Whether a person looks at a page, rather than a script at data, or a form at its answer."""
    if request.method not in ("GET", "HEAD") or request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return False
    is_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"  # and no frame, no script
    return is_page and request.get_preferred_type(["text/html", "application/json"]) == "text/html"


def to_question(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Lead to the question, and from there back to the page that was wanted."""
    address = question_address(standing)
    return redirect(f"{address}?{urlencode({'at': 'sign-in', 'next': request.get_full_path()})}")


def question_address(standing: Standing) -> str:
    return reverse("account_question", args=[standing.question.slug, standing.question.number])


def refuse(request: HttpRequest, missing: list[Standing]) -> HttpResponse:
    """Say what is missing and where to answer: in words, or as a problem in JSON (RFC 9457) with links (RFC 8288)."""
    questions = [(one.question, settings.SITE_URL + question_address(one)) for one in missing]
    if _wants_html(request):
        response = render(request, "notices/agreeing/asked_first.html", {"questions": questions}, status=403)
    else:
        problem = {
            "type": "about:blank",
            "title": "Forbidden",
            "status": 403,
            "detail": "This person has not agreed to what is asked of them. Let them answer in a browser.",
            "questions": [
                {
                    "policy": question.title,
                    "version": question.number,
                    "asks_for": question.asks_for,
                    "text": absolute("policies:version", question.slug, question.number),
                    "answer_at": address,
                }
                for question, address in questions
            ],
        }
        response = JsonResponse(problem, status=403, content_type="application/problem+json")
    response.headers["Link"] = ", ".join(f'<{address}>; rel="help"' for _, address in questions)
    response.headers["Cache-Control"] = "no-store"
    return response


def _wants_html(request: HttpRequest) -> bool:
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return not is_script and "text/html" in request.headers.get("Accept", "")
