"""`data.json`: all of it for machines, each row on a line of its own. `schema.json` says what stands where."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from django.utils.translation import gettext

from accounts.personal_data.archive.article15 import facts
from accounts.personal_data.archive.gathering import Gathered, Held
from accounts.personal_data.collecting import Problem
from accounts.personal_data.register import Column, Kind

FORMAT: Final = "personal-data/1"


# Made once: `json.dumps` makes another for each row.
to_json: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def head(gathered: Gathered) -> dict[str, object]:
    """Return what data.json and manifest.json begin with."""
    return {"format": FORMAT, "made_at": gathered.made_at.isoformat(), "site": gathered.site}


def data_json(gathered: Gathered) -> Iterator[str]:
    """Yield data.json in pieces: who it is about, what the law asks for, and the rows of each kind."""
    told = {
        "address": gathered.address,
        "person": {"email": gathered.email, "name": gathered.name},
        "article_15": {fact.key: [str(line) for line in fact.lines] for fact in facts(gathered.controller)},
        "problems": [problem_json(problem) for problem in gathered.problems],
    }
    yield to_json(head(gathered) | told).removesuffix("}") + ', "kinds": {'
    for number, held in enumerate(gathered.held):
        yield (",\n" if number else "\n") + f"{to_json(held.kind.key)}: "
        yield from _kind(held)
    yield "\n}}\n"


def _kind(held: Held) -> Iterator[str]:
    told = kind_json(held.kind) | {"problems": [problem_json(problem) for problem in held.problems]}
    yield to_json(told).removesuffix("}") + ', "rows": ['
    names = [column.name for column in held.kind.exported]
    for number, row in enumerate(held.rows):
        yield (",\n" if number else "\n") + to_json(dict(zip(names, row, strict=True)))
    yield "]}"


def kind_json(kind: Kind) -> dict[str, object]:
    """Return what the register says of a kind."""
    return {
        "title": str(kind.title),
        "what": str(kind.what),
        "why": str(kind.why),
        "lawful_basis": kind.basis.value,
        "kept": kind.retention.words,
        "recipients": [str(name) for name in kind.receivers],
        "when_your_account_is_closed": f"{kind.erasure.words}. {kind.why_kept}".strip(),
        "columns": {column.name: column_words(column) for column in kind.exported},
        "left_out": {column.name: f"{column.words}. {column.why_not}" for column in kind.left_out},
    }


def column_words(column: Column) -> str:
    if not column.masks:
        return str(column.words)
    return gettext("%(words)s (not shown: %(masks)s)") % {"words": column.words, "masks": column.masks}


def problem_json(problem: Problem) -> dict[str, object]:
    return {name: value or None for name, value in asdict(problem).items()}
