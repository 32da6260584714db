"""What is asked of who asks an outsider, and of the outsider."""

from typing import ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.just_in_time import ALL_OTHERS
from policies.desk.approving.models import ReviewAnswer
from policies.desk.approving.outsiders.reviewing import LONGEST


class AskForm(forms.Form):
    told_by: ClassVar = {ALL_OTHERS: "reviews-given"}

    name = forms.CharField(label=_("Who is asked?"), max_length=200, help_text=_("Such as the lawyer’s name."))
    address = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("The link is mailed there. Leave it empty to hand the link over yourself."),
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=LONGEST,
        initial=14,
        help_text=format_lazy(_("At most {longest}."), longest=LONGEST),
    )


class AnswerForm(forms.Form):
    """What an outsider answers, on a public page."""

    told_by: ClassVar = {ALL_OTHERS: "reviews-given"}

    answer = forms.ChoiceField(label=_("Your answer"), choices=ReviewAnswer.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Your name"), max_length=200, help_text=_("It is kept with your answer."))
    words = forms.CharField(
        label=_("What you want to say"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("If you ask for changes, say which. You can leave it empty if you agree."),
    )

    def clean(self) -> dict[str, object]:
        """Ask for words where changes are asked for."""
        said = super().clean() or {}
        if said.get("answer") == ReviewAnswer.ASKS and not str(said.get("words", "")).strip():
            self.add_error("words", gettext("Say what should be changed."))
        return said
