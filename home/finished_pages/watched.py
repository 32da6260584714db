"""Which tables public pages are made of: a change in one of them raises a generation; a page that reads another is not
kept."""

import logging
import re
from collections.abc import Callable, Iterator
from functools import cache
from types import TracebackType
from typing import Final

from django.apps import apps
from django.db import connection, models

from home.finished_pages.triggers import TABLE, Raises, raising

logger = logging.getLogger(__name__)

# By label, with the fields whose change nobody sees on a public page: an editor saves, locks and comments drafts.
DRAFTING: Final = frozenset(
    {
        "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "live_revision",
        "last_published_at", "locked", "locked_at", "locked_by", "owner",
    }
)  # fmt: skip
WHOLE_SITE: Final[dict[str, frozenset[str]]] = {
    "wagtailcore.Page": DRAFTING,
    "wagtailcore.Site": frozenset(),
    "wagtailcore.PageViewRestriction": frozenset(),
    "wagtailcore.Locale": frozenset(),
    "wagtailredirects.Redirect": frozenset(),
    "wagtailimages.Image": frozenset(),
    "wagtailimages.Rendition": frozenset(),
    "wagtaildocs.Document": frozenset(),
    "home.HomePage": frozenset(),
    "home.StandardPage": frozenset(),
    "home.ContactPage": frozenset(),
    "home.Organisation": frozenset(),
    "home.Choices": frozenset(),
    "home.AddedCookie": frozenset(),
    "policies.PolicyIndexPage": frozenset(),
    "rights.RegulatorEntry": frozenset(),
    "rights.RegulatorSetting": frozenset(),
}
POLICIES: Final = "policies.PolicyPage"
VERSIONS: Final = "policies.PolicyVersion"
OF_POLICY: Final = "'policies/' || ROW.slug"
OF_PAGE: Final = "'policies/' || (SELECT slug FROM wagtailcore_page WHERE id = ROW.page_ptr_id)"
# A page that goes takes its row of this table with it, in whichever order.
PAGE_IS_THERE: Final = "EXISTS (SELECT 1 FROM wagtailcore_page WHERE id = ROW.page_ptr_id)"
# A policy's first version puts it into every footer; a withdrawal may take it out; a title stands there.
SEEN_EVERYWHERE: Final = (
    "ROW.sequence = 1 OR ROW.withdrawn_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM {table} AS before "
    "WHERE before.page_id = ROW.page_id AND before.sequence = ROW.sequence - 1 AND before.title = ROW.title)"
)
# They say the same for as long as this program runs, or are no part of what is shown; or they are made with a version,
# in its transaction, and frozen like it.
NEVER_SHOWN: Final = {"django_content_type", "django_migrations", "policies_keptregister", TABLE}
NAMES: Final = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)


def triggers() -> list[Raises]:
    """Return the triggers on all that public pages are made of."""
    found = []
    for label, unseen in WHOLE_SITE.items():
        model = apps.get_model(label)
        found += raising(model._meta.db_table, columns_of(model, unseen))
    policies, versions = apps.get_model(POLICIES)._meta, apps.get_model(VERSIONS)._meta
    everywhere = ("'site'", SEEN_EVERYWHERE.format(table=versions.db_table))
    return [
        *found,
        *raising(policies.db_table, columns_of(apps.get_model(POLICIES)), ((OF_PAGE, PAGE_IS_THERE),)),
        *raising(versions.db_table, columns_of(apps.get_model(VERSIONS)), ((OF_POLICY, ""), everywhere)),
    ]


def columns_of(model: type[models.Model], unseen: frozenset[str] = frozenset()) -> list[str]:
    fields = model._meta.local_concrete_fields
    return [f'"{field.column}"' for field in fields if field.column and field.name not in unseen]


def watched_models() -> list[type[models.Model]]:
    return [apps.get_model(label) for label in (*WHOLE_SITE, POLICIES, VERSIONS)]


@cache
def watched_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in watched_models()) | NEVER_SHOWN


class Watch:
    """Says whether a page that is made while it looks was made of nothing but watched tables."""

    def __init__(self) -> None:
        self.unwatched: set[str] = set()

    @property
    def saw_only_what_is_watched(self) -> bool:
        return not self.unwatched

    def __enter__(self) -> "Watch":
        self._wrapping = connection.execute_wrapper(self._look)
        self._wrapping.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wrapping.__exit__(kind, error, trace)

    def warn(self) -> None:
        tables = ", ".join(sorted(self.unwatched))
        logger.warning("a public page is not kept: it reads tables that nothing watches", extra={"tables": tables})

    def _look(self, execute: Callable[..., object], sql: str, *args: object) -> object:
        self.unwatched |= set(tables_in(sql)) - watched_tables()
        return execute(sql, *args)


def tables_in(sql: str) -> Iterator[str]:
    """Yield the names behind FROM and JOIN."""
    return (name for name in NAMES.findall(sql) if name.lower() not in {"select", "lateral"})
