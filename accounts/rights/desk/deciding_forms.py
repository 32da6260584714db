"""The forms of a decision: what is asked depends on what was asked for; the rules are those of `deciding`."""

from collections.abc import Sequence
from typing import ClassVar, Final, Unpack

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.models import fields_for_model
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.days.inputs import CmsDayField
from accounts.flows.profile import FIELDS, details_of
from accounts.models import User
from accounts.personal_data.just_in_time import ALL_OTHERS
from accounts.personal_data.register import kinds, rows_of, subject_at
from accounts.rights.attaching.fields import FilesField
from accounts.rights.attaching.keeping import RULE
from accounts.rights.deciding.accounts import account_of, account_with
from accounts.rights.deciding.correcting import LABELS
from accounts.rights.deciding.findings import Findings, Item
from accounts.rights.deciding.grounds import GROUNDS
from accounts.rights.deciding.weighing import FACTORS
from accounts.rights.desk.forms import DeedForm, words_field
from accounts.rights.models import Ground, Health, Kind, Outcome, RightsRequest, What
from accounts.values.country import LAW
from accounts.values.options import Files, FormOptions, Given

OF_COMPLAINTS: Final = {
    Outcome.GRANTED: _("Upheld"),
    Outcome.PARTLY: _("Upheld in part"),
    Outcome.REFUSED: _("Not upheld"),
}
NO_ACCOUNT = _("Nobody with an account has confirmed this address.")


class DecisionForm(DeedForm):
    """What every decision says; `for_case` adds what its kind needs."""

    told_by: ClassVar = {**dict.fromkeys(FIELDS, "account"), ALL_OTHERS: "rights-decided"}

    outcome = forms.ChoiceField(label=_("How is it decided?"), widget=forms.RadioSelect, choices=())
    words = words_field(
        _("Your words in the answer"),
        _("What we did and why. Where it is refused, your reasons: the person has a right to them."),
        required=False,
    )
    attached = FilesField(
        label=_("Files for the person"), help_text=format_lazy(_("They go with the answer: {rule}"), rule=RULE)
    )

    def fit(self) -> None:
        super().fit()
        case = self.case
        self.found = account_of(case)
        outcomes = self.fields["outcome"]
        assert isinstance(outcomes, forms.ChoiceField)  # noqa: S101 (for types only)
        outcomes.choices = [
            (one.value, OF_COMPLAINTS[one] if case.is_complaint else one.label) for one in OF_COMPLAINTS
        ]

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        given["person"] = self._account(given.get("account", ""))
        return given

    def _account(self, address: str) -> User | None:
        """Return the account that staff name. An empty field is nobody's."""
        if "account" not in self.fields or not address:
            return None
        if self.found and self.found.email.lower() == address.lower():
            return self.found
        if (account := account_with(address)) is None:
            self.add_error("account", NO_ACCOUNT)
        return account

    def findings(self, withheld: Sequence[Item]) -> Findings:
        """Return what staff found, for the rules."""
        given = self.cleaned_data
        return Findings(
            outcome=Outcome(given["outcome"]),
            words=given["words"],
            searched=given.get("searched", ""),
            not_searched=given.get("not_searched", ""),
            health=Health(given["health"]) if given.get("health") else None,
            opinion_by=given.get("opinion_by", ""),
            opinion_on=given.get("opinion_on"),
            withheld=tuple(withheld),
            account=given["person"],
            address=self.case.address.lower() if given.get("under_address") else "",
            details=self._details(),
            corrected=given.get("corrected", ""),
            stop_marketing=bool(given.get("stop_marketing")),
            attach_download=bool(given.get("attach_download")),
            files=tuple(given["attached"]),
        )

    def _details(self) -> dict[str, str]:
        """Return the details that staff changed."""
        if not self.cleaned_data.get("with_details"):
            return {}
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.changed_data}

    @property
    def as_shown(self) -> list[str]:
        """Return hidden fields that say what the page showed."""
        return [field.as_hidden(only_initial=True) for field in self if field.field.show_hidden_initial]


class AccountForm(DecisionForm):
    account = forms.EmailField(
        label=_("Whose account it is about"),
        required=False,
        help_text=_(
            "Its e-mail address. Look whether it is the person's: nobody else's data may be touched. Leave it "
            "empty where there is none."
        ),
    )

    def fit(self) -> None:
        super().fit()
        if self.found:
            self.initial.setdefault("account", self.found.email)


class ErasureForm(AccountForm):
    """An erasure: of an account, or of what is held under the address of somebody without one."""

    def fit(self) -> None:
        super().fit()
        address = self.case.address
        if address and account_with(address) is None and not self.case.acting_for:
            self.fields["under_address"] = forms.BooleanField(
                label=gettext("Erase what the site holds under %(address)s") % {"address": address},
                required=False,
                help_text=held_under(self.case),
            )
            self.order_fields(["outcome", "words", "account", "under_address", "attached"])


