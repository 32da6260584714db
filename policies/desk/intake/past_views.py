"""The pages on which a text is recorded as a version announced elsewhere: asked, shown in full, and then done."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from accounts.values.options import Given
from accounts.values.wording import Words, day_in_words
from policies.desk.intake.carrying import CarriedDocument, NotCarried
from policies.desk.intake.comparing import what_is_there
from policies.desk.intake.drafting import NewerDraft, Seen
from policies.desk.intake.past import ChangedMeanwhile, Rehearsal, record_past, rehearse_past
from policies.desk.intake.past_forms import PastForm
from policies.desk.intake.step import IntakeView
from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.writing.newest_draft import said_when

NOT_CLEAR = _("Part of the document was not read, or words are missing: it cannot be recorded as it is. Mend the file.")
CHANGED = _("Something changed while you looked at it. Nothing was recorded: look again.")
NEWER = _("Somebody else saved a draft of this policy meanwhile. Nothing was recorded: look again.")


class PastView(IntakeView):
    """Each step is posted here, with the text that was read on the page before."""

    page_title = _("Record a version announced elsewhere")
    header_icon = "history"
    recording = True

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect(self.address("import"))

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Ask, show or record; what cannot be done leads back, with the reason."""
        steps: dict[str, Callable[[CarriedDocument], HttpResponse]] = {"show": self.rehearse, "record": self.record}
        try:
            carried = self.document()
            if not carried.account.is_clear:
                return self.back(NOT_CLEAR)
            return steps.get(request.POST.get("step", ""), self.ask)(carried)
        except NotCarried as problem:
            return self.back(str(problem))

    def back(self, why: Words) -> HttpResponse:
        messages.error(self.request, why)
        return redirect(self.address("import"))

    def past_form(self, carried: CarriedDocument, data: Given = None) -> PastForm:
        newest = self.page.versions.outline().order_by("-sequence").first() if self.page else None
        waits = bool(self.page and what_is_there(self.page).waiting)
        slug = slugify(carried.document.title)
        return PastForm(data, page=self.page, newest=newest, waits=waits, slug=slug)

    def ask(self, carried: CarriedDocument, form: PastForm | None = None) -> HttpResponse:
        context = {"form": form or self.past_form(carried), "carried": self.carried(carried)}
        return self.show("past", document=carried.document, **context)

    def rehearse(self, carried: CarriedDocument) -> HttpResponse:
        """Show what recording would do, or what speaks against it at the form."""
        form = self.past_form(carried, self.request.POST)
        if not form.is_valid():
            return self.ask(carried, form)
        rehearsal = rehearse_past(form.past(carried.document), self.page, self.request.user)
        for refusal in rehearsal.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return self.ask(carried, form) if rehearsal.refusals else self.confirm(carried, form, rehearsal)

    def confirm(self, carried: CarriedDocument, form: PastForm, rehearsal: Rehearsal) -> HttpResponse:
        said = {name: self.request.POST[name] for name in form.fields if name in self.request.POST}
        context = {"said": said, "rehearsal": rehearsal, "version": rehearsal.version}
        return self.show("confirm", carried=self.carried(carried), **context)

    def record(self, carried: CarriedDocument) -> HttpResponse:
        """Record what was shown, or show what changed."""
        form = self.past_form(carried, self.request.POST)
        if not form.is_valid():
            return self.ask(carried, form)
        seen = Seen(draft=carried.seen_draft, newest=carried.seen_newest)
        token = self.request.POST.get("token", "")
        past = form.past(carried.document)
        try:
            version = record_past(past, self.page, by=self.request.user, seen=seen, token=token)
        except ChangedMeanwhile:
            messages.warning(self.request, CHANGED)
            return self.rehearse(carried)
        except NewerDraft as newer:
            messages.warning(self.request, NEWER)
            return self.ask(replace(carried, seen_draft=said_when(newer.draft.created_at)), form)
        except AnnouncementRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.ask(carried, form)
        self.tell(version)
        return redirect("policies_cms:versions", version.page_id)

    def tell(self, version: PolicyVersion) -> None:
        """Say what was recorded, and what was not done."""
        days = gettext("announced on %(day)s, in force from %(effective)s") % {
            "day": day_in_words(version.announced_on),
            "effective": day_in_words(version.effective_from),
        }
        read = messages.button(version.get_absolute_url(), gettext("Read it"), True)
        words = gettext("%(title)s: version %(number)s recorded, %(days)s. Nobody was sent an e-mail.") % {
            "title": version.title,
            "number": version.number,
            "days": days,
        }
        messages.success(self.request, words, buttons=[read])
