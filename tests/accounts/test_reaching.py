"""A person whose mail came back is told, and can mend it."""

from accounts.flows.addresses import mark_undeliverable
from accounts.flows.recipients import recipients
from tests.making.people import a_person, text_of

PAGE = "/account/reaching/"


def came_back(person):
    mark_undeliverable(person.pk, person.email, "550 5.1.1 <script>No such user")


def test_the_overview_asks_to_check_the_address(signed_in, ann):
    assert "came back" not in text_of(signed_in.get("/account/"))
    came_back(ann)
    assert "Our mail to you came back" in text_of(signed_in.get("/account/"))


def test_the_page_says_which_address_and_why(signed_in, ann):
    came_back(ann)
    page = signed_in.get(PAGE)
    assert "ann@example.org" in text_of(page)
    assert "5.1.1 &lt;script&gt;No such user" in page.text


def test_the_person_can_say_that_the_address_works(signed_in, ann):
    came_back(ann)
    assert ann not in recipients()
    page = signed_in.post(PAGE, follow=True)
    assert "We write to that address again." in text_of(page)
    assert "reaches you at ann@example.org" in text_of(page)
    assert ann in recipients()


def test_nobody_says_it_for_somebody_else(signed_in, ann):
    ben = a_person("ben@example.org")
    came_back(ben)
    signed_in.post(PAGE)
    assert ben not in recipients()


def test_it_is_only_for_who_is_signed_in(client, db):
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == 302
