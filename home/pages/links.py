"""Links in what editors write: those to other websites are marked as those in policies are."""

from django.utils.html import escape
from wagtail.rich_text import LinkHandler

from policies.reading.leading_away import marks_of


class MarkedLinkHandler(LinkHandler):
    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        href = attrs["href"]
        return f'<a href="{escape(href)}"{marks_of(href)}>'
