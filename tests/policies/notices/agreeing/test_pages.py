"""What people read when they are asked, and where they see what they agreed to and take it back."""

import datetime as dt
import re

import pytest
from django.core import signing

from policies.notices.agreeing.offers import SALT
from policies.notices.models import Answer
from tests.making import people
from tests.making.policies import a_document, announce
from tests.policies.notices.agreeing.people import NO, an_old_hand, answered, answers, buttons, press, version

QUESTION = "/account/policies/asked/terms/2.0/"
ACCOUNT = "/account/policies/"


def text_of(response) -> str:
    """What a page says, without the blanks that its tags leave."""
    return re.sub(r" (?=[.,;:])", "", people.text_of(response))


@pytest.fixture
def ann(client, terms):
    return an_old_hand(client)


def test_whoever_agreed_before_is_shown_what_changed_since(client, ann):
    answered(ann, "1.0")
    page = client.get(QUESTION)
    says = text_of(page)
    assert "You accepted version 1.0 on 15 June 2026. Now it is version 2.0, in force since 10 June 2026." in says
    assert "What changed since you agreed, in short Version 2.0 Now they apply to all." in says
    assert "Every change since you agreed" in says
    assert "<ins" in page.content.decode()


def test_whoever_never_agreed_is_shown_the_whole_text(client, ann):
    page = client.get(QUESTION)
    assert "terms apply to all" in text_of(page)
    assert "<ins" not in page.content.decode()


def test_the_reason_stands_with_the_question(client, ann, terms):
    announce(terms, a_document("terms are new"), asks_because="The law changed.")
    assert "Why we ask: The law changed." in text_of(client.get("/account/policies/asked/terms/3.0/"))


def test_looking_is_recorded_as_looking_only(client, ann):
    client.get(QUESTION)
    client.get("/policies/terms/")
    client.get("/policies/terms/changes/")
    assert list(ann.policy_engagements.values_list("kind", flat=True)) == ["seen"]
    assert answers(ann) == []


def test_the_words_on_the_button_are_those_that_are_kept(client, ann):
    page = client.get(QUESTION)
    words = next(iter(buttons(page)))
    assert words == "I accept version 2.0 of “Terms of use”"
    press(client, page, words, age="on")
    given = Answer.objects.get(person=ann)
    assert given.wording == f"{words}. I am 16 or older"
    assert given.where == "account"


def test_without_the_age_nothing_is_written_and_the_page_says_so(client, ann):
    page = press(client, client.get(QUESTION), "I accept")
    assert answers(ann) == []
    says = text_of(page)
    assert "There is a problem Say that you are 16 or older" in says
    assert page.content.decode().count("aria-invalid") == 1
    press(client, page, "I accept", age="on")
    assert answers(ann) == [("2.0", "accepted")]


def test_declining_needs_no_age(client, ann):
    page = press(client, client.get(QUESTION), "I do not accept")
    assert answers(ann) == [("2.0", "declined")]
    assert "You have declined version 2.0" in text_of(page)


@pytest.mark.parametrize("address", ["/policies/terms/", "/policies/terms/versions/2.0/", "/policies/terms/changes/"])
def test_the_policys_own_pages_ask_and_take_back(client, ann, address):
    page = client.get(address)
    assert [words.split(" version")[0] for words in buttons(page)] == ["I accept", "I do not accept"]
    page = press(client, page, "I accept", age="on", next=address)
    assert page.redirect_chain[-1][0] == address
    assert list(buttons(page)) == ["I no longer accept version 2.0 of “Terms of use”"]
    press(client, page, "I no longer accept", next=address)
    assert answers(ann) == [("2.0", "accepted"), ("2.0", "withdrawn")]
    assert set(Answer.objects.values_list("where", flat=True)) == {"page"}
    page = client.get(address)
    assert "You took back your answer to version 2.0" in text_of(page)
    press(client, page, "I accept", age="on")
    assert answers(ann)[-1] == ("2.0", "accepted")


def test_pages_of_other_versions_ask_nothing(client, ann):
    assert buttons(client.get("/policies/terms/versions/1.0/")) == {}


def test_an_acknowledgement_is_asked_in_its_own_words(client, ann, terms):
    announce(terms, a_document("terms are new", title="Terms of use"), asks_for="acknowledgement", least_age=None)
    page = client.get("/policies/terms/")
    assert list(buttons(page)) == [
        "I have read version 3.0 of “Terms of use”",
        "I do not confirm that I have read version 3.0 of “Terms of use”",
    ]
    page = press(client, page, "I have read", next="/policies/terms/")
    assert answers(ann) == [("3.0", "acknowledged")]
    press(client, page, "I no longer confirm")
    assert answers(ann)[-1] == ("3.0", "withdrawn")


