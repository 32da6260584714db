"""The queue: all requests and complaints by their due date, the late ones first."""

import datetime as dt

import django_filters
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from accounts.rights.desk.access import POLICY, staff_of_the_desk
from accounts.rights.due_dates import today
from accounts.rights.models import ENDED, OPEN, PAUSED, Kind, RightsRequest, State
from accounts.values.wording import day_in_words, days_in_words

STANDINGS = (
    ("late", _("Late")),
    ("ours", _("Waiting for us")),
    ("theirs", _("Waiting for the person")),
    ("open", pgettext_lazy("requests", "Open")),
    ("ended", _("Ended")),
)


def due_in_words(case: RightsRequest, on: dt.date) -> str:
    """Return by when we owe something, and how that stands: “3 October 2026, 4 days left”."""
    if case.due_on is None:
        return "–" if case.state in ENDED or case.state == State.DECIDED else gettext("Paused: it is the person's turn")
    left = (case.due_on - on).days
    words = (
        gettext("%(day)s, late by %(days)s")
        if left < 0
        else gettext("%(day)s, %(days)s left")
        if left
        else gettext("%(day)s, today")
    )
    return words % {"day": day_in_words(case.due_on), "days": days_in_words(abs(left))}


def due_as_shown(case: RightsRequest, on: dt.date) -> str:
    """Return the same for a list, where what is late catches the eye."""
    words = due_in_words(case, on)
    return format_html('<strong class="w-text-text-error">{}</strong>', words) if is_late(case, on) else words


def is_late(case: RightsRequest, on: dt.date) -> bool:
    return case.is_open and case.due_on is not None and case.due_on < on


def who(case: RightsRequest) -> str:
    """Return who asks, as staff call them; for whom, where they act for somebody."""
    name = case.name or (str(case.person) if case.person else case.address) or gettext("Somebody")
    return (
        gettext("%(name)s for %(acting_for)s") % {"name": name, "acting_for": case.acting_for}
        if case.acting_for
        else name
    )


def url_of(case: RightsRequest) -> str:
    return reverse("rights_desk:case", args=[case.pk])


class QueueFilters(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(label=_("Standing"), choices=STANDINGS, method="by_standing")
    kind = django_filters.ChoiceFilter(label=_("What is asked"), choices=Kind.choices)
    assigned_to = django_filters.ModelChoiceFilter(label=_("Given to"), queryset=lambda request: staff_of_the_desk())

    class Meta:
        model = RightsRequest
        fields = ("standing", "kind", "assigned_to")

    def by_standing(self, found: QuerySet[RightsRequest], name: str, value: str) -> QuerySet[RightsRequest]:
        narrowed = {
            "late": lambda: found.filter(state__in=OPEN, due_on__lt=today()),
            "ours": lambda: found.filter(state__in=(State.RECEIVED, State.WORKING)),
            "theirs": lambda: found.filter(state__in=PAUSED),
            "open": lambda: found.filter(state__in=OPEN),
            "ended": lambda: found.filter(state__in=ENDED),
        }
        return narrowed[value]()


class QueueView(IndexView):
    """The page of the queue. What has ended stands last."""

    model = RightsRequest
    permission_policy = POLICY
    any_permission_required = ("handle",)
    page_title = _("Requests and complaints")
    header_icon = "clipboard-list"
    index_url_name = "rights_desk:index"
    index_results_url_name = "rights_desk:index_results"
    filterset_class = QueueFilters
    default_ordering = None
    is_searchable = True
    search_fields = ("reference", "name", "address", "person__email")
    paginate_by = 50
    show_other_searches = False
    request: HttpRequest

    @property
    def columns(self) -> list[Column]:
        on = today()
        return [
            TitleColumn(
                "reference",
                label=gettext("Reference"),
                width="9rem",
                classname="title w-whitespace-nowrap",
                get_url=url_of,
            ),
            Column("kind", label=gettext("What is asked"), accessor="get_kind_display"),
            Column("who", label=gettext("Who"), accessor=who),
            StatusTagColumn(
                "state", label=gettext("State"), accessor="get_state_display", primary=lambda case: case.is_open
            ),
            Column("due", label=gettext("Due"), accessor=lambda case: due_as_shown(case, on)),
            Column(
                "assigned_to", label=gettext("Given to"), accessor=lambda case: case.assigned_to or gettext("Nobody")
            ),
        ]

    def get_base_queryset(self) -> QuerySet[RightsRequest]:
        """Late ones have the earliest due date, so they come first; what waits for the person has none."""
        ended = Case(When(state__in=ENDED, then=Value(1)), default=Value(0), output_field=IntegerField())
        found = RightsRequest.objects.confirmed().select_related("person", "assigned_to")
        return found.order_by(ended, F("due_on").asc(nulls_last=True), "pk")

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(gettext("Write one down"), url=reverse("rights_desk:enter"), icon_name="plus")]

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
