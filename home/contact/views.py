"""The pages under `/contact/`: the address and the form, what follows it, and the step that opens a mailbox."""

from allauth.core import ratelimit
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from home.contact import guarding
from home.contact.forms import EnquiryForm, new_form
from home.contact.harvesters import mailbox_of
from home.contact.models import ContactPage, Enquiry
from home.contact.receiving import Asked, receive

SENT = Signer(salt="home.contact.sent")
LIMIT = "enquiry"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """The address and the form. What is refused comes back as it was typed, with what to do."""
    if request.method != "POST":
        return _page(request, new_form(request))
    form = EnquiryForm(request.POST)
    if not form.is_valid():
        form.hand_out_again()
        return _page(request, form)
    if not ratelimit.consume(request, action=LIMIT, key=form.cleaned_data["email"]):
        form.add_error(None, guarding.TOO_MANY)
        return _page(request, form, status=429)
    enquiry = receive(_asked(request, form))
    return redirect("contact_sent", SENT.sign(enquiry.reference))


def _page(request: HttpRequest, form: EnquiryForm, status: int = 200) -> HttpResponse:
    page = ContactPage.objects.live().first() or ContactPage(title=gettext("Contact"))
    return render(request, "home/contact/contact.html", {"page": page, "form": form}, status=status)


def _asked(request: HttpRequest, form: EnquiryForm) -> Asked:
    assert form.handed_out  # noqa: S101 (a form without one is not valid)
    said = form.cleaned_data
    return Asked(
        about=said["about"],
        words=said["words"],
        address=said["email"],
        form_key=form.handed_out.key,
        name=said["name"],
        version=said["version"],
        person=request.user if isinstance(request.user, User) else None,
    )


@never_cache
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """Says that it has come, and under which reference. Who has the link sees no more than that.

    Raises:
        Http404: the link is none of ours, or the enquiry is no longer kept.
    """
    try:
        enquiry = get_object_or_404(Enquiry, reference=SENT.unsign(token))
    except BadSignature as error:
        raise Http404 from error
    return render(request, "home/contact/sent.html", {"enquiry": enquiry})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request: HttpRequest, token: str) -> HttpResponse:
    """Shows a mailbox of ours to who runs no scripts; a button makes it a link. It changes nothing, so needs no token.

    Raises:
        Http404: the link is none of ours.
    """
    try:
        mailbox = mailbox_of(token)
    except BadSignature as error:
        raise Http404 from error
    known = {"mailbox": mailbox, "address": mailbox.partition("?")[0], "opened": request.method == "POST"}
    return render(request, "home/contact/write_to.html", known)
