"""What policies add to the account's menu and overview."""

from collections.abc import Iterator

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

add_to_menu(40, "Policies", "account_policies")


@add_to_overview(40)
def what_we_told_you(user: User) -> Section:
    """Show the latest notice to the person, with changes they have not seen yet as tasks."""
    latest = latest_notice(user)
    facts = (
        (("Latest notice", str(latest.notice.version)), ("What became of it", outcome_of(latest)))
        if latest
        else (("Latest notice", "None yet"),)
    )
    return Section(
        "Policies",
        facts,
        Link("See what we told you, and what you have read", "account_policies"),
        (
            *questions_to(kept_standings(user)),
            *tasks_of(unseen_by(user)),
            *(task_of(version) for version in coming_unannounced_to(user)),
        ),
    )


def questions_to(standings: list[Standing]) -> Iterator[Task]:
    for standing in standings:
        if standing.waits:
            question = standing.question
            what = "accept" if question.is_acceptance else "have read"
            link = Link("Read it, and answer", "account_policies")
            yield Task(f"Say whether you {what} version {question.number} of “{question.title}”", link)


def task_of(version: PolicyVersion) -> Task:
    """Tell whoever registered after it was announced."""
    day = day_in_words(version.effective_from)
    return Task(f"{version.title} changes on {day}", Link("See what changes", "account_policies"))


def tasks_of(unseen: list[Unseen]) -> Iterator[Task]:
    if unseen:
        what = unseen[0].title if len(unseen) == 1 else f"{len(unseen)} policies"
        yield Task(f"Read what we announced: {what}", Link("See what is new to you", "account_policies"))
    if any(policy.unreached for policy in unseen):
        yield Task("Our e-mail about a policy did not reach you", Link("Check your e-mail address", "account_email"))


@add_note
def what_comes_anyway(person: User) -> list[str]:
    pages = PolicyPage.objects.filter(live=True, alias_of=None).exclude(always_notify_because="").order_by("title")
    return [f"Amendments of “{page.title}” come whatever you choose. {page.always_notify_because}" for page in pages]
