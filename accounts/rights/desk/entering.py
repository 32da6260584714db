"""Writing down what came by letter, by e-mail, by telephone or in person, with the true day on which it came."""

from typing import ClassVar
from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from accounts.days.inputs import CmsDayField
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.rights.asking.opening import Asked, open_request
from accounts.rights.attaching.fields import FilesField
from accounts.rights.attaching.keeping import RULE
from accounts.rights.desk.access import DeskView
from accounts.rights.due_dates import today
from accounts.rights.models import Channel, Kind
from accounts.values.wording import day_in_words, sentences

WAYS = (Channel.LETTER, Channel.EMAIL, Channel.TELEPHONE, Channel.IN_PERSON)


class EntryForm(forms.Form):
    """What somebody asks who did not use the website. The lines say what is told the person of it."""

    told_by: ClassVar = {"attachments": "rights-files", ALL_OTHERS: "rights-requests"}

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    kind = forms.ChoiceField(label=_("What is asked?"), choices=Kind.choices)
    channel = forms.ChoiceField(label=_("How did it come?"), choices=[(way.value, way.label) for way in WAYS])
    received_on = CmsDayField(
        label=_("On which day did it reach us?"),
        help_text=_("The true day, also where that was a while ago: the time is counted from it."),
    )
    name = forms.CharField(label=_("Who asks?"), max_length=200)
    address = forms.EmailField(
        label=_("Their e-mail address"), required=False, help_text=_("Where they are told of news, if they have one.")
    )
    postal_address = forms.CharField(
        label=_("Their postal address"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    details = forms.CharField(
        label=_("What they wrote or said"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    acting_for = forms.CharField(
        label=_("For whom, if not for themselves?"),
        max_length=200,
        required=False,
        help_text=_("The other person's name."),
    )
    authority = forms.CharField(
        label=_("What shows that they may?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    attachments = FilesField(
        label=_("Files"), help_text=format_lazy(_("The letter, and what shows that they may: {rule}"), rule=RULE)
    )

    def clean_received_on(self) -> object:
        """Refuse a day that has not been.

        Raises:
            ValidationError: it is in the future.
        """
        if self.cleaned_data["received_on"] > today():
            raise forms.ValidationError(gettext("That day is still to come. Say on which day it reached us."))
        return self.cleaned_data["received_on"]

    def clean(self) -> dict[str, object]:
        """Raises: ValidationError: nobody could be answered."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not (given.get("address") or given.get("postal_address")):
            raise forms.ValidationError(gettext("Say where we can answer: by e-mail or by post."))
        if given.get("acting_for") and not given.get("authority"):
            self.add_error("authority", gettext("Say what shows that they may ask for them, or that it is to come."))
        return given


class EnterView(DeskView, FormView):
    """The form; what is written down is a case at once."""

    page_title = _("Write down a request or complaint")
    template_name = "accounts/rights/desk/enter.html"
    form_class = EntryForm

    def form_valid(self, form: EntryForm) -> HttpResponse:
        given = form.cleaned_data
        channel, files = Channel(given.pop("channel")), given.pop("attachments")
        case = open_request(Asked(**given | {"kind": Kind(given["kind"])}), channel, self.by, files)
        written = gettext("It is written down as %(reference)s.") % {"reference": case.reference}
        due = gettext("It is due on %(day)s.") % {"day": day_in_words(case.due_on)} if case.due_on else ""
        messages.success(self.request, sentences(written, due))
        return redirect("rights_desk:case", case.pk)
