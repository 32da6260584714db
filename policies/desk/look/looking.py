"""What announcing a policy's newest draft would do, as things stand now. Nothing is made by looking."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Revision

from accounts.models import User
from policies.notices.forecasting import Forecast, forecast_of
from policies.notices.letter.composing import compose
from policies.notices.letter.showing import Shown, shown
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NoticeSettings
from policies.notices.opening import planned_notice
from policies.versions.announcing import AnnouncementRefused, rehearsal_of
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal
from policies.writing.models import PolicyPage


class NothingToLookAt(AnnouncementRefused):
    """The policy has no saved draft."""


@dataclass
class Look:
    """A draft and the version that it would become.

    `page` is the page's row, `draft` the same page with the words of the revision; `version` and `notice` are not
    saved; `kept` is the version that it amends. `refusals` is what speaks against it; empty where it may be announced.
    """

    page: PolicyPage
    draft: PolicyPage
    revision: Revision
    proposal: Proposal
    version: PolicyVersion
    kept: PolicyVersion | None
    notice: AmendmentNotice | None
    refusals: list[AnnouncementRefused]

    @property
    def says_the_same(self) -> bool:
        """Whether it would make no version, since the newest one kept says the same."""
        return self.kept is not None and self.kept.text == self.version.text

    @property
    def at(self) -> dt.datetime | None:
        """When it is to be announced by itself; None when whoever confirms announces it at once."""
        return self.proposal.scheduled_for

    @property
    def days_until_force(self) -> int:
        return (self.version.effective_from - timezone.localdate()).days

    @cached_property
    def hold(self) -> dt.timedelta:
        return dt.timedelta(minutes=NoticeSettings.current().hold_minutes)

    @property
    def mails_from(self) -> dt.datetime:
        """When the first mail leaves, if it is announced now, or when it is due."""
        return (self.at or timezone.now()) + self.hold

    @cached_property
    def audience(self) -> Forecast | None:
        return forecast_of(self.notice) if self.notice else None

    @cached_property
    def mail(self) -> Shown | None:
        return shown(compose(self.notice)) if self.notice else None


def look_at(page: PolicyPage, *, by: User | None) -> Look:
    """Look at the newest saved draft of a policy.

    Args:
        page: the policy's page, fresh from its row.
        by: who would announce it.

    Raises:
        NothingToLookAt: no draft was ever saved.
    """
    revision = page.get_latest_revision()
    if revision is None:
        raise NothingToLookAt(gettext("There is no saved draft of this policy. Open it and save it first."))
    draft: PolicyPage = page.with_content_json(revision.content)
    proposal = draft.proposal(revision, by=by)
    rehearsal = rehearsal_of(proposal)
    version = rehearsal.version
    version.page = draft  # its mail asks for what the page says in this draft
    notice = planned_notice(version, proposal)
    return Look(
        page=page,
        draft=draft,
        revision=revision,
        proposal=proposal,
        version=version,
        kept=rehearsal.kept,
        notice=notice,
        refusals=rehearsal.refusals,
    )
