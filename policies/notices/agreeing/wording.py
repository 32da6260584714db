"""The words on the buttons and beside the boxes: each is kept with the answer, exactly as it was shown."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.values.wording import day_in_words
from policies.notices.agreeing.questions import Question
from policies.notices.models.answers import Answer

Kind = Answer.Kind


def words_of(kind: str, question: Question) -> str:
    """Return the words of the button by which a person gives this answer."""
    what = f"version {question.number} of “{question.title}”"
    if question.is_acceptance:
        return {
            Kind.ACCEPTED: f"I accept {what}",
            Kind.DECLINED: f"I do not accept {what}",
        }[Kind(kind)]
    return {
        Kind.ACKNOWLEDGED: f"I have read {what}",
        Kind.DECLINED: f"I do not confirm that I have read {what}",
    }[Kind(kind)]


def words_of_withdrawing(answer: Answer) -> str:
    """Return the words of the button by which a person takes an answer back."""
    what = f"version {answer.version.number} of “{answer.version.title}”"
    verb = "accept" if answer.kind == Kind.ACCEPTED else "confirm that I have read"
    return f"I no longer {verb} {what}"


def agreeing(question: Question) -> Answer.Kind:
    """Return the answer that the question asks for."""
    return Kind.ACCEPTED if question.is_acceptance else Kind.ACKNOWLEDGED


def age_words(age: int) -> str:
    return f"I am {age} or older"


def words_beside_box(question: Question) -> str:
    """Return the words of the box at sign-up, as they are kept."""
    return f"I accept “{question.title}”, {which(question)}"


def label_of_box(question: Question, address: str) -> SafeString:
    """Return the same words for a page, the title as a link to the text."""
    link = '<a href="{}" target="_blank" rel="noopener">{}</a>'
    return format_html(f"I accept “{link}”, {{}}", address, question.title, which(question))


def which(question: Question) -> str:
    """Return “version 2.0, in force since 1 January 2027”."""
    since = "from" if question.is_upcoming(timezone.localdate()) else "since"
    return f"version {question.number}, in force {since} {day_in_words(question.effective_from)}"
