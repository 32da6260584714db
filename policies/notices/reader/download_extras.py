"""Puts the policies that applied to a person, and the mails about them, into the download of their data."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from accounts.personal_data.archive import ExtraFile, add_extra
from accounts.values.wording import day_in_words
from policies.notices.models.notices import Delivery, DeliveryState
from policies.notices.reader.told import copy_of, deliveries_to
from policies.reading.full_addresses import absolute
from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion

LEFT_US = (DeliveryState.SENT, DeliveryState.UNREACHABLE)


@add_extra
def policy_texts(person: User) -> Iterator[ExtraFile]:
    """Return each version that was in force on some day between the person's joining and today, in one query."""
    today, joined = timezone.localdate(), timezone.localdate(person.date_joined)
    versions = PolicyVersion.objects.filter(effective_from__lte=today).defer("content").order_by("slug", "sequence")
    for _, of_one_policy in groupby(versions, key=lambda version: version.slug):
        for entry in reversed(History(of_one_policy, on=today).entries):
            if _applied_since(entry, joined):
                yield _file(entry)


@add_extra
def notices_as_sent(person: User) -> Iterator[ExtraFile]:
    """Return each mail about a policy that was sent to the person, in one query."""
    sent = deliveries_to(person).filter(state__in=LEFT_US, first_tried_at__isnull=False)
    for delivery in sent.select_related("notice__version").order_by("pk"):
        yield _mail(delivery)


def _mail(delivery: Delivery) -> ExtraFile:
    version = delivery.notice.version
    about = {"title": version.title, "number": version.number}
    words = (
        gettext("The mail about %(title)s, version %(number)s, sent on %(day)s")
        % (about | {"day": day_in_words(delivery.settled_at)})
        if delivery.settled_at
        else gettext("The mail about %(title)s, version %(number)s") % about
    )
    name = f"notices/{version.slug}-{version.number}-{delivery.notice.kind}.eml"
    return ExtraFile(
        name,
        copy_of(delivery),
        words,
    )


def _applied_since(entry: Entry, joined: dt.date) -> bool:
    return not entry.never_in_force and (entry.until is None or entry.until > joined)


def _file(entry: Entry) -> ExtraFile:
    version = entry.version
    words = (
        gettext("%(title)s, version %(number)s, in force from %(day)s to %(last_day)s")
        if entry.last_day
        else gettext("%(title)s, version %(number)s, in force from %(day)s")
    ) % {
        "title": version.title,
        "number": version.number,
        "day": day_in_words(version.effective_from),
        "last_day": day_in_words(entry.last_day) if entry.last_day else "",
    }
    address = absolute("policies:version", version.slug, version.number)
    text = gettext("%(words)s\n%(address)s\nSHA-256 of the text alone: %(digest)s\n\n%(text)s") % {
        "words": words,
        "address": address,
        "digest": version.digest,
        "text": version.text,
    }
    return ExtraFile(f"policies/{version.slug}-{version.number}.txt", text, words)
