"""Compares what is offered, what the register says, and what the policies in force say. Where they differ, it is said.

The words are put together once: a system check shows them, and the first page of the CMS.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.ui.components import Component

from accounts.models import User
from home.cookies.models import Choices
from home.cookies.remembering import choices
from policies.texts.document import canonical_text
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

BLOCK = "cookies"
# The words in one of which a policy would say it.
SAYS_THAT_WE_COUNT = re.compile(
    r"\bhow often\b|\bwe count\b|\b(?:is|are) counted\b|\bcounts? (?:of )?(?:pages|visits)\b"
)


def differences() -> Iterator[str]:
    """Yield, in whole sentences, where the site does what no policy in force says, or a policy says what is not so."""
    versions = list(PolicyVersion.objects.in_force(on=timezone.localdate()).select_related("revision"))
    said = "\n".join(version.text for version in versions).casefold()
    chosen = choices()
    for name in chosen.named_companies:
        if name.casefold() not in said:
            yield gettext(
                "People can agree that we pass their details on to %(name)s, whom no policy in force names."
            ) % {"name": name}
    if chosen.analytics_id and "google analytics" not in said:
        yield gettext("Visitors are asked about Google Analytics, which no policy in force names.")
    if chosen.counts_pages and not SAYS_THAT_WE_COUNT.search(said):
        yield gettext("The site counts how often its pages are opened, and no policy in force says so.")
    for version in versions:
        if says_otherwise_now(version):
            yield (
                gettext(
                    "The table of cookies in “%(title)s”, version %(number)s, is no longer what the site does. "
                    "Announce the policy anew: its draft has the table as it is now."
                )
                % {"title": version.title, "number": version.number}
            )


def says_otherwise_now(version: PolicyVersion) -> bool:
    """Whether a version has the block of cookies, and its draft would now read otherwise."""
    if version.revision is None or not may_have_the_block(version.revision.content):
        return False
    page = version.revision.as_object()
    if not isinstance(page, PolicyPage) or not has_the_block(page):
        return False
    return canonical_text(page.document) != version.text


def may_have_the_block(content: Mapping[str, object]) -> bool:
    """Whether a saved draft is worth making a page of: the first page of the CMS asks this of each policy."""
    return f'"{BLOCK}"' in f"{content.get('preamble')}{content.get('sections')}"


def has_the_block(page: PolicyPage) -> bool:
    bodies = [page.preamble, *(section.value["body"] for section in page.sections)]
    return any(child.block_type == BLOCK for body in bodies for child in body)


@register(Tags.database)
def policies_say_what_the_site_does(
    app_configs: object = None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    tables = {Choices._meta.db_table, PolicyVersion._meta.db_table}
    if "default" not in (databases or ()) or not tables <= set(connections["default"].introspection.table_names()):
        return []
    hint = "Change the setting “Cookies, statistics and consents”, or announce the policy that says it."
    return [Warning(words, hint=hint, id="home.W002") for words in differences()]


class DifferencesPanel(Component):
    """The first page of the CMS says it to who can mend it: by a setting, or by a policy."""

    name = "what_we_say_and_do"
    order = 60
    template_name = "home/cookies/panel.html"

    def __init__(self, user: User) -> None:
        self.may = user.has_perm("home.change_choices") or user.has_perm("policies.view_policyversion")

    def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
        found = list(differences()) if self.may else []
        return {"differences": found}
