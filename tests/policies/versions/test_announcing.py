import pytest

from policies.versions.announcing import AnnouncementRefused
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft, announce


@pytest.mark.django_db
def test_the_first_announcement_makes_version_1_0():
    page = a_draft()
    version = announce(page)
    assert (version.number, version.sequence, version.change_summary) == ("1.0", 1, "")
    assert PolicyPage.objects.get(pk=page.pk).live


def test_announcing_unchanged_text_makes_nothing(privacy):
    announce(privacy)
    assert privacy.versions.count() == 1


def test_an_amendment_needs_a_summary(privacy):
    with pytest.raises(AnnouncementRefused, match="plain words"):
        announce(privacy, a_document("cookies are larger files"), change_summary=" ")
    assert privacy.versions.count() == 1
