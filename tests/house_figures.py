"""Prints what can be counted about the code of a checkout: `python -m tests.house_figures [CHECKOUT]`.

Counted is what runs on a server: the four packages without migrations, settings and tests.
"""

import ast
import re
import statistics
import sys
import tomllib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

PACKAGES = ("plum", "home", "policies", "accounts")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class House:
    """The files of a checkout, read and parsed once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        paths = [path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]
        self.all = {path: path.read_text() for path in paths}
        self.text = {path: text for path, text in self.all.items() if text.strip() and self.is_counted(path)}
        self.tree = {path: ast.parse(text) for path, text in self.text.items()}

    def is_counted(self, path: Path) -> bool:
        parts = path.relative_to(self.root).parts
        return "migrations" not in parts and parts[:2] != ("plum", "settings")

    @cached_property
    def functions(self) -> list[tuple[Path, Function]]:
        return [
            (path, node) for path, tree in self.tree.items() for node in ast.walk(tree) if isinstance(node, Function)
        ]

    @property
    def lines(self) -> list[str]:
        return [line for _, line in self.numbered]

    @cached_property
    def numbered(self) -> list[tuple[str, str]]:
        """Each line with its place, as in `home/urls.py:3`."""
        return [
            (f"{path.relative_to(self.root)}:{number}", line)
            for path, text in self.text.items()
            for number, line in enumerate(text.splitlines(), 1)
        ]

    def loose(self, package: str) -> int:
        """Files at the top of a package; what only makes it one does not count."""
        return sum(path.parent == self.root / package and path.name != "__init__.py" for path in self.text)

    def rooms(self, package: str) -> int:
        """Folders in a package that hold code."""
        top = self.root / package
        return len({path.parent for path in self.text if path.is_relative_to(top)} - {top})

    def contracts(self) -> list[tuple[int, str]]:
        """How many layers each import contract has, and its name."""
        settings = tomllib.loads((self.root / "pyproject.toml").read_text())
        contracts = settings.get("tool", {}).get("importlinter", {}).get("contracts", [])
        return [(len(contract.get("layers", [])), contract["name"]) for contract in contracts]


def modules_of(house: House) -> dict[str, Path]:
    names = {}
    for path in house.all:
        parts = path.relative_to(house.root).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def imports(tree: ast.Module, module: str, is_package: bool, *, late: bool) -> Iterator[str]:
    """The dotted names that a module imports at run time; `late` adds those that a function imports when called."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".") if is_package else module.split(".")[:-1]
            start = ".".join(base[: len(base) + 1 - node.level]) if node.level else ""
            source = ".".join(part for part in (start, node.module or "") if part)
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif late or not isinstance(node, Function | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def graph(house: House, *, late: bool) -> dict[str, set[str]]:
    modules = modules_of(house)
    edges: dict[str, set[str]] = {}
    for module, path in modules.items():
        if path in house.tree:
            named = imports(house.tree[path], module, path.name == "__init__.py", late=late)
            edges[module] = {name for name in named if name in modules and name != module}
    return edges


def circles(edges: dict[str, set[str]]) -> list[set[str]]:
    """Groups of modules of which each reaches each other."""
    reach = {module: reached(edges, module) for module in edges}
    found: list[set[str]] = []
    for module in edges:
        group = {other for other in reach[module] if module in reach.get(other, ())}
        if group and group | {module} not in found:
            found.append(group | {module})
    return found


def reached(edges: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += edges.get(module, ())
    return seen


Documented = ast.Module | ast.ClassDef | Function


def share(nodes: Sequence[Documented]) -> float:
    """The share of some nodes that have a docstring, in per cent."""
    return 100 * sum(ast.get_docstring(node) is not None for node in nodes) / max(len(nodes), 1)


def share_in_words(nodes: Sequence[Documented]) -> str:
    documented = sum(ast.get_docstring(node) is not None for node in nodes)
    return f"{share(nodes):.0f} % ({documented} of {len(nodes)})"


def spread(numbers: list[int]) -> str:
    numbers = sorted(numbers)
    return f"{statistics.median(numbers):g} / {numbers[int(len(numbers) * 0.9)]} / {numbers[-1]}"


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """What a function does itself, without what functions inside it do."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


def raises(function: Function) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc is not None for node in own_nodes(function))


def says_so(function: Function) -> bool:
    return bool(re.search(r"\bRaises\b", ast.get_docstring(function) or ""))


ANY, IGNORE = re.compile(r"\bAny\b"), re.compile(r"#\s*type:\s*ignore")
IMPORT = re.compile(r"\s*(from|import)\b")


def said(house: House, words: re.Pattern[str]) -> list[str]:
    """Where some words stand in the code, imports aside; a line with two of them counts twice."""
    return [place for place, line in house.numbered if not IMPORT.match(line) for _ in words.findall(line)]


def public(house: House) -> list[tuple[Path, Function]]:
    return [(path, node) for path, node in house.functions if not node.name.startswith("_")]


def classes(house: House) -> list[ast.ClassDef]:
    return [node for tree in house.tree.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def silent(house: House) -> list[str]:
    """Public functions that raise without saying so, with their places."""
    found = [(path, node) for path, node in public(house) if raises(node) and not says_so(node)]
    return [f"{path.relative_to(house.root)}:{node.lineno} {node.name}" for path, node in found]


def report(house: House) -> Iterator[str]:
    functions = [node for _, node in public(house)]
    layers, contract = max(house.contracts(), default=(0, "none"))
    long = sum(len(line) > 100 for line in house.lines)
    yield f"files / lines: {len(house.text)} / {len(house.lines)}"
    for package in PACKAGES:
        yield f"{package}: {house.loose(package)} loose files at its top, {house.rooms(package)} rooms"
    yield f"rooms in all: {sum(house.rooms(package) for package in PACKAGES)}"
    yield f"import contracts: {len(house.contracts())}; layers in the longest: {layers} ({contract})"
    for late, words in ((False, "at import"), (True, "with imports in functions")):
        groups = [len(group) for group in circles(graph(house, late=late))]
        yield f"files in circles, {words}: {sum(groups)} (of which together: {groups})"
    yield f"file lines, median / p90 / max: {spread([len(text.splitlines()) for text in house.text.values()])}"
    yield f"function lines, median / p90 / max: {spread([length(node) for _, node in house.functions])}"
    yield f"functions over 50 lines: {sum(length(node) > 50 for _, node in house.functions)}"
    yield f"Any: {len(said(house, ANY))}; type: ignore: {len(said(house, IGNORE))}"
    yield f"docstrings of modules: {share_in_words(list(house.tree.values()))}"
    yield f"docstrings of classes: {share_in_words(classes(house))}"
    yield f"docstrings of public functions: {share_in_words(functions)}"
    yield f"longest line: {max(map(len, house.lines))}"
    yield f"lines over 100 columns: {100 * long / len(house.lines):.1f} % ({long})"
    yield f"public functions that raise: {sum(map(raises, functions))}; without saying so: {len(silent(house))}"


def length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


if __name__ == "__main__":
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    sys.stdout.write("\n".join(report(House(root))) + "\n")
