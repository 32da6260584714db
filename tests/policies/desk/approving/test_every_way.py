"""Every way in which Wagtail can publish, against every answer to the question whether a second person approved."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowTask

from policies.desk.approving.models import ApprovalKind
from policies.versions.announcing import AnnouncementRefused
from tests.making.approving import changed_after, said_yes
from tests.making.editing import AMENDMENT, NEW, OTHER, PUBLISH, Editor, a_waiting_draft, form_with, fresh, numbers_of
from tests.making.policies import a_document, announce

pytestmark = [pytest.mark.django_db, pytest.mark.database]  # each way, on each database
HOUR = dt.timedelta(hours=1)


class Way:
    """What a way of publishing needs: the page, a browser of the author's, and the author, an administrator."""

    def __init__(self, page, client, author):
        self.page, self.client, self.author = page, client, author

    def newest(self) -> Revision:
        return fresh(self.page).get_latest_revision()

    def post(self, name, *args, data=None):
        return self.client.post(reverse(name, args=args), data or {}, follow=True)


def by_publishing_the_revision(way):
    way.newest().publish(user=way.author)


def by_publishing_the_revision_as_nobody(way):
    way.newest().publish()


def by_the_page_itself(way):
    fresh(way.page).publish(way.newest(), user=way.author)


def by_wagtails_action(way):
    PublishPageRevisionAction(way.newest(), user=way.author).execute(skip_permission_checks=True)


def by_the_admin_api(way):
    way.client.post(f"/cms/api/main/pages/{way.page.pk}/action/publish/", content_type="application/json")


def by_bulk(way):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    way.client.post(f"{url}?id={way.page.pk}&next=/cms/", {"include_descendants": ""}, follow=True)


def by_saving_the_live_page(way):
    page = way.newest().as_object()
    page.live, page.live_revision = True, way.newest()
    page.save()


