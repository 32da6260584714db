"""While the database does not answer: kept pages go on for the day, and nobody waits for what cannot be made."""

import threading

from tests.making.finished_pages import PAGE, Application, Raised, a_store, ask, lose


def test_while_the_database_is_away_kept_pages_go_on_and_others_are_told_at_once():
    application, raised = Application(), Raised()
    store = a_store(application, source=raised)
    ask(store)
    lose(store.generation, raised, OSError("connection refused"))
    answer = ask(store)
    assert (answer.status, answer.body) == (200, PAGE)
    assert answer.headers["Cache-Status"] == 'plum; hit; detail="the database does not answer"'
    others = [ask(store, path) for path in ("/policies/terms/", "/account/login/", "/cms/")]
    others.append(ask(store, method="POST"))
    assert {(one.status, one.body) for one in others} == {(503, b"away")}
    assert len(application.asked) == 1
    ask(store, "/healthz")
    assert len(application.asked) == 2


def test_while_it_is_found_out_whether_the_database_is_away_nobody_is_sent_to_it():
    application, raised, tried, known = Application(), Raised(), threading.Event(), threading.Event()
    store = a_store(application, source=raised)
    ask(store)

    def connect():
        tried.set()
        known.wait(60)
        raise OSError("connection refused")

    store.generation.connect = connect
    losing = threading.Thread(target=lose, args=(store.generation, raised, OSError("connection lost")))
    losing.start()
    tried.wait(60)
    answers = {}
    readers = [
        threading.Thread(target=lambda path=path: answers.update({path: ask(store, path)}))
        for path in ("/policies/privacy/", "/account/login/")
    ]
    for reader in readers:
        reader.start()
    readers[0].join(0.2)
    assert answers == {}
    known.set()
    for thread in (losing, *readers):
        thread.join(60)
    assert {path: answer.status for path, answer in answers.items()} == {
        "/policies/privacy/": 200,
        "/account/login/": 503,
    }
    assert len(application.asked) == 1


def test_no_kept_page_outlives_its_day_while_the_database_is_away():
    raised = Raised()
    store = a_store(source=raised)
    ask(store)
    lose(store.generation, raised, OSError("connection refused"))
    store.generation.at += 13 * 3600
    assert ask(store).status == 503


def test_the_database_comes_back_and_what_was_announced_meanwhile_is_shown():
    application, raised = Application(), Raised()
    store = a_store(application, source=raised)
    ask(store)
    lose(store.generation, raised, OSError("connection refused"))
    raised.raises("all", "policies/privacy")
    application.body = b"new"
    assert ask(store).body == PAGE
    raised.fails = None
    store.generation.connect_again()
    answer = ask(store)
    assert (answer.body, "Cache-Status" in answer.headers) == (b"new", False)


def test_a_database_that_only_has_no_connection_to_spare_is_asked_for_every_page():
    application, raised = Application(), Raised()
    store = a_store(application, source=raised)
    ask(store)
    lose(store.generation, raised, OSError("FATAL: sorry, too many clients already"))
    for _ in range(2):
        assert ask(store).body == PAGE
    assert len(application.asked) == 3
