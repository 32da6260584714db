"""Shows the mail of a notice, as text and as HTML, and sends it to whoever asks to see it in a mail program."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from accounts.models import User
from accounts.values.mail_address import AddressRefused
from policies.desk.telling.notice_views import NoticeView, may_steer
from policies.notices.letter.composing import compose
from policies.notices.letter.message import FrozenMessage
from policies.notices.letter.reading import ReadMail, read, specimen
from policies.notices.models import AmendmentNotice
from policies.notices.sending.trying import TrialFailed, try_out
from policies.notices.steering import write_down

# A mail brings its own styles and nothing else; links in it open beside the CMS.
OF_A_MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def in_a_frame(html: str) -> HttpResponse:
    """Answer with the HTML of a mail and with what a browser may do with it."""
    return HttpResponse(html, headers={"Content-Security-Policy": OF_A_MAIL})


def mail_of(notice: AmendmentNotice) -> ReadMail:
    """Return the mail of a notice: as it was frozen, or as it would be today."""
    return read(specimen(FrozenMessage.from_json(notice.message) if notice.message else compose(notice)))


def test_to(request: HttpRequest, notice: AmendmentNotice, about: AmendmentNotice, user: User) -> None:
    """Send a notice's mail to somebody on the staff, log it, and say what came of it.

    Args:
        request: in which it is said.
        notice: it may be unsaved.
        about: the notice in whose history it stands.
        user: who wants to see it.
    """
    try:
        try_out(notice, user.email)
    except (AddressRefused, TrialFailed) as refusal:
        messages.error(request, str(refusal))
        return
    write_down(about, "try", by=user)
    messages.success(
        request,
        gettext("Sent to %(email)s. Nobody else was written to, and nothing was counted.") % {"email": user.email},
    )


class MailView(NoticeView, TemplateView):
    """What everybody gets, but for their own name and links."""

    page_title = _("The e-mail")
    template_name = "policies/desk/telling/mail.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        frame = reverse("notices:mail_html", args=[self.notice.pk])
        mail = mail_of(self.notice)
        return super().get_context_data(mail=mail, frame=frame, may_steer=may_steer(self.user), **kwargs)


class MailFrameView(NoticeView, View):
    """The same as HTML, for the frame."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return in_a_frame(mail_of(self.notice).html)


class TestMailView(NoticeView, View):
    """Sends it to whoever asks."""

    permission_required = "steer"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        test_to(request, self.notice, self.notice, self.user)
        return redirect("notices:mail", self.notice.pk)
