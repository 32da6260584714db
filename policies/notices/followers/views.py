"""The pages under `/policies/…/follow/`. Each answers the same, whether an address is known or not.

Those behind a signed link are free of the check against forged requests: the link is the key. Looking never acts.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.flows.links import BadLink
from policies.notices.followers.following import ask, confirm, followed_with, leave
from policies.notices.followers.forms import FollowForm
from policies.notices.followers.kept import kept_about
from policies.notices.followers.limits import LIMITS
from policies.notices.followers.links import CONFIRMING, KEPT, LEAVING, Links
from policies.notices.followers.mails import answer_followers
from policies.notices.models.followers import Follower
from policies.reading.who_reads import reader_of
from policies.versions.models import PolicyVersion

ByLink = Callable[[HttpRequest, Follower], HttpResponse]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Ask for an address, for one policy or for all. The mail that confirms it is sent by the queue.

    Raises:
        Http404: there is no such policy, or nothing of it was announced.
    """
    policy = _policy(slug) if slug else None
    form = FollowForm(request.POST or None)
    if request.method == "POST":
        if not LIMITS.may(request, "form"):
            return render(request, "429.html", status=429)
        if form.is_valid():
            if not LIMITS.may(request, "address", form.cleaned_data["address"]):
                return render(request, "429.html", status=429)
            ask(form.cleaned_data["address"], policy.page if policy else None)
            answer_followers.enqueue()
            return redirect("policies:follow_sent")
    context = {"form": form, "policy": policy, "signed_in": reader_of(request) is not None}
    return render(request, "notices/followers/follow.html", context, status=422 if form.errors else 200)


def _policy(slug: str) -> PolicyVersion:
    """Return the version whose title stands for the policy: in force, or the newest."""
    versions = PolicyVersion.objects.of(slug).outline().select_related("page")
    found = versions.in_force(on=timezone.localdate()).first() or versions.order_by("-sequence").first()
    if found is None:
        raise Http404(f"There is no policy {slug}.")
    return found


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "notices/followers/sent.html")


def _by_link(links: Links) -> Callable[[ByLink], Callable[..., HttpResponse]]:
    """Find the follower of a signed link; say where the link is bad, or the follower gone."""

    def of_view(view: ByLink) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def found(request: HttpRequest, token: str) -> HttpResponse:
            if not LIMITS.may(request, "link"):
                return render(request, "429.html", status=429)
            try:
                number = links.read(token)
            except BadLink:
                return render(request, "notices/followers/bad_link.html", status=404)
            follower = Follower.objects.select_related("page").filter(pk=number).first()
            return view(request, follower) if follower else _gone(request)

        return found

    return of_view


def _gone(request: HttpRequest) -> HttpResponse:
    """A link of ours whose follower has left, or never confirmed: a mail program that asks again has what it wanted."""
    if _is_one_click(request):
        return _left_shortly()
    return render(request, "notices/followers/left.html", {"gone": True})


def _is_one_click(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"


def _left_shortly() -> HttpResponse:
    return HttpResponse(gettext("You are unsubscribed.\n"), content_type="text/plain; charset=utf-8")


@_by_link(CONFIRMING)
def confirm_address(request: HttpRequest, follower: Follower) -> HttpResponse:
    """GET asks, POST does it: mail scanners open every link."""
    if request.method == "POST":
        confirm(follower)
    return render(request, "notices/followers/confirm.html", _context(follower))


@_by_link(LEAVING)
def leave_list(request: HttpRequest, follower: Follower) -> HttpResponse:
    """GET asks and shows what is kept, POST stops and deletes. A mail program's own button is answered shortly."""
    if request.method != "POST":
        return render(request, "notices/followers/leave.html", _context(follower))
    leave(follower)
    if _is_one_click(request):
        return _left_shortly()
    others = [(other, LEAVING.token(other.pk)) for other in followed_with(follower.address)]
    return render(request, "notices/followers/left.html", {"follower": follower, "others": others})


@_by_link(KEPT)
def what_is_kept(request: HttpRequest, follower: Follower) -> HttpResponse:
    """All that is kept about the address, as a file."""
    answer = JsonResponse(kept_about(follower.address), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="followed-policies.json"'
    return answer


def _context(follower: Follower) -> dict[str, object]:
    return {
        "follower": follower,
        "followed": followed_with(follower.address),
        "leave": LEAVING.token(follower.pk),
        "kept": KEPT.token(follower.pk),
    }
