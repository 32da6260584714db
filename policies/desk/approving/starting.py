"""Starts approving: what it registers with the door, the housekeeping, the database and Wagtail's signals."""

from django.db.models.signals import post_save
from wagtail.models import Revision

from accounts.models import triggers
from policies.desk.approving import personal_data
from policies.desk.approving.deciding.assent import link_to_version, nobody_alone
from policies.desk.approving.deciding.on_the_look import deciding
from policies.desk.approving.deciding.proving import approvals_of
from policies.desk.approving.evidence import TRIGGERS
from policies.desk.approving.models import Approval, OutsideReview
from policies.desk.approving.people.roles import prepare_new_index
from policies.desk.approving.waiting import duties, workflow_mails
from policies.desk.look.additions import additions
from policies.versions.assent import objections_of_others
from policies.versions.events import after_announcing
from policies.versions.evidence import add_evidence
from policies.writing.models import PolicyIndexPage
from policies.writing.newest_draft import reasons_to_keep


def start() -> None:
    """Put it all in place. Called once, when the app starts; twice does no harm."""
    personal_data.declare()
    duties.register()
    triggers.declare(*TRIGGERS)
    workflow_mails.connect()
    after_announcing.listen(link_to_version)
    add_evidence(approvals_of)
    if nobody_alone not in objections_of_others:
        objections_of_others.append(nobody_alone)
    if deciding not in additions:
        additions.append(deciding)
    if was_judged not in reasons_to_keep:
        reasons_to_keep.append(was_judged)
    post_save.connect(prepare_new_index, sender=PolicyIndexPage, dispatch_uid="policies.prepare_new_index")


def was_judged(revision: Revision) -> bool:
    """Whether somebody approved exactly this draft, or was asked about it: no autosave may write over it."""
    about = {"revision": revision.pk}
    return Approval.objects.filter(**about).exists() or OutsideReview.objects.filter(**about).exists()
