"""Policies in the CMS's lists of pages: number, in force since, upcoming, and whether a draft is waiting."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import ContextMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from accounts.values.wording import Words
from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion
from policies.writing.index_page import index_for
from policies.writing.models import PolicyPage


def _day(entry: Entry) -> str:
    return date_format(entry.version.effective_from, "j M Y")


def in_force(page: Page) -> str:
    entry = page.history.in_force if hasattr(page, "history") else None
    return gettext("%(number)s since %(day)s") % {"number": entry.version.number, "day": _day(entry)} if entry else "–"


def upcoming(page: Page) -> str:
    entries = page.history.upcoming if hasattr(page, "history") else []
    return (
        ", ".join(
            gettext("%(number)s from %(day)s") % {"number": entry.version.number, "day": _day(entry)}
            for entry in entries
        )
        or "–"
    )


def draft(page: Page) -> str:
    if not isinstance(page, PolicyPage) or page.alias_of_id:
        return "–"
    if not page.was_announced:
        return gettext("Never announced")
    return gettext("Differs") if page.has_unpublished_changes else gettext("Same as announced")


COLUMNS: dict[str, tuple[Words, Callable[[Page], str]]] = {
    "in_force": (_("In force"), in_force),
    "upcoming": (_("Upcoming"), upcoming),
    "draft": (_("Draft"), draft),
}


def attach_histories(pages: Iterable[Page]) -> None:
    """Give each policy of a list what of its history is in force or upcoming, by three queries for all.

    What was in force before is left out: a list of old policies would read thousands of versions to show none.
    """
    policies, today = [page for page in pages if isinstance(page, PolicyPage)], timezone.localdate()
    found = PolicyVersion.objects.filter(page__in=[page.pk for page in policies])
    announced = set(found.order_by().values_list("page", flat=True).distinct())
    versions = defaultdict(list)
    for version in (*found.outline().in_force(on=today), *found.outline().upcoming(on=today)):
        versions[version.page_id].append(version)
    for page in policies:
        page.history, page.was_announced = History(versions[page.pk], on=today), page.pk in announced


def with_policy_columns(columns: list[Column]) -> list[Column]:
    """Put the policy's columns before the date of the last edit; every row has the same type and parent."""
    kept = [column for column in columns if column.name not in {"type", "parent"}]
    place = next(n for n, column in enumerate(kept) if column.name == "latest_revision_created_at")
    own = [Column(name, label=label, accessor=read, width="14%") for name, (label, read) in COLUMNS.items()]
    return [*kept[:place], *own, *kept[place:]]


class WithHistories(ContextMixin):
    """A list whose policies know their versions. Each row costs some milliseconds, most of them for its menu."""

    paginate_by = 25

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        attach_histories(context["object_list"])
        return context


class PolicyIndexView(WithHistories, IndexView):
    """The flat list. Wagtail asks no hooks for the buttons in its header."""

    default_ordering = "title"
    base_columns = with_policy_columns(IndexView.base_columns)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        index = index_for(self.request.user)
        may_add = index is not None and index.permissions_for_user(self.request.user).can_add_subpage()
        ours = (
            [Button(gettext("Import a document"), reverse("policies_cms:import"), icon_name="upload")]
            if may_add
            else []
        )
        return [*super().header_more_buttons, *ours]


class PolicyExplorerView(WithHistories, ExplorableIndexView):
    base_columns = with_policy_columns(ExplorableIndexView.base_columns)


class PoliciesViewSet(PageListingViewSet):
    """The entry “Policies” in the menu: all policies in one list."""

    model = PolicyPage
    index_view_class = PolicyIndexView
    name = "policies_listing"
    url_prefix = "policies"
    icon = "doc-full"
    menu_label = _("Policies")
    menu_order = 150
    add_to_admin_menu = True


class PoliciesBelowIndexViewSet(PageViewSet):
    """The same columns where the page tree shows what stands below the list of policies."""

    model = PolicyPage
    index_view_class = PolicyExplorerView
    name = "policies_explorer"
