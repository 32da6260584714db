"""Links within the site that lead nowhere: found, and refused at the door unless a reason is given."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry

from home.models import HomePage, StandardPage
from policies.desk.checking import links
from policies.desk.checking.draft import Draft
from policies.texts.document import Document, Paragraph, Run, Section, inline
from policies.versions.announcing import AnnouncementRefused
from tests.making.editing import Editor, messages_of, numbers_of
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db


def linking(*hrefs: str, title: str = "Privacy policy") -> Document:
    runs = inline(*(piece for href in hrefs for piece in (Run("here", href=href), " and ")), "so on")
    return Document(title, (), (Section(inline("Links"), (Paragraph(runs),), key="k", anchor="links"),))


def dead(*hrefs: str, slug: str = "privacy") -> list[str]:
    return [remark.words for remark in links.dead_links(Draft(linking(*hrefs), slug))]


@pytest.mark.parametrize(
    "href",
    [
        "/policies/",
        "/policies/privacy/",
        "/policies/privacy",
        "/policies/privacy/#cookies",
        "/policies/privacy/versions/1.0/",
        "/policies/privacy/feed.atom",
        "https://testserver/policies/privacy/",
        "/account/data/",
        "/account/",
        "/",
        "/robots.txt",
        "https://elsewhere.example/nowhere/",
        "mailto:office@example.org",
        "tel:+441438000000",
    ],
)
def test_links_that_lead_somewhere_are_left_alone(privacy, settings, href):
    settings.SITE_URL = "https://testserver"
    assert dead(href) == []


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("/nonsense/", "no such page"),
        ("/policies/nonsense/", "“nonsense” was never announced"),
        ("/policies/privacy/versions/9.9/", "no version 9.9"),
        ("/policies/privacy/compare/1.0/9.9/", "no version 9.9"),
        ("/documents/99/lost.pdf", "no such file"),
        ("/account/nonsense/", "no such page"),
        ("/cms/", "only staff"),
        ("https://testserver/nonsense/", "no such page"),
        ("https://[elsewhere.example/", "no such page"),
        ("//[", "no such page"),
    ],
)
def test_links_that_lead_nowhere_are_found_and_say_why(privacy, settings, href, why):
    settings.SITE_URL = "https://testserver"
    (words,) = dead(href)
    assert why in words
    assert href in words


def test_pages_count_while_they_are_live_and_redirects_count(privacy):
    page = HomePage.objects.get().add_child(instance=StandardPage(title="Care", slug="care"))
    assert dead("/care/") == []
    page.live = False
    page.save()
    assert len(dead("/care/")) == 1
    Redirect.objects.create(old_path="/care", redirect_link="/")
    assert dead("/care/") == []


def test_a_policy_may_link_to_itself_before_it_is_announced():
    assert dead("/policies/terms/", "/policies/terms/versions/", slug="terms") == []
    assert len(dead("/policies/terms/", slug="other")) == 1


def test_a_link_to_a_section_that_is_not_there_is_remarked_and_stops_nothing(privacy):
    document = linking("/policies/privacy/#links", "/policies/privacy/#lost")
    (remark,) = links.PLACE.find(Draft(document, "privacy"))
    assert "#lost" in remark.words
    assert not links.PLACE.stops


def test_the_door_refuses_a_link_that_leads_nowhere(privacy):
    with pytest.raises(AnnouncementRefused, match=r"section 1.*/nonsense/") as refused:
        announce(privacy, linking("/nonsense/", "/nothing/"))
    assert "1 more does so, too." in str(refused.value)
    assert refused.value.field == "links_because"
    assert numbers_of(privacy) == ["1.0"]


def test_with_a_reason_it_is_announced_and_the_reason_is_logged(privacy, editor):
    version = announce(privacy, linking("/nonsense/"), by=editor, links_because="The page comes on Monday.")
    assert version.number == "2.0"
    entry = PageLogEntry.objects.get(action="policies.announce", revision=version.revision)
    assert (entry.user, entry.data["links_because"]) == (editor, "The page comes on Monday.")
    assert entry.message == "Version 2.0 announced. Links may lead nowhere: The page comes on Monday."


def test_the_reason_is_for_one_announcement_only(privacy):
    announce(privacy, linking("/nonsense/"), links_because="The page comes on Monday.")
    with pytest.raises(AnnouncementRefused):
        announce(privacy, linking("/nonsense/", "/policies/"))


def test_a_first_version_is_refused_like_any_other():
    page = a_draft(linking("/nonsense/", title="Terms"), "terms")
    with pytest.raises(AnnouncementRefused):
        announce(page)
    assert numbers_of(page) == []


def test_an_editor_is_told_and_keeps_the_draft(privacy, cms):
    edith = Editor(cms, privacy)
    answer = edith.announces(linking("/nonsense/"))
    assert "/nonsense/" in answer.text or "/nonsense/" in messages_of(answer)
    assert edith.versions == ["1.0"]
    assert edith.draft.document.sections[0].blocks == linking("/nonsense/").sections[0].blocks


def test_twenty_links_cost_as_few_queries_as_two(privacy, django_assert_num_queries):
    def of_each_kind(number: int) -> list[str]:
        kinds = (
            "/nonsense-{}/",
            "/policies/nonsense-{}/",
            "/documents/{}/lost.pdf",
            "/policies/privacy/versions/{}.0/",
        )
        return [kind.format(n) for n in range(2, 2 + number) for kind in kinds]

    for number in (1, 10):
        with django_assert_num_queries(6):
            assert len(dead(*of_each_kind(number))) == 4 * number
