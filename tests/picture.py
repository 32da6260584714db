"""Draws the rooms of the house from the import contracts and the real imports: `python -m tests.picture FILE`.

The picture stands in FILE between two marks. Each line is a room; the rooms it may know stand below it, and behind
the arrow are those that it does know.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grimp import ImportGraph, build_graph

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- picture: make picture -->", "<!-- end of picture -->"
# What every house has; they say nothing about its rooms.
LEFT_OUT = {"migrations", "apps", "urls", "wagtail_hooks", "management", "templatetags", "signal_handlers"}


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return [contract for contract in settings["contracts"] if contract["type"] == "layers"]


def layers_of(contract: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield each house of a contract, and its layers from top to bottom, each a line of rooms side by side."""
    for house in contract.get("containers", [""]):
        yield house, list(contract["layers"])


def rooms_in(layer: str) -> list[str]:
    return [room.strip() for room in layer.replace(":", "|").split("|")]


def room_of(module: str, rooms: list[str]) -> str:
    """Return the innermost of the rooms in which a module stands; nothing for one that stands in none."""
    inside = [room for room in rooms if module == room or module.startswith(f"{room}.")]
    return max(inside, key=len, default="")


def arrows(graph: ImportGraph, rooms: list[str]) -> dict[str, set[str]]:
    """Return for each room the others whose modules its own import."""
    known: dict[str, set[str]] = {room: set() for room in rooms}
    for module in graph.modules:
        if own := room_of(module, rooms):
            for imported in graph.find_modules_directly_imported_by(module):
                known[own].add(room_of(imported, rooms))
    return {room: others - {"", room} for room, others in known.items()}


def draw() -> str:
    graph = build_graph("plum", "home", "policies", "accounts", exclude_type_checking_imports=False)
    drawn = [lines for contract in contracts() for lines in draw_contract(graph, contract)]
    return "\n\n".join("\n".join(lines) for lines in drawn)


def draw_contract(graph: ImportGraph, contract: dict[str, Any]) -> Iterator[list[str]]:
    for house, layers in layers_of(contract):
        prefix = f"{house}." if house else ""
        shown = [[name for name in rooms_in(layer) if name not in LEFT_OUT] for layer in layers]
        order = [f"{prefix}{name}" for line in shown for name in line]
        known = arrows(graph, order)
        floors = [[described(prefix, name, known, order) for name in line] for line in shown if line]
        yield framed(house or "packages", floors)


def described(prefix: str, name: str, known: dict[str, set[str]], order: list[str]) -> str:
    below = [room.removeprefix(prefix) for room in order if room in known[f"{prefix}{name}"]]
    return f"{name:<14} {'→ ' + ', '.join(below) if below else ''}".rstrip()


def framed(title: str, floors: list[list[str]]) -> list[str]:
    """Draw a house, a floor for each layer."""
    width = max(len(line) for floor in floors for line in floor) + 2
    between = f"├{'─' * width}┤"
    lines = [title, f"┌{'─' * width}┐"]
    for floor in floors:
        lines += [f"│ {line:<{width - 1}}│" for line in floor] + [between]
    return [*lines[:-1], f"└{'─' * width}┘"]


def put_into(text: str, picture: str) -> str:
    """Return the text with the picture between its marks.

    Raises:
        ValueError: the text has no such marks.
    """
    before, after = text.index(BEGIN) + len(BEGIN), text.index(END)
    return f"{text[:before]}\n```text\n{picture}\n```\n{text[after:]}"


def climbs(picture: str) -> list[str]:
    """Return the arrows of a picture that lead up, which the contracts forbid."""
    found = []
    for house in picture.split("\n\n"):
        lines = [line.strip("│ ") for line in house.splitlines() if line.startswith("│")]
        names = [line.split()[0] for line in lines]
        for line in lines:
            room, _, below = line.partition("→")
            told = [name.strip() for name in below.split(",") if name.strip()]
            found += [f"{room.strip()} → {to}" for to in told if names.index(to) < names.index(room.strip())]
    return found


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(put_into(target.read_text(), draw()))
