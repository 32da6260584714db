"""Files and names that a page of the documentation speaks of, and whether they are there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# `folder/`, `folder/file.py` or `folder/file.py::name`; a word with a slash of one of our packages.
NAMED = re.compile(r"`((?:plum|home|policies|accounts|templates|tests|docs|deploy)/[\w./-]*(?:::[\w.]+)?)`")


def missing(text: str) -> list[str]:
    """Return what a page names and the repository does not have, in the page's order."""
    return [name for name in NAMED.findall(text) if not is_there(name)]


def is_there(name: str) -> bool:
    path, _, thing = name.partition("::")
    return (ROOT / path).exists() and (not thing or thing in names_in(ROOT / path))


def names_in(path: Path) -> set[str]:
    """What a module defines: functions, classes with their methods, and values."""
    found: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found
