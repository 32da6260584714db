"""The door of anybody: the form, the mail that confirms an address, and a new link to a request.

What is answered here is the same whether an address has an account or not, and so is what is mailed.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.rights.asking.confirming import AlreadyConfirmed, confirm
from accounts.rights.asking.forms import StrangersForm, posted
from accounts.rights.asking.instant import INSTANT
from accounts.rights.asking.limits import LIMITS
from accounts.rights.asking.opening import open_request
from accounts.rights.mails.links import CONFIRMING, FOLLOWING, BadLink, EndedLink, is_in_an_account
from accounts.rights.mails.writing import tell_person
from accounts.rights.models import Channel, MailKind, PublicNumbers, RightsRequest
from accounts.rights.moves import By, IllegalMove
from accounts.rights.person.doors import Door, bad_link, marked
from accounts.rights.person.pages import done


@require_http_methods(["GET", "HEAD", "POST"])
def data_rights(request: HttpRequest) -> HttpResponse:
    """The form for anybody. What was typed is kept with an error, but for files, which browsers do not send again."""
    form = StrangersForm(*posted(request))
    if request.method == "POST":
        if not LIMITS.may(request, "form"):
            return render(request, "429.html", status=429)
        if form.is_valid():
            if not LIMITS.may(request, "address", form.cleaned_data["address"]):
                return render(request, "429.html", status=429)
            open_request(form.asked(), Channel.FORM, By.person(), form.cleaned_data["attachments"])
            return redirect("data_rights:sent")
    context = {"form": form, "instant": INSTANT, "numbers_are_shown": PublicNumbers.current().shown}
    return render(request, "accounts/rights/data_rights.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/rights/sent.html")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET asks, POST does it: mail scanners open every link. The signed link is the key, and there is no session."""
    if not LIMITS.may(request, "page"):
        return marked(render(request, "429.html", status=429))
    try:
        case = CONFIRMING.read(token)
    except EndedLink:
        return marked(render(request, "accounts/rights/confirm_ended.html", status=410))
    except BadLink:
        return marked(bad_link(request))
    return marked(_confirmed(request, case) if request.method == "POST" else _asked_to_confirm(request, case))


def _asked_to_confirm(request: HttpRequest, case: RightsRequest) -> HttpResponse:
    used = case.state != "unconfirmed"
    context = {"case": case, "used": used, "in_account": is_in_an_account(case)}
    return render(request, "accounts/rights/confirm.html", context)


def _confirmed(request: HttpRequest, case: RightsRequest) -> HttpResponse:
    try:
        confirm(case)
    except AlreadyConfirmed:
        return _asked_to_confirm(request, case)
    except IllegalMove as refused:
        fresh = RightsRequest.objects.get(pk=case.pk)
        context = {"case": fresh, "used": True, "in_account": is_in_an_account(fresh), "trouble": str(refused)}
        return render(request, "accounts/rights/confirm.html", context, status=409)
    if is_in_an_account(case):
        return render(request, "accounts/rights/in_account.html", {"case": case, "just_confirmed": True})
    return done(Door(case, By.person(), FOLLOWING.token(case)), "confirmed")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Mail a new link to the address that the ended one was sent to. It is shown nowhere."""
    try:
        FOLLOWING.read(token)
    except EndedLink as ended:
        case = ended.request
    except BadLink:
        return marked(bad_link(request))
    else:
        return marked(redirect(reverse("data_rights:page", args=[token])))
    if request.method != "POST":
        return marked(redirect(reverse("data_rights:page", args=[token])))
    if not LIMITS.may(request, "link", case.reference):
        return marked(render(request, "429.html", status=429))
    tell_person(case, MailKind.NEWS)
    return marked(render(request, "accounts/rights/link_sent.html"))
