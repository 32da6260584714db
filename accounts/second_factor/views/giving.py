"""The step of signing in at which the second factor is given."""

from allauth.account.stages import LoginStageController
from allauth.account.utils import get_login_redirect_url
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts.second_factor.forms import CodeForm
from accounts.second_factor.stage import SecondFactorStage

ENDED = _("Your sign-in was not finished in time, or has ended. Nothing is lost: please sign in again.")


@method_decorator([never_cache, rate_limit(action="login"), sensitive_post_parameters("otp_token")], name="dispatch")
class Give(FormView):
    form_class = CodeForm
    template_name = "second_factor/give.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:  # another tab was first, or the back button
            return HttpResponseRedirect(get_login_redirect_url(request))
        self.stage = LoginStageController.enter(request, SecondFactorStage.key)
        if self.stage is None:
            messages.warning(request, ENDED)
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"request": self.request, "user": self.stage.login.user}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        # django-otp binds the session to the device that is on the user when allauth signs this very object in.
        self.stage.login.user.otp_device = form.given
        return self.stage.exit()
