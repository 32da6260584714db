"""The deliveries of a notice in the CMS: who was written to, what became of it, and the mail as it was sent.

Lists stay quick with a million rows: columns of our own in the order of the rows, a search that an index answers.
"""

from typing import ClassVar

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accounts.cms.filters import NamedFilters
from accounts.values.wording import moment_in_words
from policies.desk.paging import FromEitherEnd
from policies.desk.telling.mails import in_a_frame
from policies.desk.telling.notice_views import DELIVERY_PERMISSIONS, NoticeView
from policies.notices.letter.reading import ReadMail, read
from policies.notices.models import Delivery
from policies.notices.models.notices import NOTICE_FINAL, DeliveryState
from policies.notices.proof import some_are_forgotten
from policies.notices.reader.told import copy_of
from policies.notices.totals import COUNTED

# Only these have a reason: named with it, the index on state and reason answers.
WITH_REASON = (DeliveryState.PENDING, DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.SKIPPED)

COUNT_OF = {state: name for name, state in COUNTED.items()}


class DeliveryFilters(NamedFilters):
    names: ClassVar = {"state": _("State"), "reason": _("Reason")}

    class Meta:
        model = Delivery
        fields = ("state", "reason")

    def filter_queryset(self, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        found: QuerySet[Delivery] = super().filter_queryset(queryset)
        return found.filter(state__in=WITH_REASON) if self.form.cleaned_data.get("reason") else found


def settled(delivery: Delivery) -> str:
    return moment_in_words(delivery.settled_at) if delivery.settled_at else "–"


def person(delivery: Delivery) -> str:
    if delivery.notice.is_to_followers:
        return gettext("Follower") if delivery.follower_id else gettext("Has left")
    return str(delivery.person) if delivery.person else gettext("Erased")


COLUMNS: list[BaseColumn] = [
    TitleColumn(
        "address",
        label=_("Address"),
        accessor=lambda delivery: delivery.address or gettext("No address"),
        get_url=lambda delivery: reverse("notices:delivery", args=[delivery.pk]),
    ),
    Column("person", label=_("Person"), accessor=person),
    StatusTagColumn("get_state_display", label=_("State"), primary=lambda delivery: delivery.state == "sent"),
    Column("get_reason_display", label=_("Reason")),
    Column("attempts", label=_("Tries")),
    Column("settled_at", label=_("Settled"), accessor=settled),
]


class DeliveriesView(NoticeView, IndexView):
    """The deliveries of one notice, in the order in which they were written down."""

    model = Delivery
    permission_policy = DELIVERY_PERMISSIONS
    any_permission_required = None
    page_title = _("Deliveries")
    columns = COLUMNS
    filterset_class = DeliveryFilters
    paginate_by = 50
    paginator_class = FromEitherEnd
    default_ordering = "pk"
    is_searchable = True
    verbose_name_plural = _("deliveries")

    def get_base_queryset(self) -> QuerySet[Delivery]:
        found = Delivery.objects.filter(notice=self.notice.pk).select_related("person", "notice")
        return found.defer("notice__message")

    def search_queryset(self, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """Keep what went to an address that begins so, or to the person who has exactly this one today."""
        if not self.is_searching:
            return queryset
        words = self.search_query.strip()
        begins = Q(address__startswith=words) | Q(address__startswith=words.lower())
        owners = EmailAddress.objects.filter(email__in={words, words.lower()}).values_list("user", flat=True)
        return queryset.filter(begins | Q(person__in=list(owners)))

    def get_paginator(self, *args: object, **kwargs: object) -> FromEitherEnd:
        """Return the pages. How many there are is mostly known without counting."""
        paginator: FromEitherEnd = super().get_paginator(*args, **kwargs)
        known = self._known_count()
        if known is not None:
            paginator.count = known
        return paginator

    def _known_count(self) -> int | None:
        """Return how many there are, if the notice's own counts say it exactly."""
        if self.is_searching or self.notice.staged_at is None or some_are_forgotten(self.notice):
            return None
        if not self.is_filtering:
            return self.notice.recipients
        state, reason = (self.filters.form.cleaned_data.get(name) for name in ("state", "reason"))
        settled_for_good = self.notice.state in NOTICE_FINAL and not reason and state in COUNT_OF
        return getattr(self.notice, COUNT_OF[state]) if settled_for_good else None

    def get_index_url(self) -> str:
        return reverse("notices:deliveries", args=[self.notice.pk])

    def get_index_results_url(self) -> str:
        return reverse("notices:deliveries_results", args=[self.notice.pk])


class DeliveryPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page about one delivery, below those of its notice."""

    permission_policy = DELIVERY_PERMISSIONS
    permission_required = "view"
    page_title = _("Delivery")
    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: object, pk: int, **kwargs: object) -> None:
        """Find the delivery.

        Raises:
            Http404: there is none of that number.
        """
        super().setup(request, *args, pk=pk, **kwargs)
        found = Delivery.objects.select_related("person", "notice__version")
        found = found.defer("notice__version__content", "notice__version__text")
        self.delivery: Delivery = get_object_or_404(found, pk=pk)

    @cached_property
    def mail(self) -> ReadMail:
        """The mail as it was sent, but for the links that act for the person."""
        return read(copy_of(self.delivery))


class DeliveryView(DeliveryPage, TemplateView):
    """What became of one mail, and what it says."""

    template_name = "policies/desk/telling/delivery.html"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        notice = self.delivery.notice
        return [
            *self.breadcrumbs_items,
            {"url": reverse("notices:index"), "label": gettext("Notices")},
            {"url": reverse("notices:inspect", args=[notice.pk]), "label": str(notice)},
            {"url": reverse("notices:deliveries", args=[notice.pk]), "label": gettext("Deliveries")},
            {"url": "", "label": gettext("Delivery %(delivery_pk)s") % {"delivery_pk": self.delivery.pk}},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(
            delivery=self.delivery,
            notice=self.delivery.notice,
            person=person(self.delivery),
            mail=self.mail,
            frame=reverse("notices:delivery_html", args=[self.delivery.pk]),
            **kwargs,
        )


class DeliveryFrameView(DeliveryPage, View):
    """The mail as HTML, for the frame."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return in_a_frame(self.mail.html)
