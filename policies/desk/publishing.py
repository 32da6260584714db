"""Publishing in the policies’ own words: the button says “Announce”, and a message reports the result."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry

from accounts.values.wording import day_in_words, moment_in_words
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

TO_LOOK_AT_NOTICES = ("notices.view_amendmentnotice", "notices.steer_amendmentnotice")


class AnnounceMenuItem(PublishMenuItem):
    label = _("Announce…")
    template_name = "policies/desk/look/announce_button.html"


def fit_the_buttons(items: list[ActionMenuItem]) -> None:
    """Put the policy's word for it on Wagtail's button, and leave out what is refused anyway.

    The items themselves belong to all pages: they are replaced, never changed.
    """
    kept = [item for item in items if item.name != UnpublishMenuItem.name]
    items[:] = [AnnounceMenuItem(item.order) if item.name == PublishMenuItem.name else item for item in kept]


def tell_and_leave(request: HttpRequest, page: PolicyPage) -> HttpResponse:
    """Report the result of publishing in the policies' words, and redirect as Wagtail would."""
    tell(request, page)
    away = get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    return redirect(away)


def tell(request: HttpRequest, page: PolicyPage) -> None:
    """Tell the editor what publishing came to: announced, scheduled, or nothing new to announce."""
    if version := announced_just_now(page).get(page.pk):
        tell_of(request, version)
    elif page.scheduled_revision:
        at = moment_in_words(page.scheduled_revision.approved_go_live_at)
        messages.success(
            request,
            gettext("“%(title)s” will be announced on %(at)s.") % {"title": page.get_admin_display_title(), "at": at},
            _buttons(page),
        )
    elif same := PolicyVersion.objects.newest_kept(page.pk):
        text = gettext("Nothing was announced: the text is the same as version %(number)s.") % {"number": same.number}
        messages.info(request, text, buttons=_buttons(page))


def tell_of(request: HttpRequest, version: PolicyVersion) -> None:
    today = version.effective_from <= timezone.localdate()
    begins = gettext("today") if today else day_in_words(version.effective_from)
    read = messages.button(version.get_absolute_url(), gettext("Read it"), True)
    text = (
        gettext("%(title)s: version %(number)s announced, in force from %(begins)s. %(mails)s")
        % {"title": version.title, "number": version.number, "begins": begins, "mails": mail_about(version)}
    ).strip()
    messages.success(request, text, buttons=[read, *_to_the_mails(request, version), *_buttons(version.page)])


def _to_the_mails(request: HttpRequest, version: PolicyVersion) -> list[tuple[str, str, bool]]:
    notice = version.notices.to_people().without_message().first()
    may_look = any(map(request.user.has_perm, TO_LOOK_AT_NOTICES))
    if notice is None or not may_look:
        return []
    return [messages.button(reverse("notices:inspect", args=[notice.pk]), gettext("The e-mails"))]


def mail_about(version: PolicyVersion) -> str:
    """Say who is told by e-mail, and from when; return nothing if nobody is."""
    notice = version.notices.to_people().without_message().first()
    if notice is None:
        return ""
    everybody = version.sequence > 1 or not notice.is_optional
    who = gettext("Registered people") if everybody else gettext("Those who asked to hear of every announcement")
    if notice.held_until <= timezone.now():
        return gettext("%(who)s are being told by e-mail.") % {"who": who}
    words = gettext("%(who)s are told by e-mail from %(moment)s on; until then they can be stopped.")
    return words % {"who": who, "moment": moment_in_words(notice.held_until)}


def announced_just_now(*pages: PolicyPage) -> dict[int, PolicyVersion]:
    """Return the versions announced in this request, by the page's id. Wagtail marks what one request logs."""
    mark = get_active_log_context().uuid
    if mark is None:
        return {}
    entries = PageLogEntry.objects.filter(action="policies.announce", uuid=mark)
    if pages:
        entries = entries.filter(page__in=pages)
    revisions = entries.values_list("revision", flat=True)
    versions = PolicyVersion.objects.outline().filter(revision__in=list(revisions)).select_related("page")
    return {version.page_id: version for version in versions}


def _buttons(page: PolicyPage) -> list[tuple[str, str, bool]]:
    return [
        messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), gettext("Edit")),
        messages.button(reverse("policies_cms:versions", args=[page.pk]), gettext("Versions")),
    ]
