"""Seeing, naming and removing factors."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.second_factor import signals
from accounts.second_factor.changing import remove, rename
from accounts.second_factor.ending_sessions import end_other_sessions, renew_key
from accounts.second_factor.factors import Factor, codes_kept, codes_left, factors_of, find_factor
from accounts.second_factor.forms import NameForm, RemoveForm
from accounts.second_factor.guard import may_enter_cms
from accounts.second_factor.mails import tell
from accounts.second_factor.views.before_changing import changes_a_factor
from accounts.second_factor.views.setting_up import finish
from accounts.values.person import person_of


@method_decorator([login_required, never_cache], name="dispatch")
class Overview(TemplateView):
    template_name = "second_factor/overview.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        user = person_of(self.request)
        codes = {"codes_left": codes_left(user), "codes_kept": codes_kept(user)}
        return super().get_context_data(factors=factors_of(user), editor=may_enter_cms(user), **codes, **kwargs)


@method_decorator(changes_a_factor, name="dispatch")
class OfFactor(FormView):
    """A page about one factor of the person's own."""

    factor: Factor

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        factor = find_factor(person_of(request), self.kwargs.get("kind", "passkey"), self.kwargs["pk"])
        if factor is None:  # removed in another tab, or never theirs
            messages.info(request, gettext("That is not among your second steps, or not any more. These are:"))
            return redirect("second_factor:overview")
        self.factor = factor
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(factor=self.factor, **kwargs)


class Rename(OfFactor):
    form_class = NameForm
    template_name = "second_factor/rename.html"

    def get_initial(self) -> dict[str, object]:
        return {"name": self.factor.name}

    def form_valid(self, form: NameForm) -> HttpResponse:
        old_name, device = self.factor.name, self.factor.device
        rename(self.factor, form.cleaned_data["name"])
        who = {"request": self.request, "user": self.request.user, "device": device}
        signals.factor_renamed.send(type(device), old_name=old_name, **who)
        tell(person_of(self.request), "factor_renamed", label=self.factor.label, name=device.name, old_name=old_name)
        messages.success(
            self.request,
            gettext("“%(old_name)s” is now called “%(name)s”.") % {"old_name": old_name, "name": device.name},
        )
        return redirect("second_factor:overview")


class NamePasskey(OfFactor):
    """The second half of adding a passkey: the browser's own window asks for no name."""

    form_class = NameForm
    template_name = "second_factor/name_passkey.html"

    def get_initial(self) -> dict[str, object]:
        return {"name": self.factor.name}

    def form_valid(self, form: NameForm) -> HttpResponse:
        rename(self.factor, form.cleaned_data["name"])
        return finish(self.request, gettext("“%(name)s” is set up.") % {"name": self.factor.name})


class Remove(OfFactor):
    form_class = RemoveForm
    template_name = "second_factor/remove.html"

    def is_last(self) -> bool:
        return len(factors_of(person_of(self.request))) == 1

    def get_form_kwargs(self) -> dict[str, object]:
        locks_out = self.is_last() and may_enter_cms(person_of(self.request))
        return super().get_form_kwargs() | {"locks_out_of_cms": locks_out, "factor": self.factor}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(is_last=self.is_last(), used_now=self.verified_this_session(), **kwargs)

    def verified_this_session(self) -> bool:
        return self.request.session.get(DEVICE_ID_SESSION_KEY) == self.factor.device.persistent_id

    def form_valid(self, form: RemoveForm) -> HttpResponse:
        user, device, used_now = person_of(self.request), self.factor.device, self.verified_this_session()
        was_last = remove(self.factor)
        end_other_sessions(self.request)
        signals.factor_removed.send(type(device), request=self.request, user=user, device=device)
        tell(user, "factor_removed", label=self.factor.label, name=self.factor.name, was_last=was_last)
        return self.leave(was_last, used_now)

    def leave(self, was_last: bool, used_now: bool) -> HttpResponse:
        """End this session, too, if it was verified by the removed factor and another factor is left."""
        text = gettext("“%(name)s” is removed.") % {"name": self.factor.name}
        if used_now and not was_last:
            logout(self.request)
            messages.success(
                self.request,
                gettext("%(text)s You had signed in with it: sign in again with another.") % {"text": text},
            )
            return redirect("account_login")
        if was_last:
            self.request.session.pop(DEVICE_ID_SESSION_KEY, None)
        renew_key(self.request)
        messages.success(self.request, text)
        return redirect("second_factor:overview")
