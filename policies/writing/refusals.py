"""Turns a refusal into a message for the editor, on every path of the CMS: never a server error, the draft kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin import messages

from policies.versions.announcing import AnnouncementRefused, Outdated
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

# SQLSTATEs for conflicts: serialisation failure, deadlock, lock not available.
IN_THE_WAY = {"40001", "40P01", "55P03"}


@dataclass(frozen=True)
class Refusal:
    """What the editor is told; `page_id` names the page concerned, where it is known."""

    message: str
    status: int = 409
    page_id: int | None = None
    buttons: list[tuple[str, str, bool]] = field(default_factory=list)


class RefusalMiddleware:
    """Answers refusals that a view of the CMS did not catch. Other errors and other addresses pass through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell the editor in the CMS what was refused and lead back; leave every other error to Django."""
        cms = reverse("wagtailadmin_home")
        if not request.path.startswith(cms):
            return None
        refusal = refusal_of(exception) or refusal_of_a_doubled_step(request, exception)
        if refusal is None:
            return None
        if request.path.startswith(f"{cms}api/") or not request.accepts("text/html"):
            return _as_json(refusal)
        messages.error(request, _for_all_selected(request, refusal.message), buttons=refusal.buttons)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's dialogs follow this redirect.
            return JsonResponse({"step": "success", "redirect": _place_for(request, refusal)})
        return redirect(_place_for(request, refusal))


def refusal_of(exception: Exception) -> Refusal | None:
    """Return what to tell the editor, or None if the exception is not a refusal."""
    if isinstance(exception, AnnouncementRefused):
        return Refusal(str(exception), page_id=exception.page_id, buttons=_buttons(exception))
    if isinstance(exception, ProtectedError):
        kept = [row for row in exception.protected_objects if isinstance(row, PolicyVersion)]
        return Refusal(_kept_for_ever(kept[0]), page_id=kept[0].page_id) if kept else None
    if isinstance(exception, OperationalError) and _is_busy(exception):
        return Refusal(
            gettext(
                "The database is busy, so this was not done. The draft is kept as it was last saved. Please try again."
            ),
            status=503,
        )
    return None


def refusal_of_a_doubled_step(request: HttpRequest, exception: Exception) -> Refusal | None:
    """Return what to tell an editor who pressed a workflow button twice: Wagtail fails on a step that is done.

    Other errors pass through: the request must ask for a step, and the policy must have none open.
    """
    match = request.resolver_match
    if not isinstance(exception, AttributeError) or "workflow-action-name" not in request.POST or match is None:
        return None
    page = PolicyPage.objects.filter(pk=match.kwargs.get("page_id", 0)).first()
    if page is None or page.current_workflow_task is not None:
        return None
    words = gettext("This step was taken already, by you or by somebody else. Here is how the policy stands now.")
    return Refusal(words, page_id=page.pk)


def _buttons(refused: AnnouncementRefused) -> list[tuple[str, str, bool]]:
    if isinstance(refused, Outdated):
        return [
            messages.button(
                reverse("policies_cms:redline", args=[refused.newest.page_id]), gettext("See the redline"), True
            )
        ]
    return []


def _kept_for_ever(version: PolicyVersion) -> str:
    return gettext("“%(title)s” has announced versions, which are kept for ever. It was not deleted.") % {
        "title": version.title
    }


def _is_busy(error: OperationalError) -> bool:
    return "locked" in str(error) or getattr(error.__cause__, "sqlstate", None) in IN_THE_WAY


def _as_json(refusal: Refusal) -> JsonResponse:
    """In the shape of the editor's autosave, with the `message` of Wagtail's API."""
    code = "busy" if refusal.status == 503 else "refused"
    answer = {"success": False, "error_code": code, "error_message": refusal.message, "message": refusal.message}
    return JsonResponse(answer, status=refusal.status)


def _for_all_selected(request: HttpRequest, message: str) -> str:
    bulk = request.path.startswith(f"{reverse('wagtailadmin_home')}bulk/")
    return (
        gettext("%(message)s Nothing was done with the other selected pages either.") % {"message": message}
        if bulk
        else message
    )


def _place_for(request: HttpRequest, refusal: Refusal) -> str:
    """Return the edit page of the refused page, else of the page in the address, else the start of the CMS."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    page_id = refusal.page_id or kwargs.get("page_id") or kwargs.get("page_to_move_id")
    if page_id:
        return reverse("wagtailadmin_pages:edit", args=[page_id])
    return reverse("wagtailadmin_home")
