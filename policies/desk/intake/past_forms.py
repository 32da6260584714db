"""What is asked about a version that was announced elsewhere."""

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.days.inputs import CmsDayField
from accounts.values.options import Given
from policies.desk.intake.past import Past
from policies.texts.document import Document
from policies.versions.announcing import next_number
from policies.versions.models import PolicyVersion, Significance
from policies.writing.models import PolicyPage


class PastForm(forms.Form):
    """When the text was announced there, from when it was in force, and what it changed."""

    slug = forms.SlugField(
        label=pgettext_lazy("of a page", "Address"),
        max_length=255,
        validators=[validate_slug],
        help_text=_("The last part of its address, such as privacy or cookies. It is fixed by this version."),
        error_messages={"invalid": _("Use small letters, digits and hyphens only.")},
    )
    announced_on = CmsDayField(
        label=_("Announced on"),
        help_text=_("The day on which it was announced in its old place."),
        error_messages={"required": _("Say on which day it was announced.")},
    )
    effective_from = CmsDayField(
        label=_("In force from"),
        required=False,
        help_text=_("That day or later. Leave it empty for the earliest possible day."),
    )
    significance = forms.ChoiceField(
        label=_("Did it change what the policy means?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it changed the meaning of the policy or corrected it.")},
    )
    change_summary = forms.CharField(
        label=_("What changed, and why?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In plain words, for the people the policy is about. It is shown with the version for ever."),
        error_messages={"required": _("Say in plain words what changed and why: readers see it.")},
    )
    puts_aside = forms.BooleanField(
        label=_("Put the draft aside that waits"),
        help_text=_("The draft that was not announced stays in the history. You can take it up again from there."),
        error_messages={
            "required": _("Nothing was recorded. Tick this to put that draft aside, or announce it first.")
        },
    )

    def __init__(
        self, data: Given = None, *, page: PolicyPage | None, newest: PolicyVersion | None, waits: bool, slug: str = ""
    ) -> None:
        super().__init__(data, initial={"slug": slug})
        self.page = page
        later = newest is not None
        asked = {"slug": page is None, "significance": later, "change_summary": later, "puts_aside": waits}
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]
        if newest and isinstance(field := self.fields["significance"], forms.ChoiceField):
            amendment, correction, described = (
                ".".join(map(str, next_number(newest, kind))) for kind in Significance.values
            )
            field.choices = [
                (
                    Significance.AMENDMENT.value,
                    gettext("Yes, it was an amendment: it becomes version %(amendment)s.") % {"amendment": amendment},
                ),
                (
                    Significance.CORRECTION.value,
                    gettext("No, it corrected a typo, the style or a link: %(correction)s.")
                    % {"correction": correction},
                ),
                (
                    Significance.DESCRIBED.value,
                    gettext("No, it only described better what was done already: %(described)s.")
                    % {"described": described},
                ),
            ]

    def clean_slug(self) -> str:
        """Refuse the address of a policy that is there already.

        Raises:
            ValidationError: for the person at the form.
        """
        slug = str(self.cleaned_data["slug"]).lower()
        if PolicyPage.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                gettext("There is a policy with this address already. Open it and record it there.")
            )
        return slug

    def past(self, document: Document) -> Past:
        """Return what is to be recorded; only once the form is valid."""
        said = self.cleaned_data
        return Past(
            document=document,
            slug=self.page.slug if self.page else said["slug"],
            announced_on=said["announced_on"],
            words={
                "significance": said.get("significance", ""),
                "change_summary": said.get("change_summary", ""),
                "effective_from": said["effective_from"],
            },
        )
