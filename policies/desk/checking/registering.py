"""Puts the checks where lower rooms ask: at the door, in the preview, and into the history of what was announced."""

from wagtail.log_actions import log

from policies.desk.checking.checking import remark_on
from policies.desk.checking.draft import Draft
from policies.desk.checking.links import dead_links, objects
from policies.versions.assent import objections_of_others
from policies.versions.events import after_announcing
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal
from policies.writing.previews import remarks_on

LOGGED = "policies.dead_links"


def register() -> None:
    """Called once, when the app starts; harmless when it starts twice."""
    if objects not in objections_of_others:
        objections_of_others.append(objects)
    if remark_on not in remarks_on:
        remarks_on.append(remark_on)
    after_announcing.listen(keep_the_reason)


def keep_the_reason(version: PolicyVersion, proposal: Proposal) -> None:
    """Write into the policy's history why links that lead nowhere were announced."""
    if proposal.announced_elsewhere or not proposal.links_because.strip():
        return
    found = [remark.words for remark in dead_links(Draft(proposal.document, proposal.slug))]
    if found:
        data = {"number": version.number, "reason": proposal.links_because.strip(), "links": found}
        log(instance=version.page, action=LOGGED, user=proposal.by, revision=proposal.revision, data=data)
