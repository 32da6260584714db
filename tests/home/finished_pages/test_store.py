"""The store, with an application of the test's own behind it: what it keeps, whom it sends it, and how."""

import threading

import pytest

from home.finished_pages.encodings import PACK
from tests.making.finished_pages import PAGE, PUBLIC, Application, Raised, a_store, ask

ETAG = ("ETag", '"abc"')
MODIFIED = ("Last-Modified", "Mon, 01 Jun 2026 10:00:00 GMT")


def test_a_page_is_made_once_and_then_sent():
    application = Application()
    store = a_store(application)
    answers = [ask(store) for _ in range(3)]
    assert {(one.status, one.body) for one in answers} == {(200, PAGE)}
    assert len(application.asked) == application.closed == 1
    assert answers[0].headers == answers[2].headers
    assert (store.counts.made, store.counts.hits) == (1, 2)


def test_a_head_request_gets_the_headers_alone_and_makes_the_page_for_all():
    application = Application()
    store = a_store(application)
    head = ask(store, method="HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(PAGE)))
    assert application.asked[0]["REQUEST_METHOD"] == "GET"
    assert ask(store).body == PAGE
    assert len(application.asked) == 1


def test_django_is_asked_as_anybody_would_ask():
    application = Application()
    asker = {
        "cookie": "_ga=1; fbp=2", "accept_encoding": "br", "if_none_match": '"abc"', "range": "bytes=0-5",
        "user_agent": "Mozilla", "accept_language": "cy", "x_forwarded_for": "192.0.2.1", "x_forwarded_host": "evil",
        "x_request_id": "0123456789abcdef", "referer": "https://elsewhere.example/",
    }  # fmt: skip
    ask(a_store(application), query="utm_source=mail", **asker)
    (asked,) = application.asked
    assert {name for name in asked if name.startswith("HTTP_")} == {"HTTP_HOST"}
    assert (asked["QUERY_STRING"], asked["REMOTE_ADDR"]) == ("", "127.0.0.1")


@pytest.mark.parametrize(
    "cookie", ["__Host-sessionid=x", "a=1; csrftoken=2", "messages=3;b=4", "a=1;messages", "csrftoken"]
)
def test_whoever_brings_a_cookie_of_ours_is_answered_by_django_alone(cookie):
    application = Application()
    store = a_store(application)
    ask(store)
    ask(store, cookie=cookie)
    assert application.asked[1]["HTTP_COOKIE"] == cookie
    assert len(application.asked) == 2


@pytest.mark.parametrize("cookie", ["_ga=1", "xcsrftoken=1", "my_messages=1; __Host-sessionid2=4", "a=csrftoken", ""])
def test_cookies_of_others_change_nothing(cookie):
    application = Application()
    store = a_store(application)
    ask(store)
    ask(store, cookie=cookie)
    assert len(application.asked) == 1


NOT_FOR_EVERYBODY = {
    "no word of it": [("Content-Type", "text/html")],
    "private": [("Cache-Control", "private, max-age=0")],
    "no-store": [("Cache-Control", "no-store")],
    "not-public is another word": [("Cache-Control", "not-public")],
    "a cookie is set": [*PUBLIC, ("Set-Cookie", "csrftoken=1")],
    "varies on cookies": [*PUBLIC, ("Vary", "Accept-Encoding, Cookie")],
    "varies on language": [*PUBLIC, ("Vary", "Accept-Language")],
    "varies on everything": [*PUBLIC, ("Vary", "*")],
}


@pytest.mark.parametrize("headers", NOT_FOR_EVERYBODY.values(), ids=NOT_FOR_EVERYBODY)
def test_what_does_not_say_that_it_is_for_everybody_is_made_for_each_as_he_asked(headers):
    application = Application(headers=headers)
    store = a_store(application)
    for agent in ("one", "two"):
        assert ask(store, user_agent=agent, range="bytes=0-1").body == PAGE
    assert [asked.get("HTTP_USER_AGENT") for asked in application.asked] == [None, "one", "two"]
    assert not store.counts.hits


@pytest.mark.parametrize("status", ["201 Created", "206 Partial Content", "302 Found", "403 Forbidden", "429 Too Many"])
def test_no_other_status_is_kept(status):
    application = Application(status=status)
    store = a_store(application)
    ask(store, user_agent="me")
    ask(store, user_agent="me")
    assert [asked.get("HTTP_USER_AGENT") for asked in application.asked] == [None, "me", "me"]


def test_what_has_moved_for_good_and_what_is_not_there_is_kept_where_it_says_so():
    for status in ("301 Moved Permanently", "404 Not Found"):
        application = Application(status=status)
        store = a_store(application)
        assert ask(store).status == ask(store).status == int(status[:3])
        assert len(application.asked) == 1


def test_a_fault_is_never_remembered_not_even_as_not_to_be_kept():
    application = Application(status="503 Service Unavailable")
    store = a_store(application)
    assert ask(store).status == 503
    application.status = "200 OK"
    assert (ask(store).status, ask(store).status) == (200, 200)
    assert len(application.asked) == 2


def test_what_is_sent_to_it_is_none_of_its_business():
    application = Application()
    store = a_store(application)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"):
        ask(store, method=method)
    for header in ("authorization", "accept_datetime"):
        ask(store, **{header: "x"})
    for path in ("/static/a.css", "/media/a.png", "/documents/1/a", "/cms/", "/account/login/"):
        ask(store, path)
    ask(store, host="other.example")
    assert len(application.asked) == 15
    assert not store.kept


def test_what_is_told_apart_beforehand_may_be_varied_on():
    application = Application(headers=[*PUBLIC, ("Vary", "Accept-Datetime, Sec-GPC")])
    store = a_store(application)
    assert ask(store).headers["Vary"] == ask(store).headers["Vary"] == "Accept-Datetime, Sec-GPC, Accept-Encoding"
    assert len(application.asked) == 1


def test_packed_once_and_said_so():
    store = a_store(Application(headers=[*PUBLIC, ETAG]))
    for packing in ("gzip", "br"):
        answer = ask(store, accept_encoding=packing)
        assert (answer.content, answer.headers["Content-Encoding"]) == (PAGE, packing)
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert len(answer.body) < len(PAGE)
        assert (answer.headers["ETag"], answer.headers["Vary"]) == ('W/"abc"', "Accept-Encoding")
        assert ask(store, accept_encoding=packing).body is answer.body
    plain = ask(store)
    assert (plain.body, plain.headers["ETag"], plain.headers["Vary"]) == (PAGE, '"abc"', "Accept-Encoding")
    assert "Content-Encoding" not in plain.headers


def test_pictures_and_scraps_are_not_packed():
    for body, kind in ((PAGE, "image/png"), (b"short", "text/html")):
        headers = [("Content-Type", kind), ("Cache-Control", "public")]
        answer = ask(a_store(Application(body=body, headers=headers)), accept_encoding="br")
        assert answer.body == body
        assert not {"Content-Encoding", "Vary"} & answer.headers.keys()


KNOWN = ['"abc"', 'W/"abc"', '"x", W/"abc"', "*", ' "abc" ']


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("packing", ["", "br"])
def test_a_reader_who_has_it_is_told_so(known, packing):
    store = a_store(Application(headers=[*PUBLIC, ETAG, MODIFIED, ("Content-Security-Policy", "x")]))
    answer = ask(store, if_none_match=known, accept_encoding=packing)
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"] == ('W/"abc"' if packing else '"abc"')
    assert answer.headers.keys() == {"Cache-Control", "ETag", "Last-Modified", "Vary"}


def test_the_etag_goes_before_the_date():
    store = a_store(Application(headers=[*PUBLIC, ETAG, MODIFIED]))
    assert ask(store, if_modified_since=MODIFIED[1]).status == 304
    assert ask(store, if_modified_since="Tue, 02 Jun 2026 10:00:00 GMT").status == 304
    assert ask(store, if_modified_since="Sun, 31 May 2026 10:00:00 GMT").status == 200
    assert ask(store, if_modified_since="yesterday").status == 200
    assert ask(store, if_none_match='"other"', if_modified_since=MODIFIED[1]).status == 200


def test_a_page_without_an_etag_is_known_to_nobody():
    store = a_store(Application())
    for known in ('""', "", "W/", '"abc"', "*"):
        assert ask(store, if_none_match=known).status == 200
    assert ask(store, if_modified_since=MODIFIED[1]).status == 200


def test_not_found_is_never_not_modified():
    store = a_store(Application(status="404 Not Found", headers=[*PUBLIC, ETAG]))
    assert ask(store, if_none_match='"abc"').status == 404


QUERIES = {
    "utm_source=mail": "",
    "utm_source=mail&utm_medium=x&fbclid=%20": "",
    "view=side": "view=side",
    "fbclid=1&view=side": "view=side",
    "&&": "",
}
TO_DJANGO = ["view=other", "%76iew=side", "view=side&view=side", "from=1.0&to=2.0", "v+iew=1", "to="]


@pytest.mark.parametrize(("query", "kept"), QUERIES.items())
def test_only_what_pages_read_of_a_query_makes_another_page(query, kept):
    application = Application()
    store = a_store(application)
    ask(store, query=kept)
    ask(store, query=query)
    assert [asked["QUERY_STRING"] for asked in application.asked] == [kept]


@pytest.mark.parametrize("query", TO_DJANGO)
def test_other_values_and_names_in_disguise_go_to_django(query):
    application = Application()
    store = a_store(application)
    for _ in range(2):
        ask(store, query=query)
    assert [asked["QUERY_STRING"] for asked in application.asked] == [query, query]
    assert not store.kept


def test_a_way_that_leads_on_takes_the_whole_query_along():
    application = Application(status="301 Moved Permanently")
    store = a_store(application)
    ask(store, query="utm=1")
    ask(store, query="utm=2")
    assert [asked["QUERY_STRING"] for asked in application.asked] == ["", "utm=1", "utm=2"]


def test_the_ways_a_page_is_asked_for_are_kept_apart():
    application = Application()
    store = a_store(application, hosts={"testserver", "other.example"}, secure_by=("HTTP_X_FORWARDED_PROTO", "https"))
    ways = [
        {},
        {"host": "other.example"},
        {"x_forwarded_proto": "https"},
        {"sec_gpc": "1"},
        {"x_forwarded_proto": "http"},
    ]
    for way in (*ways, *ways):
        ask(store, **way)
    ask(store, sec_gpc="0")
    assert len(application.asked) == 4  # http is http, whoever says so
    assert [asked.get("HTTP_SEC_GPC") for asked in application.asked] == [None, None, None, "1"]


def test_without_a_proxy_nobody_says_that_he_came_safely():
    application = Application()
    store = a_store(application)
    for word in ("https", "http", "x", "https"):
        ask(store, x_forwarded_proto=word)
    assert len(application.asked) == 1


def test_an_announcement_of_one_policy_makes_its_pages_anew_and_those_that_list_it():
    application, raised = Application(), Raised()
    raised.now["policies/terms"] = 1
    store = a_store(application, source=raised)
    paths = ["/policies/privacy/", "/policies/privacy/versions/", "/policies/terms/", "/policies/", "/"]
    for path in paths:
        ask(store, path)
    raised.raises("all", "policies/privacy")
    application.asked.clear()
    for path in paths:
        ask(store, path)
    assert [asked["PATH_INFO"] for asked in application.asked] == [path for path in paths if path != "/policies/terms/"]
    raised.raises("all", "site")
    application.asked.clear()
    for path in paths:
        ask(store, path)
    assert len(application.asked) == 5


def test_a_page_that_was_made_while_the_site_changed_is_made_anew():
    raised = Raised()
    application = Application(body=b"old")
    store = a_store(application, source=raised)

    def announce(environ):
        if application.body == b"old" and len(application.asked) == 1:
            raised.raises("all", "policies/privacy")
            store.generation.follow()
        else:
            application.body = b"new"

    application.before = announce
    assert ask(store).body == b"new"
    assert ask(store).body == b"new"
    assert len(application.asked) == 2


def test_the_same_words_are_not_packed_again(monkeypatch):
    packed = []
    monkeypatch.setitem(PACK, "br", lambda body: packed.append(1) or b"br")
    raised = Raised()
    store = a_store(Application(headers=[*PUBLIC, ETAG]), source=raised)
    for _ in range(3):
        ask(store, accept_encoding="br")
        raised.raises("all", "policies/privacy")
    assert len(packed) == 1


def test_of_many_who_want_a_page_packed_one_packs_it(monkeypatch):
    packed, all_have_asked = [], threading.Barrier(4)

    def pack(body):
        packed.append(body)
        threading.Event().wait(0.2)  # time for the others to come
        return b"br"

    monkeypatch.setitem(PACK, "br", pack)
    store, answers = a_store(Application()), []
    ask(store)

    def read():
        all_have_asked.wait(60)
        answers.append(ask(store, accept_encoding="br").body)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    assert (answers, packed) == ([b"br"] * 4, [PAGE])


def test_of_many_who_want_a_page_one_has_it_made():
    together = threading.Barrier(8)
    slow = threading.Event()
    application = Application(before=lambda environ: slow.wait(5))
    store = a_store(application)
    answers = []

    def reader():
        together.wait()
        answers.append(ask(store).body)

    threads = [threading.Thread(target=reader) for _ in range(8)]
    for thread in threads:
        thread.start()
    slow.set()
    for thread in threads:
        thread.join(10)
    assert answers == [PAGE] * 8
    assert len(application.asked) == 1


def test_what_is_not_kept_is_not_waited_for():
    together = threading.Barrier(4)
    application = Application(headers=[])
    store = a_store(application)
    ask(store)
    application.before = lambda environ: together.wait(5)  # only if all of them are at it at once do they go on
    threads = [threading.Thread(target=ask, args=(store,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not together.broken
    assert len(application.asked) == 6


def test_a_page_that_fails_to_be_made_leaves_nobody_waiting():
    application = Application(before=lambda environ: 1 / 0)
    store = a_store(application)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            ask(store)
    assert not store.making


def test_a_page_that_is_asked_for_stays_among_many_that_are_not():
    application = Application()
    store = a_store(application, most=100_000)
    made = 0
    for number in range(3000):
        ask(store, f"/random/{number}/")
        if number % 3 == 0:
            before = len(application.asked)
            ask(store, "/policies/privacy/")
            made += len(application.asked) - before
        assert store.bytes <= 100_000 + 10_000
    assert made == 1
    assert store.counts.dropped > 2000


def test_an_answer_that_is_too_large_for_the_store_is_sent_and_not_kept():
    application = Application(body=b"x" * 70_000)
    store = a_store(application, most=1_000_000)
    assert len(ask(store).body) == len(ask(store).body) == 70_000
    assert len(application.asked) == 2
