"""What deploy/watching/ asks of Prometheus is there: every figure, every label, and rules that its own tool reads."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "watching"
ASKED = re.compile(r"(plum_\w+)(?:\{(\w+)!?=\"([^\"]*)\")?")
# Only with https and with PostgreSQL's pool.
ELSEWHERE = {
    "plum_certificate_end_timestamp_seconds",
    "plum_database_requests_waiting",
    "plum_database_pool_size",
    "plum_database_pool_available",
    "plum_due_tasks",
}


def expressions() -> list[str]:
    board = json.loads((FOLDER / "dashboard.json").read_text())
    of_panels = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return of_panels + re.findall(r"expr: (.*)", (FOLDER / "alerts.yml").read_text())


@pytest.mark.django_db
def test_every_figure_that_is_asked_for_is_said(client, settings):
    settings.SITE_URL = "http://testserver"
    families = list(text_string_to_metric_families(client.get("/metrics").text))
    samples = [sample for family in families for sample in family.samples]
    said = {sample.name for sample in samples}
    labelled = {(sample.name, name, value) for sample in samples for name, value in sample.labels.items()}
    asked = [found.groups() for one in expressions() for found in ASKED.finditer(one)]
    assert len(asked) > 30
    assert {name for name, *_ in asked} - said - ELSEWHERE == set()
    assert {one for one in asked if one[1] and one not in labelled} == set()


def test_a_dashboard_has_a_place_for_each_panel_and_none_twice():
    board = json.loads((FOLDER / "dashboard.json").read_text())
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places)
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in board["panels"])
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


@pytest.fixture
def promtool() -> str:
    found = shutil.which("promtool")
    if not found:
        pytest.skip("needs promtool, of Debian's package prometheus")
    return found


def run(*words: str, cwd: Path) -> str:
    """Return what a command says; nothing of it is wrong if it starts with “0”."""
    ran = subprocess.run(words, check=False, cwd=cwd, capture_output=True, text=True)
    return f"{ran.returncode} {ran.stdout}{ran.stderr}"


def test_the_rules_hold_what_their_own_tests_say(promtool):
    assert run(promtool, "test", "rules", "alerts_test.yml", cwd=FOLDER).startswith("0 ")


def test_prometheus_reads_its_configuration_and_what_the_dashboard_asks(promtool, tmp_path):
    assert run(promtool, "check", "config", "--syntax-only", "prometheus.yml", cwd=FOLDER).startswith("0 ")
    rules = [{"record": f"panel:{number}", "expr": one} for number, one in enumerate(expressions())]
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
    assert run(promtool, "check", "rules", "rules.yml", cwd=tmp_path).startswith("0 ")
