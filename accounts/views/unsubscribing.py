"""The pages behind the links in our mails. They need no sign-in and no cookie: the signed link is the key.

Therefore they are free of the check against forged requests. Looking never acts: mail scanners open every link.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.flows.consents import WordsChanged, wording_of
from accounts.flows.links import BadLink
from accounts.flows.origins import origin_of
from accounts.flows.preferences_notes import notes_for
from accounts.flows.unsubscribe_links import (
    MARKETING,
    POLICY_MAIL,
    masked,
    read_unsubscribe_token,
    read_way_back_token,
    unsubscribe_token,
    way_back_token,
)
from accounts.flows.unsubscribing import Where, come_back, is_subscribed, may_come_back
from accounts.flows.unsubscribing import unsubscribe as stop_mail
from accounts.models import ConsentRecord, User

MAILS = {POLICY_MAIL: _("mail about changes of our policies"), MARKETING: _("news and offers by e-mail")}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does it. A mail program's own button is answered shortly (RFC 8058)."""
    try:
        person, purpose = _find(read_unsubscribe_token, token)
    except BadLink:
        return _bad_link(request)
    if request.method == "POST":
        by_program = request.POST.get("List-Unsubscribe") == "One-Click"
        stop_mail(person, purpose, Where.MAIL_PROGRAM if by_program else Where.UNSUBSCRIBING, origin_of(request))
        if by_program:
            return HttpResponse(gettext("You are unsubscribed.\n"), content_type="text/plain; charset=utf-8")
    return render(request, "accounts/unsubscribe.html", _context(person, purpose))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def way_back(request: HttpRequest, token: str) -> HttpResponse:
    """The same page; POST undoes it. Only words that were shown there count as agreed to."""
    try:
        person, purpose = _find(read_way_back_token, token)
    except BadLink:
        return _bad_link(request)
    context = {}
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            come_back(person, purpose, int(version) if version.isdecimal() else 0, origin_of(request))
        except WordsChanged:
            context = {"words_changed": True}
        else:
            context = {"came_back": True}
    return render(request, "accounts/unsubscribe.html", _context(person, purpose) | context)


def _find(read: Callable[[str], tuple[int, str]], token: str) -> tuple[User, str]:
    person_id, purpose = read(token)
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        raise BadLink
    return person, purpose


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/unsubscribe_bad_link.html", status=404)


def _context(person: User, purpose: str) -> dict[str, object]:
    back = may_come_back(person, purpose)
    return {
        "address": masked(person.email),
        "mail": MAILS[purpose],
        "subscribed": is_subscribed(person, purpose),
        "leave": unsubscribe_token(person.pk, purpose),
        "back": way_back_token(person.pk, purpose) if back else "",
        "wording": wording_of(ConsentRecord.Purpose.MARKETING_BY_EMAIL) if purpose == MARKETING else None,
        "notes": notes_for(person) if purpose == POLICY_MAIL else [],
    }
