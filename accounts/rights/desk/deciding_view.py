"""The page on which a case is decided: the form of its kind, the parts that are not given, and the answer."""

from allauth.account.decorators import reauthentication_required
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from accounts.rights.deciding import Findings, NotDecided, decide
from accounts.rights.desk.acting import Overtakable
from accounts.rights.desk.deciding_forms import DecisionForm, ItemForm, Items, form_for, items_of, withholds
from accounts.rights.desk.deeds import can, offered
from accounts.rights.desk.listing import due_in_words, who
from accounts.rights.due_dates import today
from accounts.rights.letters.writing import LetterKind, around_the_words
from accounts.rights.models import Kind
from accounts.rights.models.transitions import Move
from accounts.rights.moves import IllegalMove


@reauthentication_required
def just_confirmed(request: HttpRequest) -> None:
    """Go on only for who has just confirmed who they are: an erasure cannot be taken back.

    Raises:
        ReauthenticationRequired: they have not. allauth asks for it, and then repeats what was posted.
    """


def _not_judged(form: DecisionForm, parts: "BaseFormSet[ItemForm]") -> "tuple[DecisionForm, BaseFormSet[ItemForm]]":
    """Return forms as they were posted, without a word on what is still missing: nothing was decided yet."""
    for one in (form, *parts.forms):
        one.errors.clear()
    return form, parts


class DecideView(Overtakable, FormView):
    """GET shows the form; POST adds a part to it, or decides."""

    page_title = _("Decide and answer")
    template_name = "accounts/rights/desk/decide.html"
    http_method_names = ("get", "head", "post")

    def get_form_class(self) -> type[DecisionForm]:
        return form_for(self.case)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"case": self.case}

    def get_initial(self) -> dict[str, object]:
        return {**super().get_initial(), **self.read_now()}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Decide, or show one part more."""
        form = self.get_form()
        if "more" in request.POST:
            return self._again(*_not_judged(form, self._parts(one_more=True)))
        parts = self._parts()
        if not (form.is_valid() and parts.is_valid()):
            return self._again(form, parts)
        return self._decided(form, parts)

    def _decided(self, form: DecisionForm, parts: "BaseFormSet[ItemForm]") -> HttpResponse:
        if self.is_overtaken(form):
            return self._again(form, parts)
        findings = form.findings(items_of(parts))
        if self._erases(findings):
            just_confirmed(self.request)
        try:
            decide(self.case, self.by, findings)
        except NotDecided as refusal:
            for objection in refusal.objections:
                form.add_error(None, objection)
            return self._again(form, parts)
        except IllegalMove as refusal:
            messages.error(self.request, str(refusal))
            return redirect("rights_desk:case", self.case.pk)
        messages.success(self.request, gettext("It is decided, and the answer is with the person."))
        return redirect("rights_desk:case", self.case.pk)

    def _erases(self, findings: Findings) -> bool:
        erased = findings.account is not None or bool(findings.address)
        return self.case.kind == Kind.ERASURE and findings.gives and erased

    def _again(self, form: DecisionForm, parts: "BaseFormSet[ItemForm]") -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, parts=parts))

    def _parts(self, *, one_more: bool = False) -> "BaseFormSet[ItemForm]":
        """Return the forms of the parts as they were posted; none at first, and one more where that is asked for."""
        kind = {"kind": Kind(self.case.kind)}
        if self.request.method != "POST":
            return Items(prefix="parts", form_kwargs=kind)
        data = self.request.POST.copy()
        count = int(data.get("parts-TOTAL_FORMS", "0") or 0) if withholds(self.case) else 0
        data["parts-TOTAL_FORMS"] = str(min(count + one_more, 100))
        data.setdefault("parts-INITIAL_FORMS", "0")
        return Items(data, prefix="parts", form_kwargs=kind)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        kwargs.setdefault("parts", self._parts())
        _, after = around_the_words(LetterKind.OUTCOME, self.case)
        return super().get_context_data(
            can_be_done=can(Move.DECIDE)(self.case),
            withholds=withholds(self.case),
            erases=self.case.kind == Kind.ERASURE,
            may_cost=any(deed.name == "fee" for deed in offered(self.case)),
            after=after,
            who=who(self.case),
            due=due_in_words(self.case, today()),
            **kwargs,
        )
