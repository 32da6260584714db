"""The newest draft of a policy, as approvals and reviews are about it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext
from wagtail.models import Revision

from accounts.models import User
from policies.desk.approving.people.authors import Authors, authors_of
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal, digest_of_proposal
from policies.versions.refused import AnnouncementRefused
from policies.writing.models import PolicyPage


@dataclass(frozen=True)
class Draft:
    """The newest draft of a policy, and what announcing it would say. The row of the page is locked, if so asked."""

    page: PolicyPage
    revision: Revision
    proposal: Proposal
    kept: PolicyVersion | None

    @cached_property
    def digest(self) -> str:
        return digest_of_proposal(self.proposal)

    @cached_property
    def authors(self) -> Authors:
        return authors_of(self.page, self.revision)

    @property
    def amends(self) -> int:
        return self.kept.sequence if self.kept else 0


def newest_draft(page_id: int, *, by: User | None = None, locked: bool = False) -> Draft:
    """Return the newest draft of a policy as it is saved now.

    Raises:
        AnnouncementRefused: there is none.
    """
    rows = PolicyPage.objects.select_for_update(of=("self",)) if locked else PolicyPage.objects.all()
    page = rows.get(pk=page_id)
    revision = page.get_latest_revision()
    if revision is None:
        raise AnnouncementRefused(gettext("There is no draft yet. Save one first."))
    proposal = page.with_content_json(revision.content).proposal(revision, by=by)
    return Draft(page, revision, proposal, PolicyVersion.objects.newest_kept(page_id))
