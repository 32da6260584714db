"""The pages on which a document is brought in: upload, what it leaves open, what was understood, and then a draft."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.admin import messages

from accounts.values.options import Given
from policies.desk.intake.carrying import CarriedDocument, CarriedFile, NotCarried, carried_file, carry_file
from policies.desk.intake.comparing import DRAFT, VERSION, compared, what_is_there
from policies.desk.intake.drafting import NewerDraft, Seen, put_into_draft
from policies.desk.intake.forms import DecisionsForm, DraftForm, UploadForm
from policies.desk.intake.step import IntakeView
from policies.desk.intake.understanding import Undecided, understand
from policies.desk.intake.who import may_record
from policies.texts.importing import UnreadablePolicy
from policies.versions.announcing import AnnouncementRefused
from policies.writing.newest_draft import said_when

Step = Callable[[], HttpResponse]


class ImportView(IntakeView):
    """Upload, decide, look, save: each step is posted to the same address."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.ask_for_file(UploadForm())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Do the step that was posted; what cannot be done leads back to the first, with the reason."""
        steps: dict[str, Step] = {"decide": self.decide, "look": self.look, "save": self.save}
        try:
            return steps.get(request.POST.get("step", ""), self.read)()
        except NotCarried as problem:
            form = UploadForm()
            messages.error(request, str(problem))
            return self.ask_for_file(form)

    def read(self) -> HttpResponse:
        """Read what was uploaded: show it, ask what it leaves open, or say why it cannot be read."""
        form = UploadForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.ask_for_file(form)
        try:
            return self.look_at(understand(form.file(), self.page))
        except Undecided as open_question:
            return self.ask(open_question.file)
        except (UnreadablePolicy, NotCarried) as problem:
            form.add_error("document", str(problem))
            return self.ask_for_file(form)

    def decide(self) -> HttpResponse:
        """Raises: NotCarried: the file did not come back as it was sent, or cannot be read any more."""
        file = carried_file(self.request.POST.get("carried", ""), self.by, self.number)
        form = DecisionsForm(self.request.POST, file=file)
        if not form.is_valid():
            return self.ask(file, form)
        try:
            return self.look_at(understand(file, self.page, **form.cleaned_data))
        except Undecided as open_question:
            return self.ask(open_question.file)
        except UnreadablePolicy as problem:
            raise NotCarried(str(problem)) from problem

    def look(self) -> HttpResponse:
        return self.look_at(self.document())

    def save(self) -> HttpResponse:
        """Save the draft and open its editor, or show what is in the way."""
        carried = self.document()
        form = self.draft_form(carried, self.request.POST)
        if not form.is_valid():
            return self.look_at(carried, form)
        slug = self.page.slug if self.page else form.cleaned_data["slug"]
        seen = Seen(draft=carried.seen_draft, newest=carried.seen_newest)
        try:
            page = put_into_draft(carried.document, slug, by=self.request.user, kind=carried.account.kind, seen=seen)
        except NewerDraft as newer:
            seen_now = said_when(newer.draft.created_at)
            carried = replace(carried, seen_draft=seen_now, warned=True)
            return self.look_at(carried, self.draft_form(carried, self.request.POST))
        except AnnouncementRefused as refusal:
            form.add_error("slug" if refusal.field == "slug" and not self.page else None, str(refusal))
            return self.look_at(carried, form)
        words = gettext("The document is now the draft of “%(title)s”. Nobody sees it before it is announced.") % {
            "title": page.title
        }
        messages.success(self.request, words)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def draft_form(self, carried: CarriedDocument, data: Given = None) -> DraftForm:
        complete, slug = carried.account.is_complete, slugify(carried.document.title)
        return DraftForm(data, page=self.page, is_complete=complete, newer=carried.warned, slug=slug)

    def ask_for_file(self, form: UploadForm) -> HttpResponse:
        return self.show("upload", form=form)

    def ask(self, file: CarriedFile, form: DecisionsForm | None = None) -> HttpResponse:
        form = form or DecisionsForm(initial=self.request.POST.dict(), file=file)
        return self.show("decide", form=form, file=file, carried=carry_file(file, self.by, self.number))

    def look_at(self, carried: CarriedDocument, form: DraftForm | None = None) -> HttpResponse:
        """Show what was understood, and what it changes."""
        context: dict[str, object] = {
            "form": form or self.draft_form(carried),
            "carried": self.carried(carried),
            "document": carried.document,
            "account": carried.account,
            "past": self.address("import_past") if may_record(self.request.user, self.page) else "",
        }
        if self.page:
            there = what_is_there(self.page)
            against = DRAFT if self.request.GET.get("against") == DRAFT else VERSION
            context |= {"there": there, **compared(carried.document, there, against)}
        return self.show("report", **context)