def test_an_upcoming_version_may_be_accepted_on_its_page(client, ann, terms, today):
    announce(terms, a_document("terms are new"), effective_from=today() + dt.timedelta(days=20))
    page = client.get("/policies/terms/changes/")
    assert "It is in force from 5 July 2026; you may answer now." in text_of(page)
    press(client, page, "I accept version 3.0", age="on")
    assert answers(ann) == [("3.0", "accepted")]


def test_everybody_reads_on_the_versions_page_what_it_asks(client, terms, privacy):
    says = text_of(client.get("/policies/terms/versions/2.0/"))
    assert "People with an account Are asked whether they accept it" in says
    assert "People with an account" not in text_of(client.get("/policies/privacy/versions/1.0/"))


def test_visitors_see_no_buttons_and_the_page_of_before(client, terms):
    page = client.get("/policies/terms/")
    assert buttons(page) == {}
    assert "csrf" not in page.content.decode()
    assert page["Cache-Control"].startswith("public")


def test_the_account_shows_what_was_agreed_by_which_words_and_takes_it_back(client, ann):
    answered(ann, "1.0")
    answered(ann, "2.0")
    says = text_of(client.get(ACCOUNT))
    assert "What you agreed to" in says
    assert "Terms of use, version 2.0 Accepted 15 June 2026, 12:00 In these words accepted 2.0" in says
    assert "Where On the policy&#x27;s page" in says
    page = client.get(ACCOUNT)
    assert "/policies/terms/versions/2.0/" in page.content.decode()
    press(client, page, "I no longer accept version 2.0")
    assert answers(ann)[-1] == ("2.0", "withdrawn")
    assert Answer.objects.first().where == "account"
    says = text_of(client.get(ACCOUNT))
    assert "You have not accepted “Terms of use”" in says
    assert "Every answer you gave" in says


def test_the_account_says_what_waits_and_so_does_its_overview(client, ann):
    assert "Do you accept “Terms of use”? Version 2.0, in force since 10 June 2026. You may answer until" in text_of(
        client.get(ACCOUNT)
    )
    client.post("/account/policies/later/", {"slug": "terms", "number": "2.0"})
    assert "Say whether you accept version 2.0 of “Terms of use”" in text_of(client.get("/account/"))
    answered(ann, "2.0")
    assert "Say whether" not in text_of(client.get("/account/"))


def banner_of(response) -> str:
    html = response.content.decode()
    return html.partition('aria-label="We ask for your answer"')[2].partition("</aside>")[0]


@pytest.mark.parametrize("address", ["/", "/policies/", "/account/details/", "/account/data/", "/nonsense/"])
def test_a_banner_asks_on_every_other_page_until_there_is_an_answer(client, ann, address):
    assert "19 June 2026</time>" in banner_of(client.get(address))
    assert QUESTION in banner_of(client.get(address))
    answered(ann, "2.0", NO)
    assert banner_of(client.get(address)) == ""


@pytest.mark.parametrize("address", [ACCOUNT, QUESTION])
def test_pages_that_ask_themselves_have_no_banner(client, ann, address):
    assert banner_of(client.get(address)) == ""


@pytest.mark.parametrize("address", ["/policies/terms/", "/policies/terms/versions/2.0/", "/policies/terms/changes/"])
def test_on_the_policys_own_page_the_banner_leads_down_to_the_buttons(client, ann, address):
    page = client.get(address)
    assert 'href="#answer_title"' in banner_of(page)
    assert page.content.decode().count('id="answer_title"') == 1


def test_a_button_works_only_for_whom_it_was_made_and_as_it_was_made(client, ann):
    token = next(iter(buttons(client.get(QUESTION)).values()))
    whose, number, *rest = signing.loads(token, salt=SALT)
    forged = signing.dumps([whose, number, "accepted", "Yes to everything", "page", "en"], salt="another")
    for posted in ("", "nonsense", forged, token[:-1], signing.dumps([whose + 1, number, *rest], salt=SALT)):
        page = client.post("/account/policies/answer/", {"answer": posted, "age": "on"}, follow=True)
        assert "Look at it again, then answer" in text_of(page)
    ben = an_old_hand(client, "ben@example.org")
    client.post("/account/policies/answer/", {"answer": token, "age": "on"})
    assert answers(ann) == answers(ben) == []


def test_pressing_twice_writes_once(client, ann):
    page = client.get(QUESTION)
    for _ in range(2):
        press(client, page, "I accept", age="on")
    assert answers(ann) == [("2.0", "accepted")]


def test_an_answer_to_a_version_that_is_not_asked_any_more_says_so(client, ann, terms):
    page = client.get(QUESTION)
    announce(terms, a_document("terms are new"))
    press(client, page, "I accept", age="on")
    assert answers(ann) == [("2.0", "accepted")], "they pressed it: it is true, and counts for that version"
    assert version("3.0").asks_anew
    assert "Do you accept" in text_of(client.get(ACCOUNT))
