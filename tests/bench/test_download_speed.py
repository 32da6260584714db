"""How long a download of 10,000 rows takes, beside reading the rows and a plain zipfile of them, in the same run.

Run with `pytest -o addopts="" -s tests/bench/test_download_speed.py`. Nothing here fails for being slow: machines
differ. What must hold on every machine is asserted: the number of queries, and the memory.
"""

import io
import json
import re
import tracemalloc
from collections import Counter
from random import Random
from time import perf_counter, process_time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DetailChange, SecurityEvent
from accounts.personal_data.register import kinds, rows_of, subject_of
from tests.making.people import a_person, confirm_identity, sign_in

ROWS = 10_000
CHANCE = Random(7)
WORDS = ["plum", "lamp", "river", "horse", "violin", "=cloud", "+44 20", "Ünïcødé", "🙂", "basket\nof", "<b>bold</b>"]


def text(size):
    return " ".join(CHANCE.choices(WORDS, k=size))


@pytest.fixture
def ann(db):
    """Half of her rows are in the security log, half are changes of her details; somebody else has as many."""
    cache.clear()
    ann, ben = a_person(), a_person("ben@example.org")
    for person in (ann, ben):
        origin = {"device": "Firefox on Windows", "network": "192.0.2.0/24"}
        SecurityEvent.objects.bulk_create(
            SecurityEvent(person=person, kind=SecurityEvent.Kind.SIGNED_IN, detail=text(3), **origin)
            for _ in range(ROWS // 2)
        )
        DetailChange.objects.bulk_create(
            DetailChange(person=person, field="postal_address", old=text(8), new=text(8), by=person)
            for _ in range(ROWS // 2)
        )
    return ann


@pytest.fixture
def told(request):
    """Lines to be printed at the end."""
    lines = []
    yield lines
    plugins = request.config.pluginmanager
    with plugins.getplugin("capturemanager").global_and_fixture_disabled():
        for line in ("", *lines):
            plugins.getplugin("terminalreporter").write_line(line)


def plainly(person):
    """The same rows as one JSON text in a ZIP, with nothing else thought of."""
    target = io.BytesIO()
    subject = subject_of(person)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for kind in kinds():
            names = [column.name for column in kind.exported if not column.value]
            rows = list(rows_of(kind, subject).values(*names)) if names else []
            archive.writestr(f"{kind.key}.json", json.dumps(rows, default=str))
    return target.getvalue()


def read(person):
    """Read the same rows, one kind after the other, and do nothing with them."""
    subject = subject_of(person)
    for kind in kinds():
        for _ in (
            rows_of(kind, subject).values(*(column.name for column in kind.exported if not column.value)).iterator()
        ):
            pass


def signed_in(client):
    sign_in(client)
    confirm_identity(client)
    return client


def test_first_byte_whole_and_memory(client, ann, told):
    signed_in(client)
    client.get("/account/data/")  # templates are read once
    start = perf_counter()
    plain_size = len(plainly(ann))
    plain = perf_counter() - start
    start, busy = perf_counter(), process_time()
    read(ann)
    reading, at_work = perf_counter() - start, process_time() - busy

    for turn in range(3):
        start, began = perf_counter(), process_time()
        pieces = iter(client.post("/account/data/download/").streaming_content)
        next(pieces)
        first, busy = perf_counter() - start, process_time() - began
        size = sum(map(len, pieces))
        whole, worked = perf_counter() - start, process_time() - began
        told.append(
            f"download {turn + 1}: first byte {first * 1000:5.0f} ms ({busy * 1000:3.0f} ms of them at work) = "
            f"{first / plain:4.2f}x a plain zipfile, whole {whole * 1000:5.0f} ms = {whole / plain:4.2f}x "
            f"and {whole / reading:4.2f}x reading the rows ({worked / at_work:4.2f}x at work), "
            f"{size / 1024:5.0f} KiB = {size / plain_size:4.2f}x"
        )
    told.append(
        f"plain zipfile: whole {plain * 1000:5.0f} ms, {plain_size / 1024:5.0f} KiB; rows {reading * 1000:5.0f} ms"
    )


def test_memory(client, ann, told):
    signed_in(client)
    download(client)  # what stays once it is loaded
    ours = peak(lambda: download(client))
    plain = peak(lambda: plainly(ann))
    told.append(f"memory: +{ours:4.1f} MiB = {ours / plain:4.2f}x a plain zipfile")
    assert ours < 32


def peak(call):
    """Return the most memory in use during a call, in MiB; with tracemalloc, as the process keeps what was freed."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


def download(client):
    """Read it as a server does: each piece is gone when the next is asked for."""
    for _ in client.post("/account/data/download/").streaming_content:
        pass


def test_the_number_of_queries_does_not_grow_with_the_rows(client, ann, told):
    signed_in(client)
    download(client)  # what the cache then knows
    many = queries_of(client)
    DetailChange.objects.filter(person=ann).delete()
    few = queries_of(client)
    assert len(few) <= len(many) <= len(few) + 1  # a kind with more than a thousand rows is asked for the rest at once
    asked = Counter(re.search(r'FROM "(\w+)"', sql)[1] for sql in many if 'FROM "' in sql)
    told.append(f"{len(many)} queries for {len(kinds())} kinds and all else: {dict(asked.most_common(4))} …")


def queries_of(client):
    with CaptureQueriesContext(connection) as context:
        download(client)
    return [query["sql"] for query in context.captured_queries]
