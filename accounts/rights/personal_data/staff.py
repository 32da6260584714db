"""What requests and complaints hold about our staff who answer them."""

from dataclasses import dataclass
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import ByPerson, Column, Erasure, Kind, LawfulBasis, Retention
from accounts.personal_data.staff_work import that_it_was_you
from accounts.rights.personal_data.words import DESK, STAYS_STAFF, WHY_STAFF, WITH_THE_REQUEST
from accounts.values.wording import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a member of staff plays in somebody's request: by which link of which model."""

    key: str
    title: Words
    model: str
    path: str
    what: Words
    when: str = "at"
    own: str = "request__person"

    def kind(self) -> Kind:
        """Return what the register says of it: that it was them, and no word of the request. Their own is not meant."""
        return Kind(
            key=self.key,
            title=self.title,
            model=f"rights.{self.model}",
            what=format_lazy(_("That you, as one of our staff, {what}."), what=self.what),
            why=WHY_STAFF,
            basis=LawfulBasis.LEGITIMATE_INTERESTS,
            retention=WITH_THE_REQUEST,
            receivers=(DESK,),
            found_by=(ByPerson(self.path),),
            unless=(ByPerson(self.own),),
            erasure=Erasure.ANONYMISE,
            why_kept=STAYS_STAFF,
            of_staff=True,
            order=70,
            columns=(Column(self.when, _("When")), that_it_was_you(self.path, _("That it was you"))),
        )


HOLIDAYS = Kind(
    key="rights-holidays",
    title=_("Bank holidays you added"),
    model="rights.ExtraHoliday",
    what=_("That you, as one of our staff, added a day on which requests are not due."),
    why=WHY_STAFF,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("As long as due dates go by it"), enforced_by="staff, who take the day away"),
    receivers=(DESK,),
    found_by=(ByPerson("added_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("Due dates of other people go by it. That it was you is taken out."),
    of_staff=True,
    order=70,
    columns=(
        Column("day", _("Which day")),
        Column("added_at", _("When")),
        that_it_was_you("added_by", _("That it was you")),
    ),
    free=("reason",),
)

PARTS: Final = (
    Part("rights-entered", _("Requests you wrote down"), "RightsRequest", "entered_by",
         _("wrote down somebody's request"), "opened_at", "person"),
    Part("rights-assigned", _("Requests given to you"), "RightsRequest", "assigned_to",
         _("have somebody's request to answer"), "opened_at", "person"),
    Part("rights-deeds", _("What you did about requests"), "Story", "by", _("dealt with somebody's request")),
    Part("rights-written", _("What you wrote about requests"), "Message", "by", _("wrote about somebody's request")),
    Part("rights-added", _("Files you added to requests"), "File", "by", _("added a file to somebody's request")),
    Part("rights-decided", _("Requests you decided"), "Decision", "by", _("decided somebody's request")),
    Part("rights-told", _("Whom you told of changes"), "RecipientTask", "done_by", _("told somebody of a change"),
         "done_on"),
    Part("rights-mails-to-staff", _("Mails to you about requests"), "DueMail", "to", _("were written to"), "made_at"),
)  # fmt: skip

KINDS: Final = (HOLIDAYS, *(part.kind() for part in PARTS))