def held_under(case: RightsRequest) -> str:
    """Return what would go of what is found by the address of a case, and whether it is sure whose it is."""
    subject = subject_at(case.address)
    counts = [(kind.title, rows_of(kind, subject).count()) for kind in kinds() if kind.born]
    found = "; ".join(f"{title}: {number}" for title, number in counts if number) or gettext("nothing")
    confirmed = case.story.filter(what=What.CONFIRMED).exists()
    sure = (
        gettext("They confirmed it by our link.")
        if confirmed
        else gettext("Nobody has confirmed it: be sure that it is theirs.")
    )
    return gettext(
        "%(sure)s Found: %(found)s. Requests and complaints stay for their time, so that this one is answered."
    ) % {"sure": sure, "found": found}


class DisclosingForm(AccountForm):
    """Access and portability: what is given, what was searched, and the gate for data about health."""

    field_order = ("outcome", "words", "searched", "not_searched", "account", "attach_download", "attached", "health")

    attach_download = forms.BooleanField(
        label=_("Attach all that the site holds of this account"),
        required=False,
        help_text=_("The same file as the person's own download."),
    )
    searched = words_field(_("What was searched"), _("Systems, mailboxes, papers."), required=False)
    not_searched = words_field(
        _("What was not, and why"),
        LAW.ABOUT_SEARCH,
        required=False,
    )
    health = forms.ChoiceField(
        label=_("Does the answer hold data about health?"),
        choices=Health.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=LAW.ABOUT_HEALTH,
    )
    opinion_by = forms.CharField(label=_("Whose opinion it is"), max_length=200, required=False)
    opinion_on = CmsDayField(label=_("Of which day"), required=False)


class ObjectionForm(AccountForm):
    stop_marketing = forms.BooleanField(
        label=_("Stop news and offers to this account"),
        required=False,
        help_text=_("An objection to these is never weighed. Who is signed in stops them without us."),
    )


class CorrectionForm(AccountForm):
    """A correction: the details of the account as they are to be."""

    with_details = forms.BooleanField(
        label=_("Change these details of the account"),
        required=False,
        help_text=_("As they are to be. They change in the moment in which you decide."),
    )
    corrected = words_field(_("What else was put right"), _("In other places than the account."), required=False)

    def fit(self) -> None:
        super().fit()
        details = details_of(self.found) if self.found else {}
        for name, field in fields_for_model(User, FIELDS).items():
            # What the page showed comes back with it, so that only what staff changed is changed, whatever the person
            # does meanwhile.
            field.required, field.label, field.show_hidden_initial = False, LABELS[name].capitalize(), True
            self.fields[name] = field
            self.initial.setdefault(name, details.get(name, ""))
        self.order_fields(["outcome", "words", "account", "with_details", *FIELDS, "corrected", "attached"])


FORMS: Final[dict[Kind, type[DecisionForm]]] = {
    Kind.ACCESS: DisclosingForm,
    Kind.PORTABILITY: DisclosingForm,
    Kind.CORRECTION: CorrectionForm,
    Kind.ERASURE: ErasureForm,
    Kind.RESTRICTION: AccountForm,
    Kind.OBJECTION: ObjectionForm,
    Kind.COMPLAINT: DecisionForm,
}


class ItemForm(forms.Form):
    """One part that is not given."""

    told_by: ClassVar = {ALL_OTHERS: "rights-decided"}

    part = forms.CharField(label=_("Which part?"), max_length=300, required=False, help_text=_("The person reads it."))
    ground = forms.ChoiceField(label=_("On which ground?"), required=False, help_text=_("The person reads it."))
    explanation = forms.CharField(
        label=_("More about it"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For us.")
    )

    def __init__(self, data: Given = None, files: Files = None, *, kind: Kind, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)  # noqa: S101 (for types only)
        ground.choices = [("", "–"), *((one.value, one.in_words) for one in GROUNDS[kind])]
        if Ground.ANOTHER_PERSON in GROUNDS[kind]:
            for factor in FACTORS:
                widget = forms.Textarea(attrs={"rows": 2})
                self.fields[factor.name] = forms.CharField(
                    label=gettext("Another person: %(factor_label)s") % {"factor_label": factor.label.lower()},
                    required=False,
                    help_text=factor.help,
                    widget=widget,
                )

    def clean(self) -> dict[str, object]:
        """Raises: ValidationError: a part has no ground, or a ground no part."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("part")) != bool(given.get("ground")):
            raise forms.ValidationError(gettext("A part needs its ground, and a ground its part."))
        return given

    @property
    def item(self) -> Item | None:
        """Return the part; None where the form was left empty."""
        given = self.cleaned_data
        if not given.get("part"):
            return None
        weighed = {factor.name: given[factor.name].strip() for factor in FACTORS if factor.name in self.fields}
        ground = Ground(given["ground"])
        mine = weighed if ground == Ground.ANOTHER_PERSON else {}
        return Item(given["part"].strip(), ground, given["explanation"].strip(), mine)


Items = formset_factory(ItemForm, extra=0, min_num=0, max_num=100, absolute_max=100)


def items_of(formset: "BaseFormSet[ItemForm]") -> list[Item]:
    return [item for form in formset.forms if (item := form.item)]


def form_for(case: RightsRequest) -> type[DecisionForm]:
    return FORMS[Kind(case.kind)]


def withholds(case: RightsRequest) -> bool:
    """Whether a decision of this kind names the parts that are not given."""
    return bool(GROUNDS[Kind(case.kind)])
