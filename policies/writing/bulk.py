"""What cannot be done with many policies at once is said before anybody is asked whether they are sure."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.models import Page

from policies.writing.models import PolicyPage
from policies.writing.refusal_page import refuse_to


class RefusedAtOnce(BulkAction):
    """Mix in before an action in bulk that announced policies refuse: the hooks before the deed would come too late."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        chosen, _ = self.get_actionable_objects()
        return refuse_to(self.action_type, request, chosen) or super().get(request, *args, **kwargs)


class DeleteInBulk(RefusedAtOnce, DeleteBulkAction):
    pass


class MoveInBulk(RefusedAtOnce, MoveBulkAction):
    pass


class UnpublishInBulk(RefusedAtOnce, UnpublishBulkAction):
    pass


class PublishInBulk(PublishBulkAction):
    """Policies are announced one at a time: each has its number, its words and its day."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        chosen, _ = self.get_actionable_objects()
        return _one_at_a_time(request, _policies_among(chosen)) or super().get(request, *args, **kwargs)

    def prepare_action(self, objects: list[Page], objects_without_access: dict[str, list[Page]]) -> HttpResponse | None:
        below = self.cleaned_form.cleaned_data["include_descendants"]
        return _one_at_a_time(self.request, _policies_among(objects, below=below))


IN_BULK = [DeleteInBulk, MoveInBulk, PublishInBulk, UnpublishInBulk]


def _policies_among(pages: Iterable[Page], *, below: bool = False) -> list[PolicyPage]:
    pages = list(pages)
    found = PolicyPage.objects.filter(pk__in=[page.pk for page in pages])
    for page in pages if below else ():
        found |= PolicyPage.objects.descendant_of(page).not_live()
    return list(found.order_by("path"))


def _one_at_a_time(request: HttpRequest, policies: list[PolicyPage]) -> HttpResponse | None:
    if not policies:
        return None
    return render(request, "policies/cms/one_at_a_time.html", {"policies": policies}, status=409)
