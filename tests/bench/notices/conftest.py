"""What the benchmarks of notices share: databases, a mail server, and a place on the terminal for their tables."""

from contextlib import nullcontext
from dataclasses import dataclass

import pytest

from tests.bench.notices import places, sink
from tests.bench.notices.places import Place


@pytest.fixture(scope="session")
def tell(request):
    """`tell(line)` prints a line, whatever pytest captures."""
    plugins = request.config.pluginmanager

    def told(line: str) -> None:
        with plugins.getplugin("capturemanager").global_and_fixture_disabled():
            plugins.getplugin("terminalreporter").write_line(line)

    return told


@pytest.fixture(scope="session")
def skip(tell):
    """`skip(reason)` says so where it is seen, and skips."""

    def skipped(reason: str) -> None:
        tell(f"\nSKIPPED {reason}")
        pytest.skip(reason)

    return skipped


@dataclass
class Databases:
    """`postgresql` is None where there is no server."""

    sqlite: Place
    postgresql: Place | None


@pytest.fixture(scope="session")
def databases(tell):
    """Both are built at the same time, which takes half a minute."""
    missing = places.why_no_postgresql()
    if missing:
        tell(f"\nSKIPPED the notices on PostgreSQL: {missing}")
    with places.sqlite() as sqlite, nullcontext() if missing else places.postgresql() as postgresql:
        found = [place for place in (sqlite, postgresql) if place]
        for place in found:
            place.first.start("build")
        for place in found:
            place.first.result()
        yield Databases(sqlite, postgresql)


@pytest.fixture(scope="session")
def sqlite(databases):
    return databases.sqlite


@pytest.fixture(scope="session")
def postgresql(databases):
    return databases.postgresql or pytest.skip("no PostgreSQL")


@pytest.fixture(scope="session")
def smtp_port(skip):
    if not sink.SINK:
        skip(f"sending notices: {sink.MISSING}")
    with sink.running_sink() as port:
        yield port
