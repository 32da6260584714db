"""A notice and the people it is for, on their way."""

from django.db.models import Model

from accounts.models import MailPreference, User
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import NoticeState
from policies.notices.sending.rounds import end_hold
from policies.notices.sending.staging import stage_recipients
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.people import a_person
from tests.making.policies import a_document, announce


def an_amendment(page: PolicyPage, words: str = "cookies are large files", **fields) -> PolicyVersion:
    return announce(page, a_document(words, "contact us by post"), **fields)


def a_notice(page: PolicyPage, **fields) -> AmendmentNotice:
    """The notice of a new amendment, not staged yet."""
    return AmendmentNotice.objects.to_people().get(version=an_amendment(page, **fields))


def a_sending_notice(page: PolicyPage, **fields) -> AmendmentNotice:
    """A staged notice whose hold is over."""
    notice = a_notice(page, **fields)
    stage_recipients(notice)
    notice.refresh_from_db()
    end_hold(notice)
    assert notice.state == NoticeState.SENDING
    return notice


def who_chose(choice: str, email: str) -> User:
    person = a_person(email)
    MailPreference.objects.create(person=person, policy_mail=choice)
    return person


def states(notice: AmendmentNotice) -> dict[str, str]:
    """Each person's address, and the state and reason of their delivery."""
    rows = Delivery.objects.filter(notice=notice).values_list("person__email", "state", "reason")
    return {email: f"{state} {reason}".strip() for email, state, reason in rows}


def fresh(row: Model):
    row.refresh_from_db()
    return row
