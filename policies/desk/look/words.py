"""Says in words what announcing will do, and what can and cannot be taken back afterwards."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import ngettext

from accounts.values.wording import counted, days_in_words, people_in_words, span_in_words, weekday_in_words
from policies.desk.look.looking import Look
from policies.notices.forecasting import Forecast
from policies.versions.asking import AsksFor
from policies.versions.least_notice import earliest_of


def in_words(look: Look) -> dict[str, object]:
    """Return everything that the page says of a look, by the name that its template knows."""
    people = look.audience
    return {
        "begins": begins(look),
        "announced": announced(look),
        "deed": deed(look),
        "earliest": earliest(look),
        "mails_begin": mails_begin(look),
        "asks": list(asks(look)),
        "people": {"mailed": mailed(people), "followers": followers(people), "not_mailed": not_mailed(people)}
        if people
        else None,
        "undoing": list(undoing(look)),
    }


def begins(look: Look) -> str:
    """Return “today, Thursday 26 November 2026” or “from Thursday 31 December 2026, in 35 days”."""
    day = weekday_in_words(look.version.effective_from)
    left = look.days_until_force
    return f"from {day}, in {days_in_words(left)}" if left else f"from today, {day}"


def announced(look: Look) -> str:
    """Return when readers see it as announced."""
    return f"By itself on {moment(look.at)}" if look.at else "As soon as you confirm below"


def earliest(look: Look) -> str:
    """Return from which day it may be in force by the kinds of change, and why; nothing where none asks for notice."""
    found = earliest_of(look.proposal, look.proposal.announcing_day)
    return f"{weekday_in_words(found.day)} ({found.why})" if found.why else ""


def deed(look: Look) -> str:
    """Return what the button says that does it."""
    if look.says_the_same:
        return "Count the draft as announced"
    return f"Announce version {look.version.number}{f' on {moment(look.at)}' if look.at else ''}"


def mailed(forecast: Forecast) -> str:
    """Return how many people get the mail."""
    return f"{people_in_words(forecast.mailed)} would get it, as things stand today."


def followers(forecast: Forecast) -> str:
    """Return how many follow the policy without an account and get a mail of their own; nothing where nobody does."""
    if not forecast.followers:
        return ""
    besides = counted(
        forecast.followers,
        ngettext(
            "%(number)s follower without an account", "%(number)s followers without an account", forecast.followers
        ),
    )
    return f"Besides, {besides} would get an e-mail of their own. They are not counted as people who were told."


def not_mailed(forecast: Forecast) -> list[str]:
    """Return how many do not get it, for each reason that somebody has."""
    reasons = {
        "no confirmed e-mail address": forecast.without_address,
        "e-mail to their address came back as undeliverable": forecast.came_back,
        "chose not to get such e-mail": forecast.unwanted,
    }
    return [f"{people_in_words(number)}: {why}" for why, number in reasons.items() if number]


def mails_begin(look: Look) -> str:
    """Return when the first mail leaves, and how long it is held before."""
    if not look.hold:
        return f"The first e-mail leaves {'then' if look.at else 'at once'}: no hold is set."
    after = f"{span_in_words(look.hold)} after it is announced"
    return f"The first e-mail leaves {after}, {moment(look.mails_from)} at the earliest."


def asks(look: Look) -> Iterator[str]:
    """Yield what the version will ask of people with an account, and of whom."""
    version = look.version
    if not version.asks_for:
        yield "Nothing is asked of anybody: people are told, and need not answer."
        return
    accept = version.asks_for == AsksFor.ACCEPTANCE
    what = "that they accept it" if accept else "that they have read it"
    if version.asks_anew:
        yield f"Everybody with an account is asked to say {what}, at the next sign-in from the day in force on."
        grace = version.grace_days
        yield (
            f"They may put the answer off for {days_in_words(grace)}." if grace else "They cannot put the answer off."
        )
    else:
        yield f"Only people who register from the day in force on are asked to say {what}; nobody is asked again."
    if version.least_age:
        yield f"With it they state that they are at least {version.least_age} years old."
    if version.asks_because:
        yield f"Otherwise than the policy usually asks, because: {version.asks_because}"
    yield "Declining is recorded, and blocks neither their data, nor their rights, nor closing the account."


def undoing(look: Look) -> Iterator[str]:
    """Yield a sentence for each thing that can, or cannot, be taken back."""
    number = look.version.number
    if look.at:
        yield f"Until {moment(look.at)} you can cancel the schedule on the policy’s page. Until then nobody sees it."
    yield (
        f"Version {number} stays for ever: its text, number, words and date are never changed or deleted by anybody."
    )
    if look.days_until_force:
        yield (
            "It can be withdrawn until the day before it comes into force. A withdrawn version stays readable, marked "
            "as withdrawn, with your reason, and its number is not used again."
        )
    else:
        yield "It is in force at once, so it cannot be withdrawn. What is wrong in it is put right by the next version."
    if look.notice and look.hold:
        yield f"The e-mails can be stopped for {span_in_words(look.hold)}. What was sent cannot be called back."
    elif look.notice:
        yield "The e-mails leave at once. What was sent cannot be called back."


def moment(at: dt.datetime | None) -> str:
    """Return “Friday 1 January 2027, 09:30”."""
    return f"{weekday_in_words(at)}, {timezone.localtime(at):%H:%M}" if at else ""