def by_the_last_step_of_a_workflow_of_wagtails(way):
    workflow = Workflow.objects.create(name="Of the site's own", active=True)
    task = GroupApprovalTask.objects.create(name="Any", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(fresh(way.page), way.author)
    state.current_task_state.approve(user=way.author)


def by_a_workflow_without_an_active_step(way):
    workflow = Workflow.objects.create(name="Without a step", active=True)
    workflow.start(fresh(way.page), way.author)


def by_an_older_revision(way):
    """The newest draft, when it is not the newest any more: nothing but its date changed since."""
    older = way.newest()
    fresh(way.page).save_revision(user=way.author)
    Revision.objects.get(pk=older.pk).publish(user=way.author)


def by_housekeeping(way):
    _let_the_time_come(way)
    call_command("housekeeping")


def by_wagtails_command(way):
    _let_the_time_come(way)
    call_command("publish_scheduled")


def _let_the_time_come(way):
    """As if a draft had been scheduled while the rule was off."""
    Revision.objects.filter(pk=way.newest().pk).update(approved_go_live_at=timezone.now() - HOUR)


WAYS = [
    by_publishing_the_revision, by_publishing_the_revision_as_nobody, by_the_page_itself, by_wagtails_action,
    by_the_admin_api, by_bulk, by_saving_the_live_page, by_the_last_step_of_a_workflow_of_wagtails,
    by_a_workflow_without_an_active_step, by_an_older_revision,
]  # fmt: skip
BY_THE_CLOCK = [by_housekeeping, by_wagtails_command]


@pytest.fixture
def way(privacy, two_people, cms, editor) -> Way:
    """A complete draft by an administrator, of whom nothing more is asked anywhere else."""
    a_waiting_draft(privacy, user=editor)
    return Way(privacy, cms, editor)


def try_it(deed, way):
    """Announce in one way; a refusal is an answer, whether it is raised or shown."""
    try:
        deed(way)
    except AnnouncementRefused as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("deed", WAYS, ids=lambda deed: deed.__name__)
class TestEachWay:
    def test_is_refused_without_an_approval(self, deed, way):
        said = try_it(deed, way)
        assert numbers_of(way.page) == ["1.0"]
        assert not said or "somebody who wrote none of this draft must approve" in said

    def test_is_refused_with_the_authors_own(self, deed, way):
        said_yes(way.page, way.author)
        try_it(deed, way)
        assert numbers_of(way.page) == ["1.0"]

    def test_is_refused_with_that_of_somebody_who_is_not_known(self, deed, way):
        said_yes(way.page, None)
        try_it(deed, way)
        assert numbers_of(way.page) == ["1.0"]

    def test_is_refused_with_one_for_what_it_said_before(self, deed, way, archie):
        said_yes(way.page, archie)
        changed_after(way.page, way.author)
        try_it(deed, way)
        assert numbers_of(way.page) == ["1.0"]

    def test_goes_with_one_for_exactly_this(self, deed, way, archie):
        if deed in (by_the_admin_api, by_bulk):
            pytest.skip("leads to the look, whoever approved")
        approval = said_yes(way.page, archie)
        assert try_it(deed, way) == ""
        assert numbers_of(way.page) == ["1.0", "2.0"]
        approval.refresh_from_db()
        assert approval.version == way.page.versions.get(sequence=2)


@pytest.mark.parametrize("deed", BY_THE_CLOCK, ids=lambda deed: deed.__name__)
class TestEachWayByTheClock:
    def test_is_refused_without_an_approval(self, deed, way):
        try_it(deed, way)
        assert numbers_of(way.page) == ["1.0"]

    def test_goes_with_one_for_exactly_this_and_this_time(self, deed, way, archie):
        _let_the_time_come(way)
        said_yes(way.page, archie)
        try_it(deed, way)
        assert numbers_of(way.page) == ["1.0", "2.0"]


def test_the_form_of_the_editor_announces_nothing_by_itself(way, editor):
    Editor(way.client, way.page).announces(OTHER)
    assert numbers_of(way.page) == ["1.0"]


def test_nor_does_the_form_of_a_new_policy(way):
    parent = way.page.get_parent()
    address = f"/cms/pages/add/policies/policypage/{parent.pk}/"
    way.client.post(address, form_with(NEW, slug="new", **PUBLISH, **AMENDMENT), follow=True)
    assert not [page.slug for page in parent.get_children() if page.specific.versions.exists() and page.slug == "new"]


def test_nor_does_going_back_to_an_old_revision(way, editor):
    first = fresh(way.page).live_revision
    Editor(way.client, way.page).saves(OTHER, revision=str(first.pk), **PUBLISH, **AMENDMENT)
    assert numbers_of(way.page) == ["1.0"]


@pytest.mark.parametrize("asked", ["", "yes"])
def test_nothing_is_scheduled_that_would_be_refused_then(way, archie, asked):
    draft = fresh(way.page).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + HOUR
    revision = draft.save_revision(user=way.author)
    if asked:
        said_yes(way.page, archie)
    said = try_it(lambda way: revision.publish(user=way.author), way)
    assert bool(said) is not bool(asked)
    assert bool(fresh(way.page).scheduled_revision) is bool(asked)


def test_the_admin_api_schedules_nothing_either(way):
    draft = fresh(way.page).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + HOUR
    draft.save_revision(user=way.author)
    by_the_admin_api(way)
    assert not fresh(way.page).scheduled_revision


def test_who_scheduled_is_who_announced(way, archie):
    """Not the writer, although nobody is there when the time comes."""
    draft = fresh(way.page).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + HOUR
    revision = draft.save_revision(user=way.author)
    said_yes(way.page, archie)
    revision.publish(user=archie)
    at = timezone.now() + 2 * HOUR
    with pytest.MonkeyPatch.context() as later:
        later.setattr(timezone, "now", lambda: at)
        call_command("housekeeping")
    assert numbers_of(way.page) == ["1.0", "2.0"]
    assert way.page.versions.get(sequence=2).announced_by == archie


def test_an_approval_serves_once(way, archie):
    """The text that was withdrawn is not announced again by the old approval."""
    said_yes(way.page, archie)
    soon = timezone.localdate() + dt.timedelta(days=30)
    draft = fresh(way.page).get_latest_revision_as_object()
    draft.effective_from = soon
    draft.save_revision(user=way.author)
    said_yes(way.page, archie)
    by_publishing_the_revision(way)
    version = way.page.versions.get(sequence=2)
    from policies.versions.announcing import withdraw

    withdraw(version, reason="Too early.", by=archie)
    a_waiting_draft(way.page, user=way.author, effective_from=soon)
    assert "must approve" in try_it(by_publishing_the_revision, way)


def test_an_approval_does_not_outlive_what_it_amends(way, archie):
    """Another version came between: what was approved was compared with the one before."""
    old = way.newest()
    said_yes(way.page, archie)
    a_waiting_draft(way.page, a_document("cookies are no more"), user=way.author)
    said_yes(way.page, archie)
    by_publishing_the_revision(way)
    a_waiting_draft(way.page, NEW, user=way.author)
    assert old.pk
    assert "must approve" in try_it(by_publishing_the_revision, way)


def test_a_first_version_needs_two_as_well(way, editor):
    from tests.making.policies import a_draft

    page = a_draft(slug="terms")
    with pytest.raises(AnnouncementRefused, match="must approve"):
        announce(page, by=editor)


class TestCorrections:
    def test_need_two_by_default(self, way):
        a_waiting_draft(way.page, user=way.author, significance="correction")
        assert "must approve" in try_it(by_publishing_the_revision, way)

    def test_go_alone_where_the_rule_says_so(self, way):
        from tests.making.approving import rule

        rule(corrections_alone=True)
        a_waiting_draft(way.page, user=way.author, significance="correction")
        by_publishing_the_revision(way)
        assert numbers_of(way.page) == ["1.0", "1.1"]

    def test_amendments_do_not_go_alone_then(self, way):
        from tests.making.approving import rule

        rule(corrections_alone=True)
        assert "must approve" in try_it(by_publishing_the_revision, way)


def test_without_the_rule_one_is_enough(way):
    from tests.making.approving import rule

    rule(is_on=False)
    by_publishing_the_revision(way)
    assert numbers_of(way.page) == ["1.0", "2.0"]


def test_a_rule_that_cannot_be_read_lets_nothing_through(way):
    from django.db import DatabaseError, connection

    def broken(execute, sql, params, many, context):
        if "policies_twopeoplerule" in sql:
            raise DatabaseError("relation is gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        assert "cannot be read" in try_it(by_publishing_the_revision, way)
    assert numbers_of(way.page) == ["1.0"]


def test_a_draft_of_unknown_origin_is_approved_by_nobody_in_the_cms(way, archie):
    """It came from a file: whoever says yes may have written it."""
    a_waiting_draft(way.page, OTHER, user=None)
    said_yes(way.page, archie)
    assert "must approve" in try_it(by_publishing_the_revision, way)
    said_yes(way.page, archie, kind=ApprovalKind.COMMAND)
    assert try_it(by_publishing_the_revision, way) == ""


def test_an_emergency_is_its_authors_own(way):
    said_yes(way.page, way.author, kind=ApprovalKind.EMERGENCY)
    by_publishing_the_revision(way)
    assert numbers_of(way.page) == ["1.0", "2.0"]
