"""The announcements of one policy, or of all, as Atom feeds (RFC 4287)."""

import datetime as dt
from itertools import chain, groupby

from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from accounts.values.language import site_language
from accounts.values.organisation import organisation
from accounts.values.wording import day_in_words
from policies.reading.contexts import published_at
from policies.reading.full_addresses import absolute
from policies.texts.document import clean_text
from policies.versions.history import History
from policies.versions.models import PolicyVersion

CONTENT_TYPE = Atom1Feed.content_type
MOST_ENTRIES = 50

# A version, and the one that it amended.
Amended = tuple[PolicyVersion, PolicyVersion | None]


class AtomFeed(Atom1Feed):
    """With plain summaries beside the content: Django's own writes only a summary, as HTML."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, object]) -> None:
        super().add_item_elements(handler, item | {"description": None})
        if item["summary"]:
            handler.addQuickElement("summary", str(item["summary"]), {"type": "text"})
        handler.addQuickElement("content", str(item["content"]), {"type": "html"})


def feed_of_all(on: dt.date) -> str:
    """Return what was announced of any policy, newest first."""
    title = gettext("Policies of %(name)s") % {"name": organisation().name}
    return _feed(title, absolute("policies:index"), absolute("policies:feed"), newest_of_all(on))


def newest_of_all(on: dt.date) -> list[Amended]:
    """Return what was announced of any policy, newest first, so much as a feed has."""
    by_policy = groupby(PolicyVersion.objects.outline().order_by("slug"), key=lambda version: version.slug)
    versions = chain.from_iterable(amended(History(of_one, on=on)) for _, of_one in by_policy)
    newest = sorted(versions, key=lambda pair: (pair[0].announced_at, pair[0].pk), reverse=True)
    return newest[:MOST_ENTRIES]


def feed_of_one(history: History) -> str:
    version = (history.in_force or history.entries[0]).version
    own, feed = absolute("policies:policy", version.slug), absolute("policies:policy_feed", version.slug)
    return _feed(f"{version.title}: versions", own, feed, amended(history))


def amended(history: History) -> list[Amended]:
    return [(entry.version, history.before(entry.version)) for entry in history.entries]


def _feed(title: str, link: str, feed_url: str, versions: list[Amended]) -> str:
    owner = organisation().name
    feed = AtomFeed(
        title,
        link,
        None,
        language=site_language(),
        author_name=owner,
        feed_url=feed_url,
        feed_guid=_tag("2026-01-01", feed_url),
    )
    for version, before in versions[:MOST_ENTRIES]:
        _add(feed, version, before)
    return feed.writeString("utf-8")


def _add(feed: AtomFeed, version: PolicyVersion, before: PolicyVersion | None) -> None:
    address = absolute("policies:version", version.slug, version.number)
    feed.add_item(
        _title(version),
        address,
        "",
        unique_id=_tag(f"{published_at(version):%Y-%m-%d}", address),
        pubdate=version.announced_at,
        updateddate=version.withdrawn_at or published_at(version),
        categories=[version.significance],
        summary=clean_text(version.change_summary).strip(),
        content=_content(version, before),
    )


def _title(version: PolicyVersion) -> str:
    if version.is_withdrawn:
        return gettext("%(title)s %(number)s: withdrawn") % {"title": version.title, "number": version.number}
    return gettext("%(title)s %(number)s, in force from %(day)s") % {
        "title": version.title,
        "number": version.number,
        "day": day_in_words(version.effective_from),
    }


def _content(version: PolicyVersion, before: PolicyVersion | None) -> str:
    context = {
        "version": version,
        "before": before,
        "page": absolute("policies:version", version.slug, version.number),
        "redline": before and absolute("policies:compare", version.slug, before.number, version.number),
    }
    return render_to_string("policies/feed_entry.html", context)


def _tag(day: str, address: str) -> str:
    """Return a tag: URI (RFC 4151), which stays the same whatever the addresses become one day."""
    host, _, path = address.partition("://")[2].partition("/")
    return f"tag:{host.partition(':')[0]},{day}:/{path}"
