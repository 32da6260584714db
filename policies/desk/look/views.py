"""The page between the button “Announce” and the announcement, and the mail on it."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from accounts.models import User
from accounts.values.mail_address import AddressRefused
from policies.desk.look.additions import additions
from policies.desk.look.addresses import look_address
from policies.desk.look.confirming import ChangedMeanwhile, confirm, refuse_if_locked
from policies.desk.look.looking import Look, NothingToLookAt, look_at
from policies.desk.look.testing import send_test
from policies.desk.look.token import token_of
from policies.desk.look.words import in_words
from policies.desk.policy_views import PolicyView, policy_for
from policies.desk.publishing import tell_and_leave
from policies.notices.letter.showing import Shown
from policies.notices.sending.trying import TrialFailed
from policies.reading.contexts import redline_context
from policies.versions.announcing import AnnouncementRefused

# A mail brings its own styles and nothing else; whatever it links to opens nowhere.
OF_A_MAIL = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    ]
)


class LookView(PolicyView, TemplateView):
    """GET shows everything that announcing would do; POST with the token of that page does it."""

    template_name = "policies/desk/look/look.html"
    header_icon = "view"

    def get_page_title(self) -> str:
        return gettext("Before you announce")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return self._shown([])
        except NothingToLookAt as refusal:
            messages.error(request, str(refusal))
            return redirect("wagtailadmin_pages:edit", self.page.pk)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Announce what was looked at, or show how it stands now and why nothing was done.

        Raises:
            PermissionDenied: this editor may look, but not announce.
        """
        if not self.page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        try:
            confirm(self.page.pk, request.POST.get("token", ""), by=self._user)
        except ChangedMeanwhile as refusal:
            self.page.refresh_from_db()
            return self._shown(refusal.changes, status=409)
        except AnnouncementRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(self._address())
        self.page.refresh_from_db()
        return tell_and_leave(request, self.page)

    @property
    def _user(self) -> User:
        return cast(User, self.request.user)

    def _address(self) -> str:
        return look_address(self.page.pk, get_valid_next_url_from_request(self.request))

    def _shown(self, changes: list[str], status: int = 200) -> HttpResponse:
        look = look_at(self.page, by=self._user)
        context = self.get_context_data(changes=changes, **self._about(look))
        return self.render_to_response(context, status=status)

    def _about(self, look: Look) -> dict[str, object]:
        token, problems = token_of(look), self._problems(look)
        redline = redline_context(look.kept.document, look.version.document) if look.kept else {}
        may_announce = self.page.permissions_for_user(self._user).can_publish()
        nothing_to_do = look.says_the_same and look.at is not None
        return {
            "look": look,
            "version": look.version,
            "token": token,
            "problems": problems,
            "may_confirm": may_announce and not problems and not nothing_to_do,
            "additions": [made for make in additions if (made := make(look, self._user, token))],
            "next_url": get_valid_next_url_from_request(self.request),
            **in_words(look),
            **redline,
        }

    def _problems(self, look: Look) -> list[str]:
        try:
            refuse_if_locked(self.page, self._user)
        except AnnouncementRefused as refusal:
            return [str(refusal)]
        return [str(refusal) for refusal in look.refusals]


def _mail(request: HttpRequest, page_id: int) -> Shown:
    try:
        mail = look_at(policy_for(request, page_id), by=cast(User, request.user)).mail
    except NothingToLookAt as refusal:
        raise Http404(str(refusal)) from refusal
    if mail is None:
        raise Http404("Nobody is told of this by mail.")
    return mail


@require_safe
@xframe_options_sameorigin
def mail_as_html(request: HttpRequest, page_id: int) -> HttpResponse:
    """The mail as most programs show it, for the frame on the look."""
    return HttpResponse(_mail(request, page_id).html, headers={"Content-Security-Policy": OF_A_MAIL})


@require_safe
@xframe_options_sameorigin
def mail_as_text(request: HttpRequest, page_id: int) -> HttpResponse:
    """The mail as programs show it that leave HTML aside."""
    return HttpResponse(
        _mail(request, page_id).text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Security-Policy": OF_A_MAIL},
    )


@require_POST
def send_me_a_test(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the mail to whoever asks, and to nobody else."""
    page, user = policy_for(request, page_id), cast(User, request.user)
    try:
        send_test(page, to=user)
    except (AnnouncementRefused, AddressRefused, TrialFailed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, gettext("The mail was sent to %(email)s, and to nobody else.") % {"email": user.email}
        )
    return redirect(look_address(page_id, get_valid_next_url_from_request(request)))
