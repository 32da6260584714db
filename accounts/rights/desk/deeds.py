"""What staff can do with a case as it stands: each deed with its words, its form, its rule, and when it is offered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights import moves
from accounts.rights.clock.law import ACCESS
from accounts.rights.deciding.accounts import account_of
from accounts.rights.deciding.findings import GIVES
from accounts.rights.deciding.restricting import tell_that_it_ends
from accounts.rights.desk import forms
from accounts.rights.desk.fees import FeeForm, fee_in_words
from accounts.rights.due_dates import deadline_of, today
from accounts.rights.letters import occasions
from accounts.rights.letters.writing import LetterKind
from accounts.rights.models import Channel, Kind, RightsRequest, What
from accounts.rights.models.transitions import STEPS, Move
from accounts.rights.moves import By
from accounts.values.country import LAW
from accounts.values.wording import Words, day_in_words, sentences

Given = dict[str, Any]


DONE = _("Done.")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that staff can do with a case.

    Args:
        name: in the address.
        label: on the button that leads to it.
        title: of its page.
        explain: what it does, in words.
        do: the rule; takes the case, who does it, and what the form says.
        offered: whether it can be done with the case as it stands.
        form: what is asked for.
        letter: which letter it sends, whose locked parts are shown.
        said: what is said once it is done.
        serious: whether its button warns.
    """

    name: str
    label: Words
    title: Words
    explain: Callable[[RightsRequest], str]
    do: Callable[[RightsRequest, By, Given], object]
    offered: Callable[[RightsRequest], bool]
    form: type[forms.DeedForm] = forms.DeedForm
    letter: LetterKind | None = None
    said: Words = DONE
    serious: bool = False


def can(move: Move) -> Callable[[RightsRequest], bool]:
    return lambda case: case.state in STEPS[move].frm


def _may_be_extended(case: RightsRequest) -> bool:
    if case.is_complaint or case.extended_on or not can(Move.EXTEND)(case):
        return False
    last = deadline_of(case).extend_by
    return last is None or today() <= last


def _about_extending(case: RightsRequest) -> str:
    last = deadline_of(case).extend_by
    until = gettext("They must be told by %(day)s.") % {"day": day_in_words(last)} if last else ""
    return sentences(str(LAW.ABOUT_MORE_TIME), until)


def _is_restricted(case: RightsRequest) -> bool:
    """Whether it led to a restriction; of an account that staff named, only they know whether it still stands."""
    if case.kind != Kind.RESTRICTION or case.outcome not in GIVES:
        return False
    account = account_of(case)
    return account is None or (account.is_restricted and not account.restricted_until)


def _not_complaint(move: Move) -> Callable[[RightsRequest], bool]:
    return lambda case: can(move)(case) and not case.is_complaint


