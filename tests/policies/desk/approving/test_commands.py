"""Commands announce where two people are asked for only with somebody's approval, entered and logged."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry

from policies.desk.approving.models import Approval
from policies.writing.models import PolicyPage
from tests.making.editing import numbers_of
from tests.making.people import text_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 1, 1)
WORDS = {"significance": "amendment", "kinds": ["other"], "summary": "Clearer words."}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "privacy.md"
    path.write_text("# Privacy policy\n\n## Cookies\n\nWe use large cookies.\n")
    return path


def imports(file, **options):
    call_command("import_policy", file, slug="privacy", announce=True, **WORDS, **options)


def test_nothing_is_announced_without(privacy, two_people, file):
    with pytest.raises(CommandError, match="must approve"):
        imports(file)
    assert numbers_of(privacy) == ["1.0"]


def test_with_an_approval_it_is(privacy, two_people, file, archie):
    imports(file, approved_by=archie, approved_because="Signed on paper, folder 7.")
    version = privacy.versions.get(sequence=2)
    approval = version.approvals.get()
    assert (approval.kind, approval.by, approval.words) == ("command", archie, "Signed on paper, folder 7.")
    entry = PageLogEntry.objects.get(action="policies.command")
    assert (entry.user, entry.data["reason"]) == (archie, "Signed on paper, folder 7.")


def test_it_says_how(privacy, two_people, file, archie):
    with pytest.raises(CommandError, match="Say how it was approved"):
        imports(file, approved_by=archie)
    assert numbers_of(privacy) == ["1.0"]


def test_by_somebody_who_may(privacy, two_people, file, wanda):
    with pytest.raises(CommandError, match="may not announce"):
        imports(file, approved_by=wanda, approved_because="She says so.")
    assert not Approval.objects.exists()


def test_and_by_somebody_there_is(privacy, two_people, file):
    with pytest.raises((CommandError, SystemExit)):
        call_command("import_policy", str(file), "--slug=privacy", "--announce", "--approved-by=nobody@example.org")


def test_not_by_who_wrote_of_it(privacy, two_people, file, archie):
    draft = PolicyPage.objects.get(pk=privacy.pk).get_latest_revision_as_object()
    draft.title = "Other title"
    draft.save_revision(user=archie)
    with pytest.raises(CommandError, match="wrote part"):
        imports(file, approved_by=archie, approved_because="Mine.")


def test_the_past_is_recorded_by_two_as_well_and_the_cms_says_by_whom(two_people, file, archie, signed_in):
    past = {"slug": "terms", "announced_on": DAY, "effective_from": DAY}
    with pytest.raises(CommandError, match="must approve"):
        call_command("record_policy", str(file), **past)
    call_command("record_policy", str(file), **past, approved_by=archie, approved_because="As it was.")
    page = PolicyPage.objects.get(slug="terms")
    assert numbers_of(page) == ["1.0"]
    shown = text_of(signed_in(archie).get(f"/cms/policies/{page.pk}/versions/"))
    assert f"Approved outside the CMS, and entered with a command by {archie}: As it was." in shown


def test_where_the_rule_is_off_nothing_is_asked(privacy, file):
    imports(file)
    assert numbers_of(privacy) == ["1.0", "2.0"]
    assert not Approval.objects.exists()
