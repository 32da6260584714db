"""The deliveries of a notice in the CMS: found by state, reason and address, each with its mail; for few to see."""

import pytest
from django.core.paginator import EmptyPage

from policies.desk.paging import FromEitherEnd
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.sending.rounds import work
from policies.notices.sending.staging import stage_recipients
from tests.making.mailing import Mailing, address, many_people
from tests.making.notice_pages import LIST, page_of
from tests.making.notices import a_notice, a_sending_notice, fresh
from tests.making.people import a_person, text_of
from tests.policies.notices.servers import accepting_server

pytestmark = pytest.mark.django_db


def delivery_page(delivery, *more) -> str:
    return "/".join([f"{LIST}deliveries/{delivery.pk}", *more, ""])


@pytest.fixture
def many(privacy) -> AmendmentNotice:
    """A notice to 120 people, of whom one failed."""
    many_people(120)
    notice = a_notice(privacy)
    stage_recipients(notice)
    Delivery.objects.filter(address=address(7)).update(state="failed", reason="refused", reply="550 no such user")
    return fresh(notice)


@pytest.mark.parametrize(
    ("who", "status"),
    [("nobody", 302), ("editor", 302), ("approver", 302), ("data protection", 200), ("superuser", 200)],
)
def test_who_was_written_to_is_for_few(held, staff, who, status):
    delivery, client = Delivery.objects.first(), staff(who)
    addresses = [page_of(held, "deliveries"), page_of(held, "deliveries", "results")]
    addresses += [delivery_page(delivery), delivery_page(delivery, "html")]
    for url in addresses:
        assert client.get(url).status_code == status, url
    if status == 302 and who != "nobody":
        assert "/deliveries/" not in client.get(page_of(held)).text


def test_an_address_in_full_or_its_beginning_finds_a_delivery(many, cms):
    def found(words: str) -> list[str]:
        listed = cms.get(page_of(many, "deliveries"), {"q": words}).context["object_list"]
        return [delivery.address for delivery in listed]

    assert found(address(7)) == [address(7)]
    assert set(found("P11")) == {address(n) for n in (11, *range(110, 120))}
    assert found("example.org") == []
    assert found("p%") == []


def test_an_address_that_somebody_has_today_finds_what_went_to_an_older_one(many, cms):
    person = Delivery.objects.get(address=address(9)).person
    person.emailaddress_set.update(email="married@example.org")
    listed = cms.get(page_of(many, "deliveries"), {"q": "Married@example.org"}).context["object_list"]
    assert [delivery.address for delivery in listed] == [address(9)]


def test_states_and_reasons_filter(many, cms):
    for chosen in ({"state": "failed"}, {"reason": "refused"}, {"state": "failed", "reason": "refused"}):
        page = cms.get(page_of(many, "deliveries"), chosen)
        assert [delivery.address for delivery in page.context["object_list"]] == [address(7)], chosen
    assert not cms.get(page_of(many, "deliveries"), {"reason": "bounced"}).context["object_list"]


def test_only_the_deliveries_of_this_notice_are_listed(many, privacy, cms):
    other = a_notice(privacy, words="cookies are gone")
    stage_recipients(other)
    assert cms.get(page_of(other, "deliveries")).context["paginator"].count == 121
    listed = cms.get(page_of(many, "deliveries")).context["object_list"]
    assert {delivery.notice_id for delivery in listed} == {many.pk}


def test_the_list_costs_the_same_with_many_deliveries(many, cms, django_assert_max_num_queries):
    cms.get(page_of(many, "deliveries"))
    for chosen in ({}, {"p": 2}, {"p": 3}, {"q": "p1"}):
        with django_assert_max_num_queries(15):
            assert cms.get(page_of(many, "deliveries"), chosen).status_code == 200


def test_every_row_stands_on_one_page(many):
    rows = Delivery.objects.filter(notice=many).order_by("pk")
    for size in (1, 7, 50, 120, 200):
        pages = FromEitherEnd(rows, size)
        found = [row.pk for number in pages.page_range for row in pages.page(number)]
        assert found == list(rows.values_list("pk", flat=True)), size
    with pytest.raises(EmptyPage):
        pages.page(2)


def test_a_delivery_shows_the_mail_as_it_was_sent(privacy, settings, cms):
    ann = a_person("ann@example.org", first_name="Ann")
    notice = a_sending_notice(privacy)
    with accepting_server() as server:
        Mailing(settings).through(server)
        work()
    delivery = Delivery.objects.get(person=ann)
    page = cms.get(delivery_page(delivery))
    text = text_of(page)
    for words in ("ann@example.org", "Accepted by the mail server", "The e-mail as it was sent", "Clearer words."):
        assert words in text
    frame = cms.get(delivery_page(delivery, "html"))
    assert "Clearer words." in frame.text
    assert frame["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in frame["Content-Security-Policy"]
    for shown in (page.text, frame.text):
        assert "/account/unsubscribe/left-out-of-this-copy/" in shown
    assert notice.pk


def test_what_the_mail_server_said_is_shown_as_words(many, cms):
    Delivery.objects.filter(address=address(7)).update(reply="550 <script>alert(1)</script>")
    page = cms.get(delivery_page(Delivery.objects.get(address=address(7))))
    assert "&lt;script&gt;alert(1)" in page.text
    assert "Refused by the mail server" in page.text


def test_of_an_erased_person_only_the_outcome_is_left(many, cms):
    Delivery.objects.filter(address=address(7)).update(person=None, address="", name="", reply="")
    delivery = Delivery.objects.get(state="failed")
    assert "Erased" in text_of(cms.get(delivery_page(delivery)))
    assert "No address" in text_of(cms.get(page_of(many, "deliveries"), {"state": "failed"}))


def test_the_mail_of_a_notice_is_shown_to_nobody_in_particular(held, staff):
    client = staff("editor")
    page = client.get(page_of(held, "mail"))
    assert "Clearer words." in page.text
    assert "Send me a test" not in page.text
    assert "Clearer words." in client.get(page_of(held, "mail", "html")).text
    for words in ("ann@example.org", "ben@example.org"):
        assert words not in page.text


@pytest.mark.parametrize(
    ("who", "may"),
    [("nobody", False), ("editor", False), ("approver", True), ("data protection", False), ("superuser", True)],
)
def test_a_test_mail_is_for_who_may_steer(held, staff, settings, who, may):
    client = staff(who)
    with accepting_server() as server:
        Mailing(settings).through(server)
        assert client.post(page_of(held, "mail", "test")).status_code == 302
        assert client.get(page_of(held, "mail", "test")).status_code == (405 if may else 302)
    assert server.recipients == ([f"{who}@example.org"] if may else [])
