"""The words on the buttons and beside the boxes: each is kept with the answer, exactly as it was shown."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.values.wording import day_in_words
from policies.notices.agreeing.questions import Question
from policies.notices.models.answers import Answer

Kind = Answer.Kind


def words_of(kind: str, question: Question) -> str:
    """Return the words of the button by which a person gives this answer."""
    words = {
        (True, Kind.ACCEPTED): gettext("I accept version %(number)s of “%(title)s”"),
        (True, Kind.DECLINED): gettext("I do not accept version %(number)s of “%(title)s”"),
        (False, Kind.ACKNOWLEDGED): gettext("I have read version %(number)s of “%(title)s”"),
        (False, Kind.DECLINED): gettext("I do not confirm that I have read version %(number)s of “%(title)s”"),
    }
    named = {"number": question.number, "title": question.title}
    return words[question.is_acceptance, Kind(kind)] % named


def words_of_withdrawing(answer: Answer) -> str:
    """Return the words of the button by which a person takes an answer back."""
    version = {"number": answer.version.number, "title": answer.version.title}
    if answer.kind == Kind.ACCEPTED:
        return gettext("I no longer accept version %(number)s of “%(title)s”") % version
    return gettext("I no longer confirm that I have read version %(number)s of “%(title)s”") % version


def agreeing(question: Question) -> Answer.Kind:
    """Return the answer that the question asks for."""
    return Kind.ACCEPTED if question.is_acceptance else Kind.ACKNOWLEDGED


def age_words(age: int) -> str:
    return gettext("I am %(age)s or older") % {"age": age}


def words_beside_box(question: Question) -> str:
    """Return the words of the box at sign-up, as they are kept."""
    return gettext("I accept “%(title)s”, %(which)s") % {"title": question.title, "which": which(question)}


def label_of_box(question: Question, address: str) -> SafeString:
    """Return the same words for a page, the title as a link to the text."""
    link = '<a href="{address}" target="_blank" rel="noopener">{title}</a>'
    words = gettext("I accept “%(title)s”, %(which)s") % {"title": link, "which": "{which}"}
    return format_html(words, address=address, title=question.title, which=which(question))


def which(question: Question) -> str:
    """Return “version 2.0, in force since 1 January 2027”."""
    if question.is_upcoming(timezone.localdate()):
        words = gettext("version %(number)s, in force from %(day)s")
    else:
        words = gettext("version %(number)s, in force since %(day)s")
    return words % {"number": question.number, "day": day_in_words(question.effective_from)}
