"""Adds remarks on numbers, letters and levels that changed, and on references to them."""

from collections.abc import Iterable, Iterator

from policies.texts.document import Line, Runs, block_lines
from policies.texts.importing.draft import Draft
from policies.texts.importing.marks import heading_marks, marks_of
from policies.texts.importing.outline import Renumbered, parts_of_number
from policies.texts.importing.references import KnownChanges, stale_references
from policies.texts.markup import Node, Part, text_of
from policies.texts.saying import gettext, ngettext

_SHOWN = 60


def place_of(number: int | None, heading: Runs = ()) -> str:
    """Return how remarks name a section, or the text before the first."""
    return (
        gettext("section %(number)s (%(heading)s)") % {"number": number, "heading": text_of(heading)}
        if number
        else gettext("before section 1")
    )


def tell_number_shown(draft: Draft, node: Part, heading: Runs, number: int) -> None:
    """Add a remark if a heading had an automatic number, as in Word, that differs from the site's."""
    label = node.attrs.get("typed", "") if isinstance(node, Node) else ""
    marks = heading_marks(f"{label} X")
    if label and not any(mark.value == number and not mark.is_letter for mark in marks):
        tell_heading(draft, label, heading, number)


def tell_heading(draft: Draft, label: str, heading: Runs, number: int) -> None:
    """Add a remark on a heading whose number changed."""
    words = text_of(heading)
    draft.remarks.append(
        gettext('"%(words)s" had number %(before)s and is section %(number)s now: look for references.')
        % {"words": words, "before": label.strip(".:() "), "number": number}
    )
    path = parts_of_number(label)[-1:]
    draft.renumbered.append(Renumbered(place_of(number, heading), label, f"{number}.", words, path))


def tell_renumbered(draft: Draft) -> None:
    """Add remarks for all numbers that changed, and for every reference to one."""
    draft.remarks += _changes([change for change in draft.renumbered if change.old_level])
    known = KnownChanges(draft.renumbered)
    found = ((where, *found) for where, lines in _texts(draft) for found in stale_references(lines, where, known))
    draft.references += dict.fromkeys(found)
    draft.remarks += [
        gettext('"…%(words)s…" may name a number that changed, %(where)s: %(change)s.')
        % {"words": words, "where": where, "change": change}
        for where, words, change in draft.references
    ]


def _texts(draft: Draft) -> Iterator[tuple[str, list[Line]]]:
    yield place_of(None), [*block_lines(draft.preamble)]
    for number, section in enumerate(draft.sections, 1):
        heading = Line("heading", section.heading)
        yield place_of(number, section.heading), [heading, *block_lines(section.blocks, number)]


def _changes(changes: Iterable[Renumbered]) -> Iterator[str]:
    """Yield one remark per run of items that changed alike, and one per item that changed level or kind."""
    for found in _neighbours(changes):
        if _is_plain(found[0]):
            words = ngettext("%(old)s is %(new)s now, %(where)s.", "%(old)s are %(new)s now, %(where)s.", len(found))
            old, new = _range([change.old for change in found]), _range([change.new for change in found])
            yield words % {"old": old, "new": new, "where": found[0].where}
        else:
            yield f'"{found[0].text[:_SHOWN]}" {_what_happened(found[0])}, {found[0].where}.'


def _neighbours(changes: Iterable[Renumbered]) -> Iterator[list[Renumbered]]:
    found: list[Renumbered] = []
    for change in changes:
        if found and not _follows(found[-1], change):
            yield found
            found = []
        found.append(change)
    if found:
        yield found


def _follows(above: Renumbered, change: Renumbered) -> bool:
    """Return whether two items follow each other in both numberings."""
    is_alike = _is_plain(above) and _is_plain(change)
    same = (above.where, above.old_level, above.old_path[:-1]) == (change.where, change.old_level, change.old_path[:-1])
    return is_alike and same and _is_next(above.old, change.old) and _is_next(above.new, change.new)


def _is_next(above: str, label: str) -> bool:
    """Return whether a number directly follows another: only the last part differs, by one."""
    (*before, last), (*before_too, last_too) = parts_of_number(above), parts_of_number(label)
    marks = [(mark.style, mark.value + 1) for mark in marks_of(f"({last}) X")]
    return before == before_too and any((mark.style, mark.value) in marks for mark in marks_of(f"({last_too}) X"))


def _is_plain(change: Renumbered) -> bool:
    return bool(change.old and change.new and change.old_level == change.new_level)


def _range(labels: list[str]) -> str:
    return (
        labels[0] if len(labels) == 1 else gettext("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}
    )


def _what_happened(change: Renumbered) -> str:
    old = gettext("number %(old)s") % {"old": change.old} if change.old else gettext("no number")
    if not change.new_level:
        return gettext("had %(old)s and is in no list now") % {"old": old}
    new = gettext("number %(new)s") % {"new": change.new} if change.new else gettext("no number")
    if change.old_level == change.new_level:
        return gettext("had %(old)s and has %(new)s now") % {"old": old, "new": new}
    return gettext("stood on level %(old_level)s with %(old)s and is on level %(new_level)s with %(new)s now") % {
        "old_level": change.old_level,
        "old": old,
        "new_level": change.new_level,
        "new": new,
    }
