"""The page on which a version is withdrawn: what then applies, and what is done besides."""

import json
from collections.abc import Callable
from typing import TypeVar, Unpack, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from accounts.models import User
from accounts.values.options import Files, FormOptions, Given
from accounts.values.wording import joined_by_and, sentences
from policies.desk.policy_views import PolicyView
from policies.desk.telling.mails import mail_of, test_to
from policies.desk.telling.notice_views import PERMISSIONS
from policies.desk.telling.withdrawing import Choice, choices, notices_of_withdrawing, withdraw_versions
from policies.notices.following import told_of
from policies.notices.letter.reading import ReadMail
from policies.notices.models import AmendmentNotice
from policies.reading.contexts import find
from policies.versions.announcing import AnnouncementRefused
from policies.versions.history import Entry
from policies.versions.models import PolicyVersion, Standing

T = TypeVar("T")
SALT = "policies.desk.telling.withdrawal"


class WithdrawForm(forms.Form):
    how_far = forms.TypedChoiceField(
        label=_("What is withdrawn?"), coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("In plain words: it is shown with the version for ever."),
    )
    restore = forms.BooleanField(
        label=_("Put the text of the version that then stands back into the draft"),
        required=False,
        help_text=_("What the draft says now stays in its history."),
    )
    tell = forms.BooleanField(required=False, initial=True)
    words = forms.CharField(
        label=_("Anything to add for them"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
        help_text=_("The e-mail says which version is withdrawn, why, and what applies."),
    )

    def __init__(
        self,
        data: Given = None,
        files: Files = None,
        *,
        ways: list[Choice],
        told: list[AmendmentNotice],
        **options: Unpack[FormOptions],
    ) -> None:
        """Leave out what there is no choice about.

        Args:
            data: what was posted.
            files: nothing, but Django gives it.
            ways: how far back the withdrawal can go.
            told: the notices that somebody got.
            options: as for any form.
        """
        super().__init__(data, files, **options)
        self.ways = ways
        how_far = self.fields["how_far"]
        if len(ways) > 1 and isinstance(how_far, forms.ChoiceField):
            how_far.choices = [(number, _label(way)) for number, way in enumerate(ways)]
        else:
            del self.fields["how_far"]
        if ways[-1].then.newest is None:
            del self.fields["restore"]
        if told:
            self.fields["tell"].label = _who_is_told(told)
        else:
            del self.fields["tell"], self.fields["words"]

    @property
    def chosen(self) -> Choice:
        return self.ways[self.cleaned_data.get("how_far") or 0]


def _label(way: Choice) -> str:
    which = ngettext("Only version %(numbers)s.", "Versions %(numbers)s.", len(way.versions))
    return sentences(which % {"numbers": way.numbers}, way.in_words)


def _who_is_told(told: list[AmendmentNotice]) -> str:
    got = [
        gettext("%(so_many)s who got the e-mail about version %(number)s")
        % {"so_many": notice.so_many(notice.sent), "number": notice.version.number}
        for notice in told
    ]
    return gettext("Tell them: %(got)s") % {"got": joined_by_and(got)}


def seal_of(form: WithdrawForm, mails: list[ReadMail]) -> str:
    """Return what the look brings back: it fits only what was asked for, and the e-mails that were shown."""
    said = {name: form.cleaned_data.get(name) for name in form.fields}
    shown = [(mail.subject, mail.text) for mail in mails]
    return salted_hmac(SALT, json.dumps([form.chosen.numbers, said, shown], sort_keys=True)).hexdigest()


class WithdrawView(PolicyView, FormView):
    template_name = "policies/desk/telling/withdraw.html"
    form_class = WithdrawForm
    publishing = True
    http_method_names = ("get", "head", "post")
    header_icon = "undo"

    def setup(self, request: HttpRequest, *args: object, page_id: int, **kwargs: object) -> None:
        """Find the policy and the version.

        Raises:
            Http404: there is no such policy, or it has no such version.
            PermissionDenied: this editor may not publish the policy.
        """
        super().setup(request, *args, page_id=page_id, **kwargs)
        number = str(kwargs["number"])
        entry = find(self.history, number)
        if entry is None:
            raise Http404(f"There is no version {number}.")
        self.entry: Entry = entry
        self.ways = choices(self.history, entry.version)

    def get_page_title(self) -> str:
        return gettext("Withdraw version %(number)s") % {"number": self.entry.version.number}

    def get_form_kwargs(self) -> dict[str, object]:
        upcoming = self.entry.standing == Standing.UPCOMING
        told = told_of(self.ways[-1].versions) if upcoming else []
        return super().get_form_kwargs() | {"ways": self.ways, "told": told}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(entry=self.entry, version=self.entry.version, ways=self.ways, **kwargs)

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        """Withdraw what was chosen and say so, or show the form again with what forbids it.

        Where people are told, their e-mail is looked at first: what is sent is what was shown.
        """
        step = self.request.POST.get("step")
        if step == "change":
            return self.render_to_response(self.get_context_data(form=form))
        try:
            drafted = self._with(form, notices_of_withdrawing) if form.cleaned_data.get("tell") else []
            mails = [mail_of(notice) for notice in drafted]
            if mails and (step == "test" or self.request.POST.get("seen") != seal_of(form, mails)):
                self._try_out(drafted if step == "test" else [])
                return self._look(form, mails)
            notices = self._with(form, withdraw_versions)
        except AnnouncementRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.form_invalid(form)
        self._tell(form.chosen, notices, restored=form.cleaned_data.get("restore", False))
        return redirect("policies_cms:versions", self.page.pk)

    def _with(self, form: WithdrawForm, deed: Callable[..., T]) -> T:
        said, by = form.cleaned_data, cast(User, self.request.user)
        besides = {name: said[name] for name in ("restore", "tell", "words") if name in said}
        return deed(self.page, form.chosen.versions, reason=said["reason"], by=by, **besides)

    def _try_out(self, drafted: list[AmendmentNotice]) -> None:
        for notice in drafted:
            test_to(self.request, notice, notice.first, cast(User, self.request.user))

    def _look(self, form: WithdrawForm, mails: list[ReadMail]) -> HttpResponse:
        """Show what those who were told will be sent; nothing was done yet."""
        said = [(name, value) for name in form.fields for value in self.request.POST.getlist(name)]
        looked_at = {"mails": mails, "said": said, "seen": seal_of(form, mails), "chosen": form.chosen}
        return self.render_to_response(self.get_context_data(form=form, **looked_at))

    def _tell(self, chosen: Choice, notices: list[AmendmentNotice], *, restored: bool) -> None:
        text = ngettext(
            "Version %(numbers)s is withdrawn. It stays readable, marked as withdrawn.",
            "Versions %(numbers)s are withdrawn. They stay readable, marked as withdrawn.",
            len(chosen.versions),
        ) % {"numbers": chosen.numbers}
        buttons = [] if restored else self._way_back()
        if PERMISSIONS.user_has_permission(cast(User, self.request.user), "view"):
            buttons += [
                messages.button(reverse("notices:inspect", args=[notice.pk]), gettext("The e-mail about it"))
                for notice in notices
            ]
        messages.success(self.request, sentences(text, chosen.in_words), buttons=buttons)

    def _way_back(self) -> list[tuple[str, str, bool]]:
        """The draft still says what was withdrawn: offer the text of the newest version that is kept."""
        kept = PolicyVersion.objects.newest_kept(self.page.pk)
        if kept is None:
            return []
        url = reverse("wagtailadmin_pages:revisions_revert", args=[self.page.pk, kept.revision_id])
        return [
            messages.button(
                url, gettext("Take the text of version %(number)s into the draft") % {"number": kept.number}
            )
        ]
