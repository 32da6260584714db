"""The page behind an outsider's link: what the draft changes, the mail about it, and the answer.

Nothing of a draft is shown but of the one in question, and none of it may be kept or found.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from policies.desk.approving.models import OutsideReview, ReviewAnswer
from policies.desk.approving.outsiders.forms import AnswerForm
from policies.desk.approving.outsiders.reviewing import NotAnswerable, answer_review, review_behind, why_closed
from policies.desk.approving.outsiders.showing import shown_to_outsiders

A_MINUTE = 60
HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


# The signed link is what is asked for, and the page sets no cookie: there is no session that could be misused.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft in question with the form for an answer, or take the answer.

    Raises:
        Http404: the link was not made by us.
    """
    if _asks_too_often(request):
        return _marked(render(request, "429.html", status=429))
    found = review_behind(token)
    if found is None:
        raise Http404("There is no such link.")
    if closed := why_closed(found):
        return _closed(request, found, closed)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answer_review(found, ReviewAnswer(said["answer"]), name=said["name"], words=said["words"])
        except NotAnswerable as reason:
            return _closed(request, found, str(reason))
        return _marked(redirect(request.path))
    context = {"review": found, "form": form, **shown_to_outsiders(found)}
    status = 422 if request.method == "POST" else 200
    return _marked(render(request, "policies/desk/approving/review.html", context, status=status))


def _asks_too_often(request: HttpRequest) -> bool:
    """Whether one address asks more than A_MINUTE times in a minute: a page costs much, and nobody guesses links."""
    key = f"policies.outside_review:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, 60)
    try:
        return cache.incr(key) > A_MINUTE
    except ValueError:  # the minute ended in between
        return False


def _closed(request: HttpRequest, review: OutsideReview, reason: str) -> HttpResponse:
    context = {"review": review, "reason": reason}
    status = 200 if review.answer else 410
    return _marked(render(request, "policies/desk/approving/review_closed.html", context, status=status))


def _marked(response: HttpResponse) -> HttpResponse:
    """Let nobody keep, find or pass on by a referrer what is shown."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
