"""Documents brought in through the CMS, step by step, and who may do it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making.editing import fresh, messages_of

OLD = "# Privacy policy\n\nWe respect you.\n\n## Cookies\n\n1. small files\n2. large files\n"


def address(page=None, *more: str) -> str:
    return "/".join(["/cms/policies", *([str(page.pk)] if page else []), "import", *more, ""])


class Importer:
    """A browser in which somebody brings a document in, step by step."""

    def __init__(self, client, page=None):
        self.client, self.page, self.url = client, page, address(page)

    def uploads(self, content: str | bytes = OLD, name: str = "policy.md", **fields):
        data = content if isinstance(content, bytes) else content.encode()
        file = SimpleUploadedFile(name, data)
        self.answer = self.client.post(self.url, {"step": "read", "document": file} | fields)
        return self.answer

    def posts(self, step: str, *, to: str = "", **fields):
        """Send the page that is open, with these fields filled in."""
        carried = fields.pop("carried", None) or self.answer.context["carried"]
        data = {"step": step, "carried": carried} | fields
        self.answer = self.client.post(to or self.url, data)
        return self.answer

    def saves(self, **fields):
        return self.posts("save", **fields)

    def says(self) -> str:
        """The words of the page, without its tags."""
        main = self.answer.text.partition("<main")[2]
        return " ".join(re.sub(r"<[^>]+>", " ", main).split())

    def errors(self) -> dict[str, str]:
        return {name: " ".join(found) for name, found in self.answer.context["form"].errors.items()}

    def told(self) -> str:
        return messages_of(self.client.get(self.answer["Location"]))

    @property
    def draft(self):
        return fresh(self.page).get_latest_revision_as_object()
