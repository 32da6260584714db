"""What requests and complaints hold about our staff who answer them."""

from dataclasses import dataclass
from typing import Final

from accounts.personal_data.register import ByPerson, Column, Erasure, Kind, LawfulBasis, Retention
from accounts.personal_data.staff_work import that_it_was_you
from accounts.rights.personal_data.words import DESK, STAYS_STAFF, WHY_STAFF, WITH_THE_REQUEST


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a member of staff plays in somebody's request: by which link of which model."""

    key: str
    title: str
    model: str
    path: str
    what: str
    when: str = "at"
    own: str = "request__person"

    def kind(self) -> Kind:
        """Return what the register says of it: that it was them, and no word of the request. Their own is not meant."""
        return Kind(
            key=self.key,
            title=self.title,
            model=f"rights.{self.model}",
            what=f"That you, as one of our staff, {self.what}.",
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
            columns=(Column(self.when, "When"), that_it_was_you(self.path, "That it was you")),
        )


HOLIDAYS = Kind(
    key="rights-holidays",
    title="Bank holidays you added",
    model="rights.ExtraHoliday",
    what="That you, as one of our staff, added a day on which requests are not due.",
    why=WHY_STAFF,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention("As long as due dates go by it", enforced_by="staff, who take the day away"),
    receivers=(DESK,),
    found_by=(ByPerson("added_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept="Due dates of other people go by it. That it was you is taken out.",
    of_staff=True,
    order=70,
    columns=(Column("day", "Which day"), Column("added_at", "When"), that_it_was_you("added_by", "That it was you")),
    free=("reason",),
)

PARTS: Final = (
    Part("rights-entered", "Requests you wrote down", "RightsRequest", "entered_by",
         "wrote down somebody's request", "opened_at", "person"),
    Part("rights-assigned", "Requests given to you", "RightsRequest", "assigned_to",
         "have somebody's request to answer", "opened_at", "person"),
    Part("rights-deeds", "What you did about requests", "Story", "by", "dealt with somebody's request"),
    Part("rights-written", "What you wrote about requests", "Message", "by", "wrote about somebody's request"),
    Part("rights-added", "Files you added to requests", "File", "by", "added a file to somebody's request"),
    Part("rights-decided", "Requests you decided", "Decision", "by", "decided somebody's request"),
    Part("rights-told", "Whom you told of changes", "RecipientTask", "done_by", "told somebody of a change", "done_on"),
    Part("rights-mails-to-staff", "Mails to you about requests", "DueMail", "to", "were written to", "made_at"),
)  # fmt: skip

KINDS: Final = (HOLIDAYS, *(part.kind() for part in PARTS))
