"""Policies in the CMS's lists of pages: number, in force since, upcoming, and whether a draft is waiting."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from policies.history import Entry, History
from policies.models import PolicyPage, PolicyVersion


def in_force(page: Any) -> Entry | None:
    return page.history.in_force if hasattr(page, "history") else None


def number(page: Any) -> str:
    entry = in_force(page)
    return entry.version.number if entry else "–"


def since(page: Any) -> str:
    entry = in_force(page)
    return date_format(entry.version.effective_from, "j M Y") if entry else "–"


def upcoming(page: Any) -> str:
    entries = page.history.upcoming if hasattr(page, "history") else []
    return ", ".join(f"{e.version.number} from {date_format(e.version.effective_from, 'j M Y')}" for e in entries) or "–"


def draft(page: Any) -> str:
    if not isinstance(page, PolicyPage) or page.alias_of_id:
        return "–"
    if not len(page.history):
        return "Never announced"
    return "Differs" if page.has_unpublished_changes else "Same as announced"


COLUMNS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "number": ("In force", number),
    "since": ("Since", since),
    "upcoming": ("Upcoming", upcoming),
    "draft": ("Draft", draft),
}


def policy_columns() -> list[Column]:
    return [Column(name, label=label, accessor=read, width="12%") for name, (label, read) in COLUMNS.items()]


def attach_histories(pages: Any) -> None:
    """Give each policy of a list its history, by one query for all."""
    policies = [page for page in pages if isinstance(page, PolicyPage)]
    versions = defaultdict(list)
    for version in PolicyVersion.objects.outline().filter(page__in=policies):
        versions[version.page_id].append(version)
    for page in policies:
        page.history = History(versions[page.pk], on=timezone.localdate())


class PolicyColumnsMixin:
    """A list of pages whose dates of editing and types give way to what counts for policies."""

    @cached_property
    def columns(self) -> list[Any]:
        kept = [column for column in super().columns if column.name not in {"type", "parent"}]  # type: ignore[misc]
        place = next(n for n, column in enumerate(kept) if column.name == "latest_revision_created_at")
        return [*kept[:place], *policy_columns(), *kept[place:]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        attach_histories(context["object_list"])
        return context


class PolicyIndexView(PolicyColumnsMixin, IndexView):
    default_ordering = "title"


class PolicyExplorerView(PolicyColumnsMixin, ExplorableIndexView):
    pass


class PoliciesViewSet(PageListingViewSet):
    """The entry “Policies” in the menu: all policies in one list."""

    model = PolicyPage
    index_view_class = PolicyIndexView
    name = "policies_listing"
    url_prefix = "policies"
    icon = "doc-full"
    menu_label = "Policies"
    menu_order = 150
    add_to_admin_menu = True


class PoliciesBelowIndexViewSet(PageViewSet):
    """The same columns where the page tree shows what stands below the list of policies."""

    model = PolicyPage
    index_view_class = PolicyExplorerView
    name = "policies_explorer"
