"""Writes a correction to those who got an e-mail: words, then a look at the mail, then the deed."""

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages

from accounts.values.wording import moment_in_words, wait_in_words
from policies.desk.telling.mails import in_a_frame, mail_of, test_to
from policies.desk.telling.notice_views import NoticeView
from policies.notices.following import NothingSaid, correct, drafted_correction
from policies.notices.models.notices import IllegalTransition
from policies.notices.steering import Deed, objection

# For how long words that were looked at can be sent, in seconds.
FRESH = 24 * 60 * 60
SALT = "policies.desk.telling.correcting"


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("What was wrong in the e-mail, and what is right?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "In plain words, to the people who got it. The e-mail says besides which one it corrects, and how "
            "the version stands."
        ),
    )


def sealed(notice: int, words: str) -> str:
    """Return words as they were looked at, so that no others are sent."""
    return signing.dumps([notice, words], salt=SALT, compress=True)


def unsealed(notice: int, seal: str) -> str | None:
    """Return the words that were looked at; None if they were not, or long ago, or about another notice."""
    try:
        about, words = signing.loads(seal, salt=SALT, max_age=FRESH)
    except (signing.BadSignature, ValueError):
        return None
    return str(words) if about == notice else None


class CorrectingView(NoticeView, FormView):
    """GET asks for the words; POST shows the mail, tries it out, or makes it."""

    permission_required = "steer"
    page_title = _("Send a correction")
    template_name = "policies/desk/telling/correct.html"
    form_class = WordsForm
    http_method_names = ("get", "head", "post")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Do the step that the button names."""
        if why_not := objection(self.notice, Deed.CORRECT):
            messages.error(request, why_not)
            return redirect("notices:inspect", self.notice.pk)
        step = request.POST.get("step")
        if step not in ("send", "test", "change"):
            return super().post(request, *args, **kwargs)
        words = unsealed(self.notice.pk, request.POST.get("seen", ""))
        if words is None:
            messages.error(request, gettext("Look at the e-mail once more before it is sent."))
            return redirect("notices:correct", self.notice.pk)
        if step == "send":
            return self._send(words)
        if step == "test":
            test_to(request, drafted_correction(self.notice, words), self.notice, self.user)
            return self._show(words)
        return self.render_to_response(self.get_context_data(form=WordsForm(initial={"words": words})))

    def form_valid(self, form: WordsForm) -> HttpResponse:
        return self._show(form.cleaned_data["words"])

    def _show(self, words: str) -> HttpResponse:
        draft = drafted_correction(self.notice, words)
        seal = sealed(self.notice.pk, words)
        frame = reverse("notices:correct_html", args=[self.notice.pk])
        wait = draft.held_until - timezone.now()
        looked_at = {
            "seen": seal,
            "mail": mail_of(draft),
            "frame": f"{frame}?seen={seal}",
            "people": self.notice.so_many(self.notice.sent),
            "wait": wait_in_words(wait) if wait.total_seconds() > 1 else "",
        }
        return self.render_to_response(self.get_context_data(form=None, **looked_at))

    def _send(self, words: str) -> HttpResponse:
        try:
            made = correct(self.notice, words, by=self.user)
        except (IllegalTransition, NothingSaid) as refusal:
            messages.error(self.request, str(refusal))
            return redirect("notices:inspect", self.notice.pk)
        at = moment_in_words(made.held_until)
        messages.success(
            self.request, gettext("The correction goes out from %(at)s on. Until then it can be stopped.") % {"at": at}
        )
        return redirect("notices:inspect", made.pk)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(why_not=objection(self.notice, Deed.CORRECT), **kwargs)


class DraftedMailView(NoticeView, View):
    """The mail that is looked at as HTML, for the frame."""

    permission_required = "steer"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show the mail.

        Raises:
            Http404: nobody looks at such words.
        """
        words = unsealed(self.notice.pk, request.GET.get("seen", ""))
        if words is None or not self.notice.message:
            raise Http404
        return in_a_frame(mail_of(drafted_correction(self.notice, words)).html)
