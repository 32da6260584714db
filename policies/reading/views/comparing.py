"""The redline of any two versions of a policy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from policies.reading.contexts import about, announced_between, changed_at, find
from policies.reading.views.answers import answer, reads
from policies.reading.views.finding import no_such_version, of_policy
from policies.reading.written import redline_of
from policies.versions.events import shown
from policies.versions.history import Entry, History


@reads()
@of_policy
def compare(request: HttpRequest, history: History, old: str, new: str) -> HttpResponse:
    before, after = find(history, old), find(history, new)
    if not before or not after:
        return no_such_version(request, history, new if before else old)
    if before != after:
        shown.tell(request, after.version)
    response = render(request, "policies/compare.html", comparison(request, history, before, after))
    return answer(request, response, modified=changed_at(history))


def comparison(request: HttpRequest, history: History, old: Entry, new: Entry) -> dict[str, object]:
    """Return what a page with the redline of two versions shows."""
    redline, laid_out = redline_of(old.version, new.version)
    return {
        **about(history),
        "old": old.version,
        "new": new.version,
        "old_entry": old,
        "new_entry": new,
        "chosen": {"from": old.version, "to": new.version},
        "backwards": old.version.sequence > new.version.sequence,
        "between": announced_between(history, old, new),
        "side": request.GET.get("view") == "side",
        "redline": redline,
        "laid_out": laid_out,
    }


@reads()
@of_policy
def choose(request: HttpRequest, history: History) -> HttpResponse:
    """Ask which two, or go to the redline of the two that the form names."""
    if "from" in request.GET or "to" in request.GET:
        return _go_to_chosen(request, history)
    return answer(request, _ask(request, history), modified=changed_at(history))


def _go_to_chosen(request: HttpRequest, history: History) -> HttpResponse:
    chosen = [request.GET.get(name, "") for name in ("from", "to")]
    unknown = [number for number in chosen if find(history, number) is None]
    if unknown:
        return _ask(request, history, unknown=unknown, status=400)
    if chosen[0] == chosen[1]:
        return _ask(request, history, twice=chosen[0], status=400)
    return redirect("policies:compare", history.entries[0].version.slug, *chosen)


def _ask(request: HttpRequest, history: History, *, status: int = 200, **more: object) -> HttpResponse:
    newest = (history.newest or history.entries[0]).version
    chosen = {"from": history.before(newest) or newest, "to": newest}
    context = about(history) | {"chosen": chosen} | more
    return render(request, "policies/choose.html", context, status=status)
