"""What staff write about an enquiry."""

from typing import ClassVar, Unpack, cast

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.rights.models import Kind
from accounts.values.options import Files, FormOptions, Given

LONGEST_ANSWER = 20_000


class WordsForm(forms.Form):
    """An answer or a note. `seen` is the last step that was on the page."""

    told_by: ClassVar = {ALL_OTHERS: "enquiries-answered"}

    words = forms.CharField(
        label=_("Words"), max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReplyForm(WordsForm):
    def __init__(self, data: Given = None, files: Files = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["words"].label = gettext("Your answer")
        self.fields["words"].help_text = gettext(
            "It is sent as an e-mail. What the person answers comes to the organisation’s own mailbox."
        )


class NoteForm(WordsForm):
    def __init__(self, data: Given = None, files: Files = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["words"].label = gettext("Note")
        self.fields["words"].widget.attrs["rows"] = 3
        self.fields["words"].help_text = gettext(
            "For colleagues. It is in the copy of their data that the person can ask for."
        )


class TurnForm(forms.Form):
    """Which right somebody asked for, or that they complain."""

    told_by: ClassVar = {ALL_OTHERS: "enquiries-answered"}

    kind = forms.TypedChoiceField(label=_("What it is"), choices=Kind.choices, coerce=Kind)
    marketing = forms.BooleanField(
        label=_("They object to news and offers: these stop at once"),
        required=False,
    )


class AssignForm(forms.Form):
    told_by: ClassVar = {ALL_OTHERS: "enquiries-given"}

    to = forms.ModelChoiceField(
        label=_("Who looks after it"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, data: Given = None, files: Files = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = who_answers()


def who_answers() -> QuerySet[User]:
    """Return the people who may answer enquiries."""
    rights = Permission.objects.filter(content_type__app_label="home", codename="answer_enquiry")
    may = Q(is_superuser=True) | Q(groups__permissions__in=rights) | Q(user_permissions__in=rights)
    return User.objects.filter(may, is_active=True).distinct().order_by("first_name", "last_name", "pk")
