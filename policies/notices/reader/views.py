"""What signed-in readers find of their own: what changed since they last looked, and what they were told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.flows.persons import PersonsRequest
from accounts.models import User
from policies.notices.agreeing.offers import agreements_of
from policies.notices.agreeing.on_pages import standings_for
from policies.notices.models.answers import Answer
from policies.notices.models.notices import Delivery
from policies.notices.reader.banner import note_seen
from policies.notices.reader.seen import coming_unannounced_to, own_changes
from policies.notices.reader.told import VERSION_TEXTS, copy_of, deliveries_to, outcome_of, paragraphs_of, records_of
from policies.reading.contexts import about, find
from policies.reading.views.answers import reads
from policies.reading.views.comparing import comparison
from policies.reading.views.finding import no_such_version, of_policy
from policies.reading.who_reads import reader_of
from policies.versions.history import Entry, History

TEXTS_OF_VERSION = ("version__content", "version__text")


@reads()
@never_cache
@of_policy
def changes(request: HttpRequest, history: History) -> HttpResponse:
    """The reader's own redline; `?to=` names the version that a mail was about."""
    wanted = request.GET.get("to", "")
    end = find(history, wanted) if wanted else history.newest
    if wanted and end is None:
        return no_such_version(request, history, wanted)
    if end is None:
        return redirect("policies:versions", history.entries[0].version.slug)
    reader = reader_of(request)
    if reader is None:
        return _ask_to_sign_in(request, history, end)
    context = _own(request, history, reader, end)  # looks at what was seen before
    note_seen(request, end.version)
    return render(request, "notices/changes.html", context)


def _ask_to_sign_in(request: HttpRequest, history: History, end: Entry) -> HttpResponse:
    context = about(history) | {"new": end.version, "old": history.before(end.version)}
    return render(request, "notices/changes_sign_in.html", context)


def _own(request: HttpRequest, history: History, reader: User, end: Entry) -> dict[str, object]:
    own = own_changes(reader, history, end)
    newest = history.newest if history.newest != own.read else None
    context: dict[str, object] = {
        "own": own,
        "entry": end,
        "version": end.version,
        "newer": newest.version if newest and newest.version.sequence > end.version.sequence else None,
    }
    if own.start is None:
        return about(history) | context | {"new": end.version, "document": end.version.document}
    return comparison(request, history, own.start, end) | context


@require_safe
@login_required
def account_policies(request: PersonsRequest) -> HttpResponse:
    """What the person agreed to, was told of and has seen."""
    answers = list(Answer.objects.filter(person=request.user).select_related("version").defer(*TEXTS_OF_VERSION))
    context = {
        "records": records_of(request.user),
        "coming": coming_unannounced_to(request.user),
        "standings": standings_for(request),
        "agreements": agreements_of(request.user, answers),
        "answers": answers,
    }
    return render(request, "notices/account_policies.html", context)


@require_safe
@login_required
def account_notice(request: PersonsRequest, pk: int) -> HttpResponse:
    """The notice as it was sent to this person; of somebody else's nothing is known."""
    delivery = _delivery(request.user, pk)
    context = {
        "delivery": delivery,
        "version": delivery.notice.version,
        "outcome": outcome_of(delivery),
        "paragraphs": paragraphs_of(copy_of(delivery)),
    }
    return render(request, "notices/account_notice.html", context)


@require_safe
@login_required
def account_notice_mail(request: PersonsRequest, pk: int) -> HttpResponse:
    """The same as a file that mail programs open."""
    delivery = _delivery(request.user, pk)
    headers = {"Content-Disposition": f'attachment; filename="notice-{pk}.eml"'}
    return HttpResponse(copy_of(delivery), content_type="message/rfc822", headers=headers)


def _delivery(person: User, notice: int) -> Delivery:
    found = deliveries_to(person).select_related("notice__version")
    return get_object_or_404(found.defer(*VERSION_TEXTS), notice=notice)
