"""What is asked while a document is brought in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_slug
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.values.options import Given
from policies.desk.intake.carrying import CarriedFile
from policies.texts.importing.files import KINDS, MAX_BYTES
from policies.writing.models import PolicyPage

TOO_LARGE = _("This file is larger than 5 MB. Take out pictures, or bring in the text alone.")


class UploadForm(forms.Form):
    """The document itself."""

    document = forms.FileField(
        label=_("Document"),
        help_text=_("Plain text (.txt), Markdown (.md), HTML (.html) or Word (.docx), up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=255,
        help_text=_("Instead of the one in the document. Leave it empty to keep that."),
    )
    sentence_case = forms.BooleanField(
        label=_("Set headings in capitals in small letters"),
        required=False,
        help_text=_("Names and acronyms in them must be mended by hand."),
    )

    def clean_document(self) -> UploadedFile:
        """Refuse what is too large before it is read.

        Raises:
            ValidationError: for the person at the form.
        """
        document: UploadedFile = self.cleaned_data["document"]
        if document.size is None or document.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return document

    def file(self) -> CarriedFile:
        """Return the file with what was asked of it; only once the form is valid."""
        document = self.cleaned_data["document"]
        title, sentence_case = self.cleaned_data["title"], self.cleaned_data["sentence_case"]
        return CarriedFile(document.name, document.read(), title, sentence_case)


class DecisionsForm(forms.Form):
    """What the document leaves open."""

    struck = forms.ChoiceField(
        label=_("What is meant by the words that are struck through?"),
        choices=[
            ("drop", _("They no longer apply: leave them out")),
            ("keep", _("They apply: bring them in as ordinary words")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what is meant by them.")},
    )
    one_section = forms.CharField(
        label=_("Heading of the one section"),
        max_length=200,
        help_text=_("No heading was found in the document, so its text becomes one section. Call it what it is about."),
    )

    def __init__(self, data: Given = None, *, file: CarriedFile, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        if not file.places:
            del self.fields["struck"]
        if not file.headless:
            del self.fields["one_section"]


class DraftForm(forms.Form):
    """What must be known before a text becomes a draft."""

    slug = forms.SlugField(
        label=pgettext_lazy("of a page", "Address"),
        max_length=255,
        validators=[validate_slug],
        help_text=_("The last part of its address, such as privacy or cookies. It is fixed by the first announcement."),
        error_messages={"invalid": _("Use small letters, digits and hyphens only.")},
    )
    incomplete = forms.BooleanField(
        label=_("Save it although words are missing or were added: I will mend the draft"),
        error_messages={"required": _("Mend the file and choose it again, or tick this and mend the draft.")},
    )
    replaces_newer = forms.BooleanField(
        label=_("My document replaces that draft"),
        error_messages={"required": _("Nothing was saved yet. Tick this to save your document all the same.")},
    )

    def __init__(
        self, data: Given = None, *, page: PolicyPage | None, is_complete: bool, newer: bool, slug: str = ""
    ) -> None:
        super().__init__(data, initial={"slug": slug})
        asked = {"slug": page is None, "incomplete": not is_complete, "replaces_newer": newer}
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]

    def clean_slug(self) -> str:
        """Refuse the address of a policy that is there already.

        Raises:
            ValidationError: for the person at the form.
        """
        slug = str(self.cleaned_data["slug"]).lower()
        if PolicyPage.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                gettext(
                    "There is a policy with this address already. To replace its draft, open that policy and bring the "
                    "document in there."
                )
            )
        return slug
