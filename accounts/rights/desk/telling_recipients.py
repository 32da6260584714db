"""The page on which staff say that a recipient was told, or why that is not possible."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.rights.deciding.recipients import settle_task
from accounts.rights.desk.access import CaseView
from accounts.rights.models import RecipientTask
from accounts.rights.moves import IllegalMove
from accounts.values.country import LAW


class RecipientForm(forms.Form):
    told_by: ClassVar = {ALL_OTHERS: "rights-told"}

    told = forms.ChoiceField(
        label=_("Are they told?"),
        choices=(("yes", _("Yes")), ("no", _("No: it is impossible, or out of all proportion"))),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("How, or why not?"),
        max_length=450,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person sees it."),
    )


class RecipientView(CaseView, FormView):
    """One recipient who is to be told: `LAW.RECIPIENTS`."""

    page_title = _("Tell somebody who has the data")
    template_name = "accounts/rights/desk/recipient.html"
    form_class = RecipientForm
    task: RecipientTask

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """Find the recipient.

        Raises:
            Http404: it is none of this case.
        """
        super().setup(request, *args, **kwargs)
        self.task = get_object_or_404(self.case.recipient_tasks.select_related("request"), pk=kwargs["task"])

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(task=self.task, why=LAW.ABOUT_RECIPIENTS, **kwargs)

    def form_valid(self, form: RecipientForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            settle_task(self.task, self.by, given["note"], told=given["told"] == "yes")
            messages.success(self.request, gettext("It is written down."))
        except IllegalMove as refusal:
            messages.error(self.request, str(refusal))
        return redirect("rights_desk:case", self.case.pk)
