"""What an operator sees of the store, and a developer in the browser."""

import os
import subprocess
import sys

import pytest

from home.finished_pages import figures
from home.finished_pages.timing import timed
from tests.making.finished_pages import PAGE, Application, Raised, a_store, ask, lose
from tests.plum.starting import ROOT


def values(store):
    return {figure.name.removeprefix(figures.PREFIX): figure.value for figure in figures.figures_of(store)}


def test_hits_misses_and_pages_made_are_counted():
    store = a_store()
    for path in ("/policies/privacy/", "/policies/privacy/", "/policies/terms/", "/account/login/"):
        ask(store, path)
    found = values(store)
    assert (found["hits_total"], found["misses_total"], found["made_total"], found["kept"]) == (1, 2, 2, 2)
    assert found["bytes"] > 2 * len(PAGE)
    assert found["most_bytes"] == 1_000_000
    assert (found["passes_total"], found["dropped_total"], found["database_away"]) == (0, 0, 0)
    store.counts.unwatched = 3
    assert values(store)["unwatched_total"] == 3


def test_what_is_not_kept_and_what_made_room_is_counted():
    private = a_store(Application(headers=[]))
    for _ in range(3):
        ask(private)
    assert (values(private)["made_total"], values(private)["passes_total"]) == (1, 2)
    small = a_store(most=40_000)
    for number in range(30):
        ask(small, f"/{number}/")
    assert values(small)["dropped_total"] > 10


def test_the_generation_says_how_late_it_was_heard():
    raised = Raised()
    store = a_store(source=raised)
    at = store.generation.at
    raised.now["all"] = int((at - 0.25) * 1_000_000)
    raised.was_changed = True
    ask(store)
    found = values(store)
    assert found["generation"] == raised.now["all"]
    assert found["generation_lag_seconds"] == pytest.approx(0.25, abs=0.001)
    raised.was_changed = True
    store.generation.at += 60
    ask(store)
    assert values(store)["generation_lag_seconds"] == pytest.approx(0.25, abs=0.001)  # nothing new was heard


def test_a_database_that_is_away_is_seen():
    raised = Raised()
    store = a_store(source=raised)
    ask(store)
    lose(store.generation, raised, OSError("connection refused"))
    assert values(store)["database_away"] == 1


@pytest.mark.django_db
def test_an_operator_reads_them_with_the_other_figures_of_the_site(client, monkeypatch):
    monkeypatch.setattr(figures, "_looked_at", [])
    monkeypatch.setattr("accounts.figures._counters", [])
    assert "plum_finished_pages" not in client.get("/metrics").text
    store = a_store()
    figures.look_at(store)
    for _ in range(3):
        ask(store)
    said = client.get("/metrics").text
    process = f'{{process="{os.getpid()}"}}'
    assert f"plum_finished_pages_hits_total{process} 2.0" in said
    assert f"plum_finished_pages_made_total{process} 1.0" in said
    assert f"plum_finished_pages_database_away{process} 0.0" in said
    assert "# TYPE plum_finished_pages_hits_total counter" in said


def test_a_developer_sees_in_the_browser_what_the_store_did():
    store = a_store()
    shown = timed(store)
    said = [ask(shown).headers["Server-Timing"], ask(shown).headers["Server-Timing"]]
    said.append(ask(shown, "/account/").headers["Server-Timing"])
    assert [one.partition(";dur")[0] for one in said] == [
        'store;desc="made"',
        'store;desc="hit"',
        'store;desc="passed"',
    ]
    assert 'hits;desc="1", misses;desc="1", made;desc="1"' in said[1]
    assert "generation;desc=" in said[1]
    assert "lag;dur=" in said[1]


@pytest.mark.parametrize(
    ("megabytes", "debug", "name"), [("", "1", "WSGIHandler"), ("8", "1", "function"), ("", "0", "FinishedPages")]
)
def test_with_debug_pages_are_kept_only_where_that_is_asked_for(megabytes, debug, name, tmp_path):
    look = "from plum.wsgi import application; print(type(application.application).__name__)"
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path), "DEBUG": debug}
    env |= {"DJANGO_SETTINGS_MODULE": "plum.settings.dev", "FINISHED_PAGES_MB": megabytes}
    found = subprocess.run([sys.executable, "-c", look], env=env, capture_output=True, text=True, check=False)
    assert found.stdout.strip() == name, found.stderr
