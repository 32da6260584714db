"""Marks the named exceptions: each must fail, and each must be there."""

import pytest
from exceptions import EXCEPTIONS

WHY = {f"tests/apps/{name}": reason for reason, names in EXCEPTIONS.items() for name in names}


def pytest_collection_modifyitems(items):
    found = set()
    for item in items:
        name = item.nodeid if item.nodeid in WHY else item.nodeid.partition("[")[0]
        if name in WHY:
            found.add(name)
            item.add_marker(pytest.mark.xfail(strict=True, reason=WHY[name]))
    if missing := WHY.keys() - found:
        raise pytest.UsageError(f"No such test any more, take it out of the exceptions: {', '.join(sorted(missing))}")
