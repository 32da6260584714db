"""The forms of the deeds: words, a day, a colleague. Each carries how far the case had come when it was read."""

import datetime as dt
from typing import ClassVar, Unpack

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.days.inputs import CmsDayField
from accounts.models import User
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.rights.attaching.fields import FilesField
from accounts.rights.deciding.accounts import account_of, account_with
from accounts.rights.desk.access import staff_of_the_desk
from accounts.rights.due_dates import today
from accounts.rights.letters.writing import MOST
from accounts.rights.models import RightsRequest
from accounts.values.options import Files, FormOptions, Given
from accounts.values.wording import Words

FUTURE = _("That day is still to come.")


class DeedForm(forms.Form):
    """What every deed posts: `seen` is the number of moves when the page was made, `story` its last line."""

    told_by: ClassVar = {ALL_OTHERS: "rights-deeds"}

    seen = forms.IntegerField(widget=forms.HiddenInput)
    story = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Given = None, files: Files = None, *, case: RightsRequest, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.case = case
        self.fit()

    def fit(self) -> None:
        """Fit the fields to the case; a subclass adds its own."""

    def read_anew(self, seen: int, story: int) -> None:
        """Let the form, as it was posted, be for the case as it is now."""
        self.data = MultiValueDict({**dict(MultiValueDict(self.data).lists()), "seen": [seen], "story": [story]})

    @property
    def shown(self) -> list[forms.BoundField]:
        return [field for field in self if not field.is_hidden]


def words_field(label: Words, help_text: Words = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MOST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WordsForm(DeedForm):
    """Words for the person, which stand in the letter."""

    words = words_field(_("Your words"), _("They stand between the parts of the letter that cannot be changed."))


class MessageForm(DeedForm):
    words = words_field(
        _("Your message"), _("The person is told by e-mail that there is something to read, and no more.")
    )
    attached = FilesField(label=_("Files for the person"))


class NoteForm(DeedForm):
    words = words_field(_("Note"), _("For colleagues: the person does not see it here, but has a right to a copy."))


class OptionalWordsForm(DeedForm):
    words = words_field(_("Your words"), required=False)


class PastDayForm(DeedForm):
    """A day that has been, and words if there are any."""

    on = CmsDayField(label=_("On which day?"))
    words = words_field(_("More about it"), required=False)

    def clean_on(self) -> dt.date:
        """Raises: ValidationError: it is still to come."""
        on: dt.date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(FUTURE)
        return on


class DayOfReceiptForm(DeedForm):
    on = CmsDayField(
        label=_("On which day did it reach us?"),
        help_text=_("The true day, by post, by telephone or in person: the time is counted from it."),
    )

    def clean_on(self) -> dt.date:
        """Raises: ValidationError: it is still to come."""
        on: dt.date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(FUTURE)
        return on


class EndOfRestrictionForm(DeedForm):
    """On which day a restriction ends, of whose account, and why."""

    on = CmsDayField(
        label=_("On which day does it end?"),
        help_text=_("From tomorrow on: they are told before."),
    )
    account = forms.EmailField(
        label=_("Whose account it is about"), help_text=_("Its e-mail address, where somebody acts for another.")
    )
    words = words_field(_("Why it ends"), _("The person reads it."))

    def fit(self) -> None:
        super().fit()
        if found := account_of(self.case):
            self.initial.setdefault("account", found.email)

    def clean_on(self) -> dt.date:
        """Raises: ValidationError: it is today, or has been."""
        on: dt.date = self.cleaned_data["on"]
        if on <= today():
            raise forms.ValidationError(gettext("They are told before it ends: choose a day from tomorrow on."))
        return on

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        address = given.get("account", "")
        found = account_of(self.case)
        given["person"] = found if found and found.email.lower() == address.lower() else account_with(address)
        if address and not (given["person"] and given["person"].is_restricted):
            self.add_error("account", gettext("The data of that account is not restricted."))
        return given


class AssignForm(DeedForm):
    to = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("To whom?"), required=False, empty_label=_("Nobody")
    )

    def fit(self) -> None:
        super().fit()
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101 (for types only)
        to.queryset = staff_of_the_desk()
        self.initial.setdefault("to", self.case.assigned_to_id)
