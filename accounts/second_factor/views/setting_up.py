"""Setting up an authenticator app: the key as a picture and as text, confirmed by a first code."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.second_factor.changing import confirm_app, make_first_recovery_codes, offer_app
from accounts.second_factor.enrolling import key_in_groups, qr, welcome
from accounts.second_factor.forms import ConfirmAppForm
from accounts.second_factor.guard import gave_second_factor, may_enter_cms
from accounts.second_factor.views.before_changing import changes_a_factor
from accounts.second_factor.views.recovery_codes import show
from accounts.values.person import person_of


@method_decorator([*changes_a_factor, sensitive_post_parameters("otp_token")], name="dispatch")
class SetUp(FormView):
    form_class = ConfirmAppForm
    template_name = "second_factor/set_up.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.device = offer_app(person_of(request))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Check the code for the app being set up; if that is done or gone already, say so and change nothing."""
        user = person_of(request)
        pk = request.POST.get("app", "")
        device = TOTPDevice.objects.filter(user=user, confirmed=False, pk=pk).first() if pk.isdecimal() else None
        if device is None:
            messages.info(
                request, gettext("This app is set up already, or its key is no longer good. Nothing was changed.")
            )
            return redirect("second_factor:overview")
        self.device = device
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"device": self.device}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        user = person_of(self.request)
        shown = {"device": self.device, "qr": qr(self.device), "key": key_in_groups(self.device)}
        needed = may_enter_cms(user) and not gave_second_factor(user)
        return super().get_context_data(**shown, needed_for_cms=needed, **kwargs)

    def form_valid(self, form: ConfirmAppForm) -> HttpResponse:
        confirm_app(self.device, form.cleaned_data["name"])
        welcome(self.request, "app", self.device)
        return finish(self.request, gettext("“%(name)s” is set up.") % {"name": self.device.name})


def finish(request: HttpRequest, text: str) -> HttpResponse:
    """Show recovery codes once to a person who has none yet; send everybody else on."""
    onward = get_next_redirect_url(request) or resolve_url("second_factor:overview")
    codes = make_first_recovery_codes(person_of(request))
    if codes:
        return show(request, codes, text, onward)
    messages.success(request, text)
    return HttpResponseRedirect(onward)
