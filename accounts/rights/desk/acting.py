"""The page of a deed: GET explains and asks, POST does it, or tells what changed meanwhile."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView
from wagtail.admin import messages

from accounts.rights.desk.access import CaseView
from accounts.rights.desk.deeds import Deed, deed_of
from accounts.rights.desk.forms import DeedForm
from accounts.rights.due_dates import due_if_extended
from accounts.rights.letters.writing import LetterKind, Told, around_the_words
from accounts.rights.models import RightsRequest, Story, What
from accounts.rights.moves import IllegalMove

# That a colleague looked changes nothing.
LOOKING = frozenset({What.OPENED_BY_STAFF, What.FILE_OPENED_BY_STAFF, What.EXPORTED_BY_STAFF})


def last_line(case: RightsRequest) -> int:
    """Return the number of the last line of a story, by which it is known later what came after."""
    return Story.objects.filter(request=case).values_list("pk", flat=True).last() or 0


def what_changed(case: RightsRequest, since: int) -> QuerySet[Story]:
    """Return what happened after a line of the story."""
    lines = Story.objects.filter(request=case, pk__gt=since).exclude(what__in=LOOKING)
    return lines.select_related("by").order_by("pk")


class Overtakable(CaseView):
    """A page whose form is for the case as it was read: who comes second is told what changed, and loses no word."""

    overtaken_by: QuerySet[Story] | None = None

    def is_overtaken(self, form: DeedForm) -> bool:
        """Whether the case moved on since the page was made; then the form is for how it is now."""
        if form.cleaned_data["seen"] == self.case.moved:
            return False
        self.overtaken_by = what_changed(self.case, form.cleaned_data["story"] or 0)
        form.read_anew(**self.read_now())
        return True

    def read_now(self) -> dict[str, int]:
        return {"seen": self.case.moved, "story": last_line(self.case)}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(overtaken_by=self.overtaken_by, **kwargs)


class DeedView(Overtakable, FormView):
    """One deed with one case."""

    template_name = "accounts/rights/desk/deed.html"
    http_method_names = ("get", "head", "post")
    deed: Deed

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """Find the case and the deed.

        Raises:
            Http404: there is no such case or deed.
        """
        super().setup(request, *args, **kwargs)
        found = deed_of(self.kwargs["name"])
        if found is None:
            raise Http404
        self.deed = found

    def get_page_title(self) -> str:
        return str(self.deed.title)

    def get_form_class(self) -> type[DeedForm]:
        return self.deed.form

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"case": self.case}

    def get_initial(self) -> dict[str, object]:
        return {**super().get_initial(), **self.read_now()}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        before, after = self._letter()
        return super().get_context_data(
            deed=self.deed,
            can_be_done=self.deed.offered(self.case),
            explained=self.deed.explain(self.case),
            before=before,
            after=after,
            **kwargs,
        )

    def _letter(self) -> tuple[str, str]:
        if self.deed.letter is None:
            return "", ""
        due = self.case.due_on
        if self.deed.letter == LetterKind.EXTENSION and self.deed.offered(self.case):
            due = due_if_extended(self.case)
        return around_the_words(self.deed.letter, self.case, Told(due=due))

    def form_valid(self, form: DeedForm) -> HttpResponse:
        """Do it, or say what forbids it; both lead back to the case."""
        if self.is_overtaken(form):
            return self.form_invalid(form)
        try:
            self.deed.do(self.case, self.by, form.cleaned_data)
            messages.success(self.request, self.deed.said)
        except IllegalMove as refusal:
            messages.error(self.request, str(refusal))
        return redirect("rights_desk:case", self.case.pk)
