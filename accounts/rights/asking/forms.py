"""The one form of rights requests, in two sizes: for people who are signed in, and for anybody."""

from typing import ClassVar, Final, Unpack
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.fields import MailboxField
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.rights.asking.opening import Asked
from accounts.rights.attaching.fields import FilesField
from accounts.rights.attaching.keeping import UNCONFIRMED_BYTES
from accounts.rights.models import Kind
from accounts.values.options import Files, FormOptions, Given

MARKETING: Final = "marketing"
CHOICES: Final = (
    (Kind.ACCESS.value, _("Access: tell me what you hold about me, and give me a copy")),
    (Kind.CORRECTION.value, _("Correction: something about me is wrong or missing")),
    (Kind.ERASURE.value, _("Erasure: delete what you hold about me")),
    (Kind.RESTRICTION.value, _("Restriction: keep it, but do not use it for now")),
    (MARKETING, _("Objection to news and offers: they stop at once")),
    (Kind.OBJECTION.value, _("Objection: I do not want you to use it in some other way")),
    (Kind.PORTABILITY.value, _("Portability: give me what I gave you, for another service")),
    (Kind.COMPLAINT.value, _("Complaint: you have done something wrong with my data")),
)
# Without words nobody could know what to do.
NEEDS_WORDS: Final = {
    Kind.CORRECTION.value: _("Say what is wrong, and what is right."),
    Kind.RESTRICTION.value: _("Say what we should not use, and why."),
    Kind.OBJECTION.value: _("Say what you object to, and why it is wrong for you."),
    Kind.COMPLAINT.value: _("Say what happened, and when."),
}
# The mail server sees none of it, as our mails say nothing of what is asked.
FOR_STAFF_ALONE: Final = ("kind", "details", "name", "postal_address", "acting_for", "authority")
DETAILS: Final = _(
    "What should we know to find it and to do it? Please leave out health details and card numbers that we do not need."
)


def posted(request: HttpRequest) -> tuple[QueryDict, MultiValueDict[str, UploadedFile]] | tuple[None, None]:
    """Return what was sent to a form, be it nothing at all; None where it is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


class RequestForm(forms.Form):
    """What somebody asks who is signed in: who they are is known."""

    told_by: ClassVar = {
        "attachments": "rights-files",
        **{name: f"rights-requests.{name}" for name in FOR_STAFF_ALONE},
        ALL_OTHERS: "rights-requests",
    }

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    details = forms.CharField(
        label=_("In your words"), max_length=10_000, required=False, widget=forms.Textarea, help_text=DETAILS
    )
    acting_for = forms.CharField(
        label=_("For whom do you ask, if not for yourself?"),
        max_length=200,
        required=False,
        help_text=_("The name of the person whose data it is. Leave it empty if it is yours."),
    )
    authority = forms.CharField(
        label=_("What shows that you may ask for them?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as a signed letter, parental responsibility or a power of attorney. Add it as a file below."),
    )
    attachments = FilesField(label=_("Files"))

    def __init__(self, data: Given = None, files: Files = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.initial.setdefault("once", uuid4())

    def clean(self) -> dict[str, object]:
        """Ask for words where they are needed, and for the authority of whoever asks for somebody else."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("details") and (words := NEEDS_WORDS.get(cleaned.get("kind", ""))):
            self.add_error("details", words)
        if cleaned.get("acting_for") and not cleaned.get("authority"):
            self.add_error("authority", gettext("Say what shows that you may ask for them."))
        return cleaned

    def asked(self, person: User | None = None) -> Asked:
        """Return what is asked. Only of a form that is valid."""
        said = self.cleaned_data
        marketing = said["kind"] == MARKETING
        return Asked(
            kind=Kind.OBJECTION if marketing else Kind(said["kind"]),
            details=said["details"],
            marketing=marketing,
            person=person,
            name=said.get("name", ""),
            address=said.get("address", ""),
            postal_address=said.get("postal_address", ""),
            acting_for=said["acting_for"],
            authority=said["authority"],
            once=said["once"],
        )


class StrangersForm(RequestForm):
    """What anybody asks: we must know who they are, and where to answer."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill this in.")},
    )  # fmt: skip
    address = MailboxField(
        label=_("Your e-mail address"),
        help_text=_("We send you a link to confirm it. Without that nothing is done."),
        error_messages={"required": _("Fill this in.")},
    )
    postal_address = forms.CharField(
        label=_("Your postal address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
        help_text=_("If you would like to be answered by post, or if we know you by it."),
    )

    attachments = FilesField(label=_("Files"), most_bytes=UNCONFIRMED_BYTES)

    field_order = (
        "once", "kind", "details", "name", "address", "postal_address", "acting_for", "authority", "attachments",
    )  # fmt: skip
