"""What went wrong in a first try of the store, where no other test here has it already."""

import gzip
import random
import sys
import threading

import brotli
import pytest

from home.finished_pages.generation import Generation
from tests.making.finished_pages import LONDON, PUBLIC, Application, Raised, a_store, ask

WORDS = random.Random(1).choices([f"word{number}" for number in range(400)], k=4000)
PAGE = " ".join(WORDS).encode()


def test_just_after_a_change_what_was_not_kept_is_not_waited_for_either():
    application, raised, entered, all_in, waited = Application(headers=[]), Raised(), [], threading.Event(), []
    store = a_store(application, source=raised)
    ask(store)

    def enter(environ):
        entered.append(environ)
        if len(entered) == 4:
            all_in.set()
        waited.append(all_in.wait(5))

    raised.raises("all", "policies/privacy")
    application.before = enter
    readers = [threading.Thread(target=ask, args=(store,)) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    assert waited == [True] * 5  # four at once, and whoever found out that it is still not to be kept


def test_what_is_too_large_to_be_kept_is_not_waited_for():
    together, waited = threading.Barrier(4), []
    application = Application(body=b"x" * 70_000)
    store = a_store(application)
    ask(store)
    application.before = lambda environ: waited.append(together.wait(5))  # only if all of them are at it at once
    readers = [threading.Thread(target=ask, args=(store,)) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    assert len(waited) == 4


def test_a_page_is_packed_quickly_and_what_stays_for_ever_as_small_as_can_be():
    page = a_store(Application(body=PAGE))
    assert ask(page, accept_encoding="br").body == brotli.compress(PAGE, quality=5)
    assert ask(page, accept_encoding="gzip").body == gzip.compress(PAGE, 9, mtime=0)
    for_ever = [PUBLIC[0], ("Cache-Control", "public, max-age=31536000, immutable")]
    stays = a_store(Application(body=PAGE, headers=for_ever))
    assert ask(stays, accept_encoding="br").body == brotli.compress(PAGE, quality=11)
    assert len({brotli.compress(PAGE, quality=quality) for quality in (5, 9, 11)}) == 3


class Listened(Raised):
    """Generations that somebody waits for."""

    def __init__(self, wait):
        super().__init__()
        self.wait = wait


def answers(generation):
    """Whether the first answer comes while nothing else happens."""
    first = threading.Thread(target=generation.follow, daemon=True)
    first.start()
    first.join(30)
    return not first.is_alive()


def test_the_first_answer_does_not_wait_for_the_thread_that_listens():
    told = threading.Event()
    generation = Generation(lambda: Listened(lambda seconds: told.wait(60)), LONDON)
    try:
        assert (answers(generation), told.is_set(), generation.is_unsure) == (True, False, False)
    finally:
        generation.stop()
        told.set()


def test_a_connection_that_is_lost_at_once_holds_up_no_first_answer():
    connected, again, told = [], threading.Event(), threading.Event()

    def wait(seconds):
        if len(connected) == 1:
            raise OSError("connection lost")
        again.set()
        told.wait(60)

    def connect():
        connected.append(1)
        return Listened(wait)

    generation = Generation(connect, LONDON)
    try:
        assert (answers(generation), again.wait(30)) == (True, True)
    finally:
        generation.stop()
        told.set()


def held(thing, seen):
    """The bytes that a thing and all that it holds take, each once."""
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    inner = thing.items() if isinstance(thing, dict) else thing if isinstance(thing, list | tuple) else ()
    slots = [getattr(thing, name) for name in getattr(thing, "__slots__", ())]
    return sys.getsizeof(thing) + sum(held(one, seen) for one in (*inner, *slots))


@pytest.mark.django_db
def test_a_page_takes_no_more_memory_than_is_counted_for_it(history, store):
    for packing in ("", "gzip", "br"):
        ask(store, "/policies/privacy/", accept_encoding=packing)
    (kept,) = store.kept.values()
    assert held(kept, set()) <= kept.size


def test_packed_forms_are_counted_when_room_is_made():
    dice, most = random.Random(2), 100_000
    noise = bytes(dice.choices(range(256), k=1500))  # packed, it is as long as before
    store = a_store(Application(body=noise), most=most)
    largest = 0
    for number in range(600):
        for packing in ("br", "gzip"):
            ask(store, f"/{number}/", accept_encoding=packing)
        largest = max(largest, sum(one.size for one in store.kept.values()))
    assert store.counts.dropped > 400
    assert largest <= most + 10_000
