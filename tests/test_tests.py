"""How the tests themselves are kept: makers in modules, fixtures in conftests, and no test leaning on another."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import settings

TESTS = Path(__file__).parent
FILES = sorted(path for path in TESTS.rglob("*.py") if "bench" not in path.parts)
CONFTESTS = [path for path in FILES if path.name == "conftest.py"]


def name_of(path: Path) -> str:
    return str(path.relative_to(TESTS))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module or ''}"
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def test_nothing_is_imported_from_a_test_or_a_conftest():
    tests = {path.stem for path in FILES if path.stem.startswith("test_")} | {"conftest"}
    for path in FILES:
        ours = [name for name in imported(path) if name.startswith((".", "tests"))]
        assert not tests & {part for name in ours for part in name.split(".")}, name_of(path)


def test_a_conftest_holds_fixtures_and_hooks_only():
    for path in CONFTESTS:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                fixture = any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)
                assert fixture or node.name.startswith("pytest_"), f"{name_of(path)}: {node.name} belongs in a module"


# They wait for processes, or are commands of their own; a limit there only ends what hangs.
CLOCKED = {"policies/notices/crew.py", "same_site/standing_still.py", "rubbish/__main__.py", "slow_clients.py"}


def test_no_test_measures_time():
    """Work is counted instead (`tests/making/work.py`, `tests/making/clock.py`); the benches measure."""
    clocks = re.compile(r"\btime\.monotonic\(|perf_counter|process_time|thread_time|\btimeit\b")
    suite = [path for path in FILES if not {"journeys", "bench"} & {*path.parts} and path != Path(__file__)]
    assert {name_of(path) for path in suite if clocks.search(path.read_text())} <= CLOCKED


def test_no_example_of_hypothesis_has_a_deadline():
    assert settings.default.deadline is None
    assert not [name_of(path) for path in FILES if "deadline=" in path.read_text() and path.parent != TESTS]
