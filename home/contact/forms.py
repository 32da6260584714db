"""The form at `/contact/`. wagtail.contrib.forms has one as well; decision 23 says why it is not this one."""

from typing import ClassVar, Unpack, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.fields import MailboxField
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.values.options import Files, FormOptions, Given
from home.contact import guarding
from home.contact.models import LONGEST_MESSAGE, Enquiry
from home.contact.subjects import version_of, versions_to_choose
from policies.versions.models import PolicyVersion


class EnquiryForm(forms.Form):
    """What somebody wants to know, and where the answer goes."""

    told_by: ClassVar = {"email": "enquiries.address", ALL_OTHERS: "enquiries"}
    not_kept: ClassVar = {"website": _("Compared, and not kept.")}

    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Enquiry.About.choices,
        widget=forms.RadioSelect,
        initial=Enquiry.About.OTHER,
        error_messages={"required": _("Choose what it is about.")},
    )
    version = forms.ChoiceField(label=_("Which policy?"), required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=150, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = MailboxField(
        label=_("Your e-mail address"), error_messages={"required": _("Fill this in, so that we can answer.")}
    )
    words = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write what you would like to know or to tell us.")},
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Given = None,
        files: Files = None,
        *,
        asked: PolicyVersion | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        """Args:
        data: what was posted.
        files: nothing, but Django gives it.
        asked: the version that somebody comes from.
        options: as for any form.
        """
        super().__init__(data, files, **options)
        asked = asked or version_of(self.data.get("version", ""))
        which = cast(forms.ChoiceField, self.fields["version"])
        which.choices = [("", gettext("None, or I do not know")), *versions_to_choose(asked)]
        self.handed_out = guarding.read_stamp(self.data.get("stamp", ""))
        self.fields["stamp"].initial = str(guarding.new_stamp())

    @property
    def honeypot_is_shown(self) -> bool:
        """Only whom it stopped sees it: a person whose browser filled it in must be able to empty it."""
        return bool(self.is_bound and self.errors.get("website"))

    def clean_website(self) -> str:
        """Raises: ValidationError: something was filled in that people do not see."""
        if said := self.cleaned_data["website"]:
            self.fields["website"].widget.attrs.pop("tabindex")
            raise forms.ValidationError(guarding.NOT_EMPTY)
        return said

    def clean_words(self) -> str:
        """Raises: ValidationError: it has more links than an enquiry has."""
        words: str = self.cleaned_data["words"]
        if objection := guarding.objection_to_links(words):
            raise forms.ValidationError(objection)
        return words

    def clean_version(self) -> PolicyVersion | None:
        return version_of(self.cleaned_data["version"])

    def clean(self) -> dict[str, object]:
        """Judge the time last: what else is wrong is worth more words."""
        said = super().clean() or {}
        if not self.errors and (objection := guarding.objection_to_time(self.handed_out)):
            self.add_error(None, objection)
        return said

    def hand_out_again(self) -> None:
        """Give a form that comes back a stamp that is good; one that was only too quick keeps its own."""
        if self.handed_out is None or guarding.objection_to_time(self.handed_out) == guarding.TOO_LATE:
            self.data = {name: self.data.get(name) for name in self.data} | {"stamp": str(guarding.new_stamp())}


def new_form(request: HttpRequest) -> EnquiryForm:
    """Return the form with what is known: the version that somebody comes from, and who is signed in."""
    asked = version_of(f"{request.GET.get('policy', '')} {request.GET.get('version', '')}")
    initial: dict[str, object] = {}
    if asked:
        initial |= {"about": Enquiry.About.POLICY, "version": f"{asked.slug} {asked.number}"}
    elif request.GET.get("about") in Enquiry.About.values:
        initial["about"] = request.GET["about"]
    if request.user.is_authenticated:
        initial |= {"name": request.user.get_full_name(), "email": request.user.email}
    return EnquiryForm(asked=asked, initial=initial)
