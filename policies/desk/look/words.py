"""Says in words what announcing will do, and what can and cannot be taken back afterwards."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext, ngettext

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
    return (
        gettext("from %(day)s, in %(days)s") % {"day": day, "days": days_in_words(left)}
        if left
        else gettext("from today, %(day)s") % {"day": day}
    )


def announced(look: Look) -> str:
    """Return when readers see it as announced."""
    return (
        gettext("By itself on %(moment)s") % {"moment": moment(look.at)}
        if look.at
        else gettext("As soon as you confirm below")
    )


def earliest(look: Look) -> str:
    """Return from which day it may be in force by the kinds of change, and why; nothing where none asks for notice."""
    found = earliest_of(look.proposal, look.proposal.announcing_day)
    return f"{weekday_in_words(found.day)} ({found.why})" if found.why else ""


def deed(look: Look) -> str:
    """Return what the button says that does it."""
    if look.says_the_same:
        return gettext("Count the draft as announced")
    if not look.at:
        return gettext("Announce version %(number)s") % {"number": look.version.number}
    words = gettext("Announce version %(number)s on %(moment)s")
    return words % {"number": look.version.number, "moment": moment(look.at)}


def mailed(forecast: Forecast) -> str:
    """Return how many people get the mail."""
    return gettext("%(people)s would get it, as things stand today.") % {"people": people_in_words(forecast.mailed)}


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
    return gettext(
        "Besides, %(besides)s would get an e-mail of their own. They are not counted as people who were told."
    ) % {"besides": besides}


def not_mailed(forecast: Forecast) -> list[str]:
    """Return how many do not get it, for each reason that somebody has."""
    reasons = {
        gettext("no confirmed e-mail address"): forecast.without_address,
        gettext("e-mail to their address came back as undeliverable"): forecast.came_back,
        gettext("chose not to get such e-mail"): forecast.unwanted,
    }
    return [f"{people_in_words(number)}: {why}" for why, number in reasons.items() if number]


def mails_begin(look: Look) -> str:
    """Return when the first mail leaves, and how long it is held before."""
    if not look.hold:
        if look.at:
            return gettext("The first e-mail leaves then: no hold is set.")
        return gettext("The first e-mail leaves at once: no hold is set.")
    after = gettext("%(span)s after it is announced") % {"span": span_in_words(look.hold)}
    return gettext("The first e-mail leaves %(after)s, %(moment)s at the earliest.") % {
        "after": after,
        "moment": moment(look.mails_from),
    }


def asks(look: Look) -> Iterator[str]:
    """Yield what the version will ask of people with an account, and of whom."""
    version = look.version
    if not version.asks_for:
        yield gettext("Nothing is asked of anybody: people are told, and need not answer.")
        return
    accept = version.asks_for == AsksFor.ACCEPTANCE
    what = gettext("that they accept it") if accept else gettext("that they have read it")
    if version.asks_anew:
        yield gettext(
            "Everybody with an account is asked to say %(what)s, at the next sign-in from the day in force on."
        ) % {"what": what}
        grace = version.grace_days
        yield (
            gettext("They may put the answer off for %(days)s.") % {"days": days_in_words(grace)}
            if grace
            else gettext("They cannot put the answer off.")
        )
    else:
        yield gettext(
            "Only people who register from the day in force on are asked to say %(what)s; nobody is asked again."
        ) % {"what": what}
    if version.least_age:
        yield gettext("With it they state that they are at least %(least_age)s years old.") % {
            "least_age": version.least_age
        }
    if version.asks_because:
        yield gettext("Otherwise than the policy usually asks, because: %(asks_because)s") % {
            "asks_because": version.asks_because
        }
    yield gettext("Declining is recorded, and blocks neither their data, nor their rights, nor closing the account.")


def undoing(look: Look) -> Iterator[str]:
    """Yield a sentence for each thing that can, or cannot, be taken back."""
    number = look.version.number
    if look.at:
        yield gettext(
            "Until %(moment)s you can cancel the schedule on the policy’s page. Until then nobody sees it."
        ) % {"moment": moment(look.at)}
    yield (
        gettext(
            "Version %(number)s stays for ever: its text, number, words and date are never changed or "
            "deleted by anybody."
        )
        % {"number": number}
    )
    if look.days_until_force:
        yield gettext(
            "It can be withdrawn until the day before it comes into force. A withdrawn version stays readable, marked "
            "as withdrawn, with your reason, and its number is not used again."
        )
    else:
        yield gettext(
            "It is in force at once, so it cannot be withdrawn. What is wrong in it is put right by the next version."
        )
    if look.notice and look.hold:
        yield gettext("The e-mails can be stopped for %(span)s. What was sent cannot be called back.") % {
            "span": span_in_words(look.hold)
        }
    elif look.notice:
        yield gettext("The e-mails leave at once. What was sent cannot be called back.")


def moment(at: dt.datetime | None) -> str:
    """Return “Friday 1 January 2027, 09:30”."""
    return f"{weekday_in_words(at)}, {timezone.localtime(at):%H:%M}" if at else ""
