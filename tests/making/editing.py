"""What an editor's browser sends: the edit form of a policy, filled in."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Revision

from policies.texts.document import Document, canonical_text
from policies.versions.models import PolicyVersion
from policies.writing.blocks import TEXT
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyPage
from tests.making.policies import a_document

FEATURES = TEXT


def posted(block: blocks.Block, value, prefix: str) -> dict[str, str]:
    """The fields of a block's form, for a value in the shape of the stored JSON."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        fields = {f"{prefix}-count": str(len(value))}
        for number, child in enumerate(value):
            at = f"{prefix}-{number}"
            kind = block.child_blocks[child["type"]] if isinstance(block, blocks.StreamBlock) else block.child_block
            fields |= {f"{at}-type": child["type"], f"{at}-id": child["id"], f"{at}-order": number, f"{at}-deleted": ""}
            fields |= posted(kind, child["value"], f"{at}-value")
        return fields
    if isinstance(block, blocks.StructBlock):
        fields = {}
        for name, child in block.child_blocks.items():
            fields |= posted(child, value.get(name, []), f"{prefix}-{name}")
        return fields
    if isinstance(block, blocks.RichTextBlock):
        return {prefix: ContentstateConverter(FEATURES).from_database_format(value)}
    if isinstance(block, TypedTableBlock):
        return _posted_table(block, value, prefix)
    if isinstance(block, blocks.BooleanBlock):
        return {prefix: "on"} if value else {}
    return {prefix: value}


def _posted_table(block: TypedTableBlock, value, prefix: str) -> dict[str, str]:
    fields = {f"{prefix}-caption": value["caption"]}
    fields |= {f"{prefix}-column-count": len(value["columns"]), f"{prefix}-row-count": len(value["rows"])}
    for number, column in enumerate(value["columns"]):
        at = f"{prefix}-column-{number}"
        fields |= {f"{at}-type": column["type"], f"{at}-heading": column["heading"], f"{at}-order": number}
        fields[f"{at}-deleted"] = ""
    for number, row in enumerate(value["rows"]):
        fields |= {f"{prefix}-row-{number}-order": number, f"{prefix}-row-{number}-deleted": ""}
        for place, cell in enumerate(row["values"]):
            fields |= posted(block.child_blocks["words"], cell, f"{prefix}-cell-{number}-{place}")
    return fields


def form_of(draft: PolicyPage) -> dict[str, str]:
    """The edit form as it opens on this draft, sent back untouched."""
    data = _around(draft.title, draft.slug, draft.language)
    data |= posted(draft.preamble.stream_block, draft.preamble.get_prep_value(), "preamble")
    return data | posted(draft.sections.stream_block, draft.sections.get_prep_value(), "sections")


def form_with(document: Document, **fields: str) -> dict[str, str]:
    """The edit form with this text; `fields` are the others that the editor filled in."""
    page = PolicyPage()
    data = _around(document.title, "privacy", document.lang)
    data |= posted(page.preamble.stream_block, preamble_data(document), "preamble")
    data |= posted(page.sections.stream_block, sections_data(document), "sections")
    return data | fields


def _around(title: str, slug: str, language: str) -> dict[str, str]:
    data = {"title": title, "slug": slug, "change_summary": "", "effective_from": "", "go_live_at": ""}
    data["language"] = language
    data |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return data


NEW = a_document("cookies are large files", "contact us by telephone")
OTHER = a_document("cookies are gone")
AMENDMENT = {"significance": "amendment", "kinds": ["other"], "change_summary": "Clearer words."}
# What is no amendment is of no kind.
NO_AMENDMENT = {"kinds": []}
PUBLISH = {"action-publish": "action-publish"}


class Editor:
    """Somebody at the edit form of one policy."""

    def __init__(self, client, page):
        self.client, self.page = client, page
        self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def opens(self):
        return self.client.get(self.url)

    def form(self):
        return self.opens().context["form"]

    def saves(self, document, **fields):
        return self.client.post(self.url, form_with(document, **fields), follow=True)

    def announces(self, document, **fields):
        """Press “Announce” and, if nothing speaks against it, confirm what the look shows."""
        return confirms(self.client, self.presses_announce(document, **fields))

    def presses_announce(self, document, **fields):
        """Press “Announce”: a form with something missing comes back, else the look is shown."""
        return self.saves(document, **(PUBLISH | amending(fields)))

    @property
    def versions(self) -> list[str]:
        return numbers_of(self.page)

    @property
    def row(self) -> PolicyPage:
        return PolicyPage.objects.get(pk=self.page.pk)

    @property
    def draft(self) -> PolicyPage:
        return self.row.get_latest_revision_as_object()


def amending(words: dict[str, object]) -> dict[str, object]:
    """Return the words of an amendment with these in their place; what is no amendment is of no kind."""
    is_amendment = words.get("significance", "amendment") == "amendment"
    return (AMENDMENT if is_amendment else AMENDMENT | NO_AMENDMENT) | words


def confirms(client, response):
    """Press the button at the end of the look that a response shows; any other page is returned as it is."""
    shown = response.context or {}
    if not shown.get("may_confirm"):
        return response
    address = reverse("policies_cms:look", args=[shown["page"].pk])
    return client.post(address, {"token": shown["token"], "next": shown["next_url"] or ""}, follow=True)


def numbers_of(page) -> list[str]:
    return [version.number for version in PolicyVersion.objects.filter(page=page).order_by("sequence")]


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"]) if response.context else ""


def words_shown(response) -> str:
    """Return what a reader sees of a page of the CMS: without tags, scripts and what only programs read."""
    page = BeautifulSoup(response.text, "html.parser")
    for part in page(["script", "style", "template"]):
        part.decompose()
    return " ".join(page.get_text(" ").split())


def fresh(page) -> PolicyPage:
    return PolicyPage.objects.get(pk=page.pk)


def a_waiting_draft(page, document=NEW, *, user=None, **words) -> Revision:
    """A draft that is saved and not announced; complete unless words are given empty."""
    draft = fresh(page)
    draft.sections, draft.title = sections_data(document), document.title
    for name, value in amending(words).items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def says(page, document) -> bool:
    return canonical_text(fresh(page).get_latest_revision_as_object().document) == canonical_text(document)
