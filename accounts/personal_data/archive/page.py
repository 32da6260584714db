"""`index.html`: all of it for people, in one page that needs nothing else, on a screen or on paper."""

from collections.abc import Iterator, Sequence
from html import escape

from django.template.loader import render_to_string

from accounts.personal_data.archive.article15 import facts
from accounts.personal_data.archive.gathering import Gathered, Held
from accounts.personal_data.archive.readme import where
from accounts.personal_data.archive.showing import Show, shows
from accounts.values.country import ITS_CLOCKS
from accounts.values.wording import saying_moments


def page(gathered: Gathered) -> Iterator[str]:
    """Return the page in pieces: a template for its rows, which may be very many, would take seconds."""
    full = [held for held in gathered.held if not held.is_empty]
    context = {
        "gathered": gathered,
        "clocks": ITS_CLOCKS,
        "full": full,
        "empty": [held for held in gathered.held if held.is_empty],
        "facts": facts(gathered.controller),
        "problems": [(where(problem), problem.reason) for problem in gathered.problems],
    }
    yield render_to_string("accounts/data/archive/top.html", context)
    for held in full:
        yield from _section(held)
    yield render_to_string("accounts/data/archive/bottom.html", context)


def _section(held: Held) -> Iterator[str]:
    problems = [(where(problem), problem.reason) for problem in held.problems]
    yield render_to_string("accounts/data/archive/kind.html", {"held": held, "kind": held.kind, "problems": problems})
    columns = shows(held.kind, saying_moments())
    titles = [escape(str(column.words)) for column in held.kind.exported]
    if titles and held.rows:
        yield from _list(held, titles, columns) if len(held.rows) == 1 else _table(held, titles, columns)
    yield "</section>\n"


def _list(held: Held, titles: Sequence[str], columns: list[Show]) -> Iterator[str]:
    yield '<dl class="row">'
    for row in held.rows:
        for title, show, value in zip(titles, columns, row, strict=True):
            yield f"<div><dt>{title}</dt><dd>{_cell(show, value)}</dd></div>"
    yield "</dl>"


def _table(held: Held, titles: Sequence[str], columns: list[Show]) -> Iterator[str]:
    key = held.kind.key
    yield f'<div class="wide" tabindex="0" role="group" aria-labelledby="kind-{key}"><table><thead><tr>'
    yield "".join(f'<th scope="col">{title}</th>' for title in titles)
    yield "</tr></thead><tbody>\n"
    for row in held.rows:
        cells = (f"<td>{_cell(show, value)}</td>" for show, value in zip(columns, row, strict=True))
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody></table></div>"


def _cell(show: Show, value: object) -> str:
    return escape(show(value)) or "–"
