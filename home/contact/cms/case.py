"""The page of one enquiry in the CMS: what was asked, what was done, and what can be done."""

import datetime as dt
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from accounts.rights.desk.access import POLICY
from accounts.values.wording import day_in_words
from home.contact import answering, turning
from home.contact.cms.forms import AssignForm, NoteForm, ReplyForm, TurnForm
from home.contact.mails import unsent
from home.contact.models import Enquiry, EnquiryStep
from home.contact.noticing import may_be

MEANWHILE = _(
    "A colleague answered or closed this enquiry while you wrote. Nothing was sent; your words are still in the form. "
    "Read what was done, and press the button again if yours is still needed."
)


# Each page after the first within this time belongs to the same visit.
ONE_VISIT = dt.timedelta(minutes=30)


class EnquiryPermissions(ModelPermissionPolicy):
    """Enquiries come from outside and are never edited: they are looked at and answered. Who answers looks, too."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "view":
            return self.user_has_permission(user, "answer") or bool(super().user_has_permission(user, "view"))
        return action == "answer" and bool(super().user_has_permission(user, action))


PERMISSIONS = EnquiryPermissions(Enquiry)


class EnquiryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One enquiry."""

    permission_policy = PERMISSIONS
    permission_required = "view"
    header_icon = "mail"
    page_title = _("Enquiry")
    template_name = "home/contact/cms/case.html"
    index_url_name = None
    http_method_names: tuple[str, ...] = ("get", "head")
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: object, pk: int, **kwargs: object) -> None:
        """Find the enquiry.

        Raises:
            Http404: there is none of that number.
        """
        super().setup(request, *args, pk=pk, **kwargs)
        found = Enquiry.objects.select_related("version", "person", "assigned_to", "request").prefetch_related(
            "steps__by"
        )
        self.enquiry: Enquiry = get_object_or_404(found.defer("version__content", "version__text"), pk=pk)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Write down who looks before anything is shown: the person finds it in the copy of their data."""
        looked, since = EnquiryStep.What.LOOKED, timezone.now() - ONE_VISIT
        if not self.enquiry.steps.filter(what=looked, by=self.user, at__gt=since).exists():
            self.enquiry.steps.create(what=looked, by=self.user)
        return super().get(request, *args, **kwargs)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_page_subtitle(self) -> str:
        return str(self.enquiry)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        enquiries = {"url": reverse("enquiries:index"), "label": gettext("Enquiries")}
        return [*self.breadcrumbs_items, enquiries, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        steps = list(self.enquiry.steps.all())
        seen = {"seen": steps[-1].pk if steps else 0}
        hint = may_be(self.enquiry.words)
        forms_shown: dict[str, object] = {
            "reply_form": ReplyForm(initial=seen, prefix="reply"),
            "note_form": NoteForm(initial=seen, prefix="note"),
            "assign_form": AssignForm(initial={"to": self.enquiry.assigned_to}, prefix="assign"),
            "turn_form": TurnForm(initial={"kind": hint.kind if hint else None}, prefix="turn"),
        }
        known = {
            "enquiry": self.enquiry,
            "steps": steps,
            "unsent": unsent(self.enquiry),
            "may_answer": PERMISSIONS.user_has_permission(self.user, "answer"),
            "may_be": hint,
            "may_handle": POLICY.user_has_permission(self.user, "handle"),
        }
        return super().get_context_data(**known, **(forms_shown | kwargs))


class DeedView(EnquiryView):
    """Something done with it. What is refused comes back on the page as it was typed."""

    permission_required = "answer"
    http_method_names = ("post",)
    form_class: type[forms.Form] = forms.Form
    name = ""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = self.form_class(request.POST, prefix=self.name)
        if form.is_valid():
            try:
                messages.success(request, self.do(form))
                return redirect("enquiries:inspect", self.enquiry.pk)
            except answering.AnsweredMeanwhile:
                form = self._once_more(form)
        return self.render_to_response(self.get_context_data(**{f"{self.name}_form": form}))

    def _once_more(self, form: forms.Form) -> forms.Form:
        """Return the form with the same words, ready for who has read what was done meanwhile."""
        last = self.enquiry.steps.order_by("pk").last()
        seen = {f"{self.name}-seen": str(last.pk if last else 0)}
        again = self.form_class(self.request.POST.dict() | seen, prefix=self.name)
        again.add_error("words", MEANWHILE)
        return again

    def do(self, form: forms.Form) -> str:
        """Do it, and return what is said then.

        Raises:
            NotImplementedError: a subclass does not say what is done.
            AnsweredMeanwhile: somebody else did something since the page was made.
        """
        raise NotImplementedError


class ReplyView(DeedView):
    name, form_class = "reply", ReplyForm

    def do(self, form: forms.Form) -> str:
        said = form.cleaned_data
        answering.reply(self.enquiry, said["words"], by=self.user, seen=said["seen"] or 0)
        return gettext("Your answer to %(who)s is on its way.") % {"who": self.enquiry.who}


class NoteView(DeedView):
    name, form_class = "note", NoteForm

    def do(self, form: forms.Form) -> str:
        answering.note(self.enquiry, form.cleaned_data["words"], by=self.user)
        return gettext("Noted.")


class AssignView(DeedView):
    name, form_class = "assign", AssignForm

    def do(self, form: forms.Form) -> str:
        to = form.cleaned_data["to"]
        answering.assign(self.enquiry, to, by=self.user)
        return gettext("%(who)s looks after it now.") % {"who": to} if to else gettext("Nobody looks after it now.")


class CloseView(DeedView):
    def do(self, form: forms.Form) -> str:
        answering.close(self.enquiry, by=self.user)
        return gettext("Closed. It can be opened again.")


class OpenView(DeedView):
    def do(self, form: forms.Form) -> str:
        answering.open_again(self.enquiry, by=self.user)
        return gettext("Open again.")


class TurnView(DeedView):
    name, form_class = "turn", TurnForm

    def do(self, form: forms.Form) -> str:
        request = turning.turn(
            self.enquiry, form.cleaned_data["kind"], by=self.user, marketing=form.cleaned_data["marketing"]
        )
        day = day_in_words(request.received_on)
        return gettext("It is %(reference)s now: %(kind)s, received on %(day)s.") % {
            "reference": request.reference,
            "kind": request.get_kind_display(),
            "day": day,
        }


DEEDS = {
    "reply": ReplyView,
    "note": NoteView,
    "assign": AssignView,
    "close": CloseView,
    "open": OpenView,
    "turn": TurnView,
}
