"""Many readers at once, while the site changes: nobody gets a page that is older than what was committed before."""

import threading

from tests.making.finished_pages import PUBLIC, Application, Raised, a_store, ask

READERS, CHANGES = 6, 150


def test_no_answer_is_older_than_the_commit_before_it():
    raised, written, committed, old, made = Raised(), [0], [0], [], []

    def application(environ, start_response):
        made.append(1)
        start_response("200 OK", PUBLIC)
        return [str(written[0]).encode()]

    store = a_store(application, source=raised)

    def read():
        while committed[0] < CHANGES:
            before = committed[0]
            seen = int(ask(store).body)
            if seen < before:
                old.append((before, seen))

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    while committed[0] < CHANGES:
        known = len(made)
        written[0] += 1
        raised.raises("all", "policies/privacy")
        committed[0] = written[0]
        while len(made) == known and committed[0] < CHANGES:
            ask(store)  # until somebody has had it made anew
    for reader in readers:
        reader.join(60)
    assert old == []
    assert int(ask(store).body) == CHANGES


def test_nobody_goes_on_with_what_another_has_found_to_be_old_and_not_yet_read_again():
    reading, gate = threading.Event(), threading.Event()

    class Slow(Raised):
        def numbers(self):
            if self.now["all"] > 1:
                reading.set()
                gate.wait(60)
            return super().numbers()

    raised, application, answers = Slow(), Application(body=b"old"), []
    store = a_store(application, source=raised)
    ask(store)
    application.body = b"new"
    raised.raises("all", "policies/privacy")
    readers = [threading.Thread(target=lambda: answers.append(ask(store).body)) for _ in range(2)]
    readers[0].start()
    reading.wait(60)
    readers[1].start()
    readers[1].join(0.2)
    gate.set()
    for reader in readers:
        reader.join(60)
    assert answers == [b"new", b"new"]