DEEDS: tuple[Deed, ...] = (
    Deed("start", _("Begin"), _("Begin to work on it"),
         lambda case: gettext("The person sees that it is being worked on."),
         lambda case, by, given: moves.start(case, by), can(Move.START), said=_("It is being worked on.")),
    Deed("assign", _("Give it to somebody"), _("Give it to somebody"),
         lambda case: gettext("The person does not see who has it."),
         lambda case, by, given: moves.assign(case, by, given["to"]),
         lambda case: case.is_open, forms.AssignForm, said=_("It is given.")),
    Deed("acknowledge", _("Acknowledge receipt"), _("Acknowledge receipt"),
         lambda case: gettext("The person is told that it is here, and by when we answer."),
         lambda case, by, given: occasions.acknowledge(case, by, given["words"]),
         lambda case: case.is_open and not (case.acknowledged_on or case.decided_on),
         forms.OptionalWordsForm, LetterKind.ACKNOWLEDGEMENT, _("Its receipt is acknowledged.")),
    Deed("message", _("Write a message"), _("Write a message"),
         lambda case: gettext("It stands on the page of the case, which only the person and our staff can open."),
         lambda case, by, given: occasions.write_message(case, by, given["words"], given["attached"]),
         lambda case: True, forms.MessageForm, said=_("The message is sent.")),
    Deed("progress", _("Tell how it stands"), _("Tell how it stands"),
         lambda case: gettext("Who complained is told of progress. By our own rule that is at least every 30 days."),
         lambda case, by, given: occasions.tell_progress(case, by, given["words"]),
         lambda case: case.is_complaint and case.is_open, forms.WordsForm, LetterKind.PROGRESS,
         _("They are told how it stands.")),
    Deed("identity", _("Ask who is asking"), _("Ask who is asking"),
         lambda case: str(LAW.ABOUT_IDENTITY),
         lambda case, by, given: occasions.ask_identity(case, by, given["words"]),
         lambda case: _not_complaint(Move.ASK_IDENTITY)(case) and case.channel != Channel.ACCOUNT,
         forms.WordsForm, LetterKind.IDENTITY, LAW.BEGINS_WHEN_ASKED),
    Deed("identity-came", _("It shows who is asking"), _("What shows who is asking has come"),
         lambda case: str(LAW.BEGINS_WITH_IDENTITY),
         lambda case, by, given: moves.give_identity(case, by, given["on"], given["words"]),
         can(Move.GIVE_IDENTITY), forms.PastDayForm, said=LAW.HAS_BEGUN),
    Deed("clarify", _("Ask what is meant"), _("Ask what is meant"),
         lambda case: gettext("Only where it cannot be found otherwise which information is meant. The clock stands "
                              "still until the person answers."),
         lambda case, by, given: occasions.ask_clarification(case, by, given["words"]),
         lambda case: case.kind == ACCESS and can(Move.ASK_CLARIFICATION)(case),
         forms.WordsForm, LetterKind.CLARIFICATION, _("They are asked, and the clock stands still.")),
    Deed("clarified", _("The question was answered"), _("The question was answered"),
         lambda case: gettext("An answer on the page of the case ends the pause by itself. This is for what came "
                              "otherwise."),
         lambda case, by, given: moves.clarify(case, by, given["on"], given["words"]),
         can(Move.CLARIFY), forms.PastDayForm, said=_("The clock runs on.")),
    Deed("fee", _("Ask for a fee"), _("Ask for a fee"),
         lambda case: str(LAW.ABOUT_FEE),
         lambda case, by, given: occasions.ask_fee(case, by, fee_in_words(given)),
         _not_complaint(Move.ASK_FEE), FeeForm, LetterKind.FEE, _("They are asked for a fee.")),
    Deed("fee-paid", _("The fee was paid"), _("The fee was paid"),
         lambda case: str(LAW.BEGINS_WITH_FEE),
         lambda case, by, given: moves.pay_fee(case, by, given["on"], given["words"]),
         can(Move.PAY_FEE), forms.PastDayForm, said=LAW.HAS_BEGUN),
    Deed("extend", LAW.TAKE_MORE_TIME, LAW.TAKE_MORE_TIME, _about_extending,
         lambda case, by, given: occasions.extend(case, by, given["words"]),
         _may_be_extended, forms.WordsForm, LetterKind.EXTENSION, _("It is extended, and they are told why.")),
    Deed("escalated", _("It went to the regulator"), _("It went to the regulator"),
         lambda case: gettext("For the record: nothing is sent to anybody."),
         lambda case, by, given: occasions.escalated(case, by, given["on"], given["words"]),
         lambda case: True, forms.PastDayForm, said=_("It is written down that it went to the regulator.")),
    Deed("day", _("Correct the day of receipt"), _("Correct the day of receipt"),
         lambda case: gettext("The due date follows, and both sides see the correction."),
         lambda case, by, given: moves.correct_day(case, by, given["on"]),
         lambda case: case.is_open and case.channel != Channel.ACCOUNT, forms.DayOfReceiptForm,
         said=_("The day is corrected, and the due date worked out anew.")),
    Deed("note", _("Write a note"), _("Write a note for colleagues"),
         lambda case: "",
         lambda case, by, given: moves.write_down(case, by, What.NOTE, given["words"], internal=True),
         lambda case: True, forms.NoteForm, said=_("The note is kept.")),
    Deed("restriction-ends", _("End the restriction"), _("Tell that the restriction ends"),
         lambda case: str(LAW.ABOUT_END_OF_RESTRICTION),
         lambda case, by, given: tell_that_it_ends(case, given["person"], by, given["on"], given["words"]),
         _is_restricted, forms.EndOfRestrictionForm, LetterKind.RESTRICTION_ENDS,
         _("They are told, and it ends on that day.")),
    Deed("close", _("Close it"), _("Close it"),
         lambda case: gettext("The answer was sent, and everybody is told who must be. The person can open it again."),
         lambda case, by, given: moves.close(case, by, given["words"]),
         can(Move.CLOSE), forms.OptionalWordsForm, said=_("It is closed.")),
    Deed("close-unanswered", _("Close it, as nobody answers"), _("Close it, as our question is not answered"),
         lambda case: gettext("Only after a reasonable time, such as a month. They are told, and can open it again."),
         lambda case, by, given: occasions.close_unanswered(case, by, given["words"]),
         can(Move.CLOSE_UNANSWERED), forms.OptionalWordsForm, said=_("It is closed, and they are told."), serious=True),
    Deed("withdraw", _("The person withdraws it"), _("The person withdraws it"),
         lambda case: gettext("For what came by letter or telephone; on their page people do it themselves."),
         lambda case, by, given: moves.withdraw(case, by, given["words"]),
         can(Move.WITHDRAW), forms.OptionalWordsForm, said=_("It is withdrawn."), serious=True),
    Deed("reopen", _("Open it again"), _("Open it again"),
         lambda case: gettext("Its time never ended: the due date is the one it had."),
         lambda case, by, given: moves.reopen(case, by, given["words"]),
         can(Move.REOPEN), forms.OptionalWordsForm, said=_("It is open again.")),
)  # fmt: skip


def offered(case: RightsRequest) -> list[Deed]:
    """Return what can be done with a case as it stands, in the order of the page."""
    return [deed for deed in DEEDS if deed.offered(case)]


def deed_of(name: str) -> Deed | None:
    return next((deed for deed in DEEDS if deed.name == name), None)
