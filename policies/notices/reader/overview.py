"""What policies add to the account's menu and overview."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.flows.preferences_notes import add_note
from accounts.menu import Link, Section, Task, add_to_menu, add_to_overview
from accounts.models import User
from accounts.values.wording import day_in_words
from policies.notices.agreeing.on_pages import kept_standings
from policies.notices.agreeing.standing import Standing
from policies.notices.reader.seen import Unseen, coming_unannounced_to, unseen_by
from policies.notices.reader.told import latest_notice, outcome_of
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

add_to_menu(40, _("Policies"), "account_policies")


@add_to_overview(40)
def what_we_told_you(user: User) -> Section:
    """Show the latest notice to the person, with changes they have not seen yet as tasks."""
    latest = latest_notice(user)
    facts = (
        ((gettext("Latest notice"), str(latest.notice.version)), (gettext("What became of it"), outcome_of(latest)))
        if latest
        else ((gettext("Latest notice"), gettext("None yet")),)
    )
    return Section(
        gettext("Policies"),
        facts,
        Link(gettext("See what we told you, and what you have read"), "account_policies"),
        (
            *questions_to(kept_standings(user)),
            *tasks_of(unseen_by(user)),
            *(task_of(version) for version in coming_unannounced_to(user)),
        ),
    )


def questions_to(standings: list[Standing]) -> Iterator[Task]:
    """Yield what a person is asked to answer."""
    for standing in standings:
        if standing.waits:
            question = standing.question
            words = (
                gettext("Say whether you accept version %(number)s of “%(title)s”")
                if question.is_acceptance
                else gettext("Say whether you have read version %(number)s of “%(title)s”")
            )
            link = Link(gettext("Read it, and answer"), "account_policies")
            yield Task(words % {"number": question.number, "title": question.title}, link)


def task_of(version: PolicyVersion) -> Task:
    """Tell whoever registered after it was announced."""
    day = day_in_words(version.effective_from)
    return Task(
        gettext("%(title)s changes on %(day)s") % {"title": version.title, "day": day},
        Link(gettext("See what changes"), "account_policies"),
    )


def tasks_of(unseen: list[Unseen]) -> Iterator[Task]:
    """Yield what a person has not read yet, and that our mail about it did not reach them."""
    if unseen:
        what = unseen[0].title if len(unseen) == 1 else gettext("%(number)s policies") % {"number": len(unseen)}
        yield Task(
            gettext("Read what we announced: %(what)s") % {"what": what},
            Link(gettext("See what is new to you"), "account_policies"),
        )
    if any(policy.unreached for policy in unseen):
        yield Task(
            gettext("Our e-mail about a policy did not reach you"),
            Link(gettext("Check your e-mail address"), "account_email"),
        )


@add_note
def what_comes_anyway(person: User) -> list[str]:
    pages = PolicyPage.objects.filter(live=True, alias_of=None).exclude(always_notify_because="").order_by("title")
    return [
        gettext("Amendments of “%(title)s” come whatever you choose. %(always_notify_because)s")
        % {"title": page.title, "always_notify_because": page.always_notify_because}
        for page in pages
    ]
