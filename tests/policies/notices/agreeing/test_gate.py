"""Before the pages of an account people are asked; what is theirs by right is never kept from them."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.second_factor.guard import may_enter_cms
from policies.notices.agreeing.gate import asks_at
from policies.versions.announcing import withdraw
from tests.making.editing import AMENDMENT, NEW, Editor, form_with, messages_of
from tests.making.patterns import all_patterns
from tests.making.people import a_person, confirm_identity, sign_in, text_of
from tests.making.policies import a_document, announce
from tests.policies.notices.agreeing.people import BACK, NO, an_old_hand, answered, answers, press, who_joined

OVER = dt.date(2026, 7, 1)
QUESTION = "/account/policies/asked/terms/2.0/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def ann(client, terms):
    """Signed in, with days to answer."""
    return an_old_hand(client)


@pytest.fixture
def late(ann, today, client):
    """Signed in, and the days are over."""
    today(OVER)
    client.force_login(ann)
    return ann


def is_asked(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(QUESTION)


def test_signing_in_leads_to_the_question_and_back_to_the_account(client, terms):
    an_old_hand()
    page = sign_in(client, follow=True)
    assert page.redirect_chain[-1][0] == f"{QUESTION}?at=sign-in&next=%2Faccount%2F"
    assert "Do you accept “Terms of use”?" in text_of(page)
    page = press(client, page, "I accept version 2.0", age="on", next="/account/", at="sign-in")
    assert page.redirect_chain[-1][0] == "/account/"
    assert "You have accepted version 2.0" in text_of(page)


def test_in_the_days_of_grace_one_may_say_later_until_the_next_sign_in(client, ann):
    page = client.get("/account/", follow=True)
    assert "You may answer until 19 June 2026" in text_of(page)
    later = {"slug": "terms", "number": "2.0", "next": "/account/"}
    page = client.post("/account/policies/later/", later, follow=True)
    assert page.redirect_chain[-1][0] == "/account/"
    assert client.get("/account/").status_code == 200
    assert answers(ann) == []
    client.force_login(ann)
    assert client.get("/account/").status_code == 200, "the session is the same"
    client.logout()
    client.force_login(ann)
    assert is_asked(client.get("/account/"))


def test_afterwards_there_is_no_later(client, late):
    page = client.get("/account/", follow=True)
    assert "Later" not in text_of(page)
    client.post("/account/policies/later/", {"slug": "terms", "number": "2.0", "next": "/account/"})
    assert is_asked(client.get("/account/"))


@pytest.mark.parametrize("kinds", [(NO,), ("accepted", BACK)])
def test_whoever_refused_acceptance_reads_so_and_may_change_their_mind(client, ann, kinds):
    for kind in kinds:
        answered(ann, "2.0", kind)
    page = client.get("/account/", follow=True)
    assert page.redirect_chain, "the account needs a yes"
    assert "You can still change your mind" in text_of(page)
    assert "I do not accept" not in text_of(page)
    page = press(client, page, "I accept version 2.0", age="on", next="/account/")
    assert page.redirect_chain[-1][0] == "/account/"


def test_whoever_will_not_confirm_that_they_read_is_left_in_peace(client, ann, terms, today):
    announce(terms, a_document("terms are new"), asks_for="acknowledgement", least_age=None)
    today(dt.date(2026, 12, 1))
    client.force_login(ann)
    assert client.get("/account/").status_code == 302
    answered(ann, "3.0", NO)
    assert client.get("/account/").status_code == 200


THEIRS = [
    "/account/data/",
    "/account/data/download/",
    "/account/details/",
    "/account/preferences/",
    "/account/security/",
    "/account/email/",
    "/account/sessions/",
    "/account/password/change/",
    "/account/policies/",
    "/account/close/",
    "/account/logout/",
    "/account/unsubscribe/nonsense/",
    "/account/requests/",
    "/data-rights/",
    "/policies/",
    "/policies/terms/",
    "/policies/terms/versions/2.0/",
    "/policies/terms/versions/2.0/text/",
    "/policies/terms/changes/",
    "/",
    QUESTION,
]


@pytest.mark.parametrize("address", THEIRS)
@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "json"])
def test_what_is_theirs_by_right_is_never_kept_from_them(client, late, address, headers):
    for kind in (None, NO):
        if kind:
            answered(late, "2.0", kind)
        for ask in (client.get, client.post):
            response = ask(address, headers=headers)
            assert not is_asked(response)
            assert "problem+json" not in response.get("Content-Type", "")


def test_of_all_addresses_of_the_account_only_the_overview_asks():
    paths = {f"/{path}" for path, _ in all_patterns() if path.startswith("account/")}
    assert len(paths) > 40
    assert {path for path in paths if asks_at(path)} == {"/account/"}


def test_the_download_works_for_who_declined(client, late):
    answered(late, "2.0", NO)
    confirm_identity(client)
    response = client.post("/account/data/download/")
    assert response["Content-Type"] == "application/zip"
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_other_clients_are_told_where_to_answer(client, late):
    for response in (
        client.get("/account/", headers=JSON),
        client.post("/account/", headers=JSON),
        client.get("/account/", headers={"X-Requested-With": "XMLHttpRequest"}),
        client.get("/account/", headers={"Sec-Fetch-Dest": "empty", "Accept": "*/*"}),
        client.post("/account/"),
    ):
        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert response["Cache-Control"] == "no-store"
        assert response["Link"] == f'<https://testserver{QUESTION}>; rel="help"'
        problem = response.json()
        assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Forbidden", 403)
        assert problem["questions"] == [
            {
                "policy": "Terms of use",
                "version": "2.0",
                "asks_for": "acceptance",
                "text": "https://testserver/policies/terms/versions/2.0/",
                "answer_at": f"https://testserver{QUESTION}",
            }
        ]


def test_a_form_that_a_browser_posts_gets_a_page_that_says_so(client, late):
    response = client.post("/account/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 403
    assert "We need your answer first" in text_of(response)
    assert QUESTION in response.content.decode()


def test_other_clients_go_on_in_the_days_of_grace(client, ann):
    assert client.get("/account/", headers=JSON).status_code == 200


def test_services_of_ones_own_ask_as_well(client, late, settings):
    settings.AGREEMENTS_ASKED_AT = ["/about/", "/account/security/"]
    assert is_asked(client.get("/account/security/"))
    assert client.post("/account/security/", headers=JSON).status_code == 403
    assert client.get("/account/data/").status_code == 200


def test_visitors_are_not_asked_and_cost_nothing(terms, django_assert_num_queries):
    visitor = Client()
    visitor.get("/policies/terms/versions/")
    with django_assert_num_queries(1):
        visitor.get("/policies/terms/versions/")
    assert visitor.get("/account/")["Location"].startswith("/account/login/")


def test_somebody_signed_in_costs_one_query_and_no_more_with_more_policies(client, ann, terms):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def costs(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len([query for query in queries if "notices_answer" in query["sql"]]), len(queries)

    answered(ann, "2.0")
    before = {address: costs(address) for address in ("/account/", "/account/details/", "/policies/terms/", "/")}
    assert {asked for asked, _ in before.values()} == {1}
    for number in range(3, 6):
        announce(terms, a_document(f"terms number {number}"))
        answered(ann, f"{number}.0")
    cache.clear()
    client.get("/")
    assert {address: costs(address) for address in before} == before


def test_a_newcomer_whom_staff_invited_is_asked_at_the_first_sign_in(client, terms, today):
    who_joined(dt.date(2026, 6, 14))
    page = sign_in(client, follow=True)
    assert page.redirect_chain[-1][0].startswith(QUESTION)
    assert "Later" not in text_of(page)


def test_editors_are_asked_once_after_each_sign_in_and_never_kept_from_announcing(cms, editor, terms, privacy, today):
    today(OVER)
    assert may_enter_cms(editor)
    type(editor).objects.filter(pk=editor.pk).update(date_joined=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    page = cms.get("/cms/", follow=True)
    assert page.redirect_chain[-1][0].startswith(QUESTION)
    assert "Later" in text_of(page)
    page = cms.post("/account/policies/later/", {"slug": "terms", "number": "2.0", "next": "/cms/"}, follow=True)
    assert page.redirect_chain[-1][0] == "/cms/"
    assert cms.get("/cms/").status_code == 200
    assert is_asked(cms.get("/account/")), "their own account is another matter"
    answered(editor, "2.0", NO)
    assert cms.get(reverse("wagtailadmin_pages:edit", args=[privacy.pk])).status_code == 200


def test_an_editor_who_never_answered_can_post_and_ask_as_scripts_do(cms, editor, terms, privacy, today):
    today(OVER)
    edit = reverse("wagtailadmin_pages:edit", args=[privacy.pk])
    assert is_asked(cms.get(edit))
    assert cms.get(edit, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 200
    saved = cms.post(edit, form_with(NEW, **AMENDMENT))
    assert saved.status_code == 302
    assert saved["Location"].startswith("/cms/")
    cms.post("/account/policies/later/", {"slug": "terms", "number": "2.0", "next": "/cms/"})
    assert "announced" in messages_of(Editor(cms, privacy).announces(NEW, change_summary="Needed at once."))


def test_a_question_that_is_gone_leads_on(client, ann, terms):
    later = announce(terms, NEW, effective_from=OVER)
    assert client.get(f"/account/policies/asked/terms/{later.number}/").status_code == 200
    withdraw(later, reason="A mistake.")
    page = client.get(f"/account/policies/asked/terms/{later.number}/", follow=True)
    assert page.redirect_chain == [("/account/policies/", 302)]
    assert "Nothing is asked about that version any more" in page.content.decode()


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "account_logout", "javascript:alert(1)"])
def test_nobody_is_led_off_the_site(client, ann, onward):
    page = client.get(QUESTION, {"next": onward})
    assert f'name="next" value="{onward}"' not in page.content.decode()
    page = press(client, page, "I do not accept", next=onward)
    assert page.redirect_chain == [("/account/policies/", 302)]


def test_who_is_not_signed_in_cannot_ask_or_answer(client, terms):
    a_person()
    for address in (QUESTION, "/account/policies/answer/", "/account/policies/later/"):
        for ask in (client.get, client.post):
            response = ask(address)
            assert response.status_code == 405 or response["Location"].startswith("/account/login/")
