"""Recovery codes: how many are left, making new ones, showing them once, and noting that they are kept."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from accounts.second_factor import signals
from accounts.second_factor.changing import NothingToRecover, make_recovery_codes, note_codes_kept
from accounts.second_factor.factors import codes_left
from accounts.second_factor.mails import tell
from accounts.second_factor.models import RecoveryDevice
from accounts.second_factor.views.before_changing import changes_a_factor
from accounts.values.person import person_of

TEXT = _("""Recovery codes for {name} at {site}

Each lets you in once, when your phone or passkey is not at hand. Keep them away from it.

{codes}
""")


def show(request: HttpRequest, codes: list[str], done: str, onward: str) -> HttpResponse:
    """Show new codes, this once.

    Args:
        request: of the person whose codes they are.
        codes: as people type them.
        done: what was done just before, in a sentence.
        onward: the address to go on to.
    """
    user = person_of(request)
    name, site = user.get_username(), request.get_host()
    text = TEXT.format(name=name, site=site, codes="\n".join(codes)).replace("\n", "\r\n")
    made_at = RecoveryDevice.objects.get(user=user).made_at.isoformat()
    context = {"codes": codes, "text": text, "made_at": made_at, "done": done, "onward": onward}
    return render(request, "second_factor/codes.html", context)


@method_decorator(changes_a_factor, name="dispatch")
class RecoveryCodes(TemplateView):
    """How many are left, and the button that makes new ones; the answer to it shows them, once."""

    template_name = "second_factor/recovery_codes.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(codes_left=codes_left(person_of(self.request)), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make new codes and show them this once; the earlier ones stop working, and the person is told by mail."""
        user = person_of(request)
        try:
            codes = make_recovery_codes(user)
        except NothingToRecover:
            messages.warning(
                request, gettext("Set up an authenticator app or a passkey first: recovery codes stand in for it.")
            )
            return redirect("second_factor:overview")
        signals.recovery_codes_made.send(type(self), request=request, user=user, device=None)
        tell(user, "recovery_codes_made")
        return show(
            request,
            codes,
            gettext("The codes you had before are no longer good."),
            resolve_url("second_factor:overview"),
        )


@method_decorator([login_required, never_cache], name="dispatch")
class Kept(View):
    """The button under the codes. Without it, the overview reminds the person of them."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Note that the person kept the codes they were shown, unless newer ones were made since."""
        try:
            made_at = parse_datetime(request.POST.get("made_at", ""))
        except ValueError:
            made_at = None
        if made_at and made_at.tzinfo and note_codes_kept(person_of(request), made_at):
            messages.success(request, gettext("Noted: you have kept your recovery codes."))
        else:
            messages.warning(request, gettext("Newer codes were made meanwhile: those you kept are no longer good."))
        return HttpResponseRedirect(get_next_redirect_url(request) or resolve_url("second_factor:overview"))
