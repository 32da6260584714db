"""How long a redline takes, beside difflib and Wagtail's own comparison on the same words in the same run.

Run with `pytest -o addopts="" tests/bench/test_redline_speed.py`. Nothing here fails for being slow: machines differ.
"""

from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate
from random import Random
from time import perf_counter

import pytest
from wagtail.admin.compare import diff_text

from policies.texts.document import Clause, Clauses, Document, Paragraph, Section, Table, canonical_text, inline
from policies.texts.redline import compare, compare_texts

CHANCE = Random(7)
VOCABULARY = ["".join(CHANCE.choices("abcdefghilmnoprstu", k=2 + rank % 8)) + str(rank % 7) for rank in range(6000)]
# Words are as common as in prose (Zipf): a few are everywhere, most hardly ever.
FREQUENCY = list(accumulate(1 / (rank + 3) for rank in range(len(VOCABULARY))))


def sentence(size=25):
    return " ".join(CHANCE.choices(VOCABULARY, cum_weights=FREQUENCY, k=size)) + "."


def section(name, lines):
    """A fifth of its lines are rows of a table, of 25 words in three cells like the others."""
    rows = lines // 5
    clauses = Clauses(tuple(Clause(inline(sentence())) for _ in range(lines // 2)))
    paragraphs = tuple(Paragraph(inline(sentence())) for _ in range(lines - lines // 2 - rows))
    return Section(inline(sentence(4)), (clauses, *paragraphs, *a_table(rows)), f"key-{name}")


def a_table(rows):
    header = tuple(inline(sentence(2)) for _ in range(3))
    return [Table(header, tuple(cells() for _ in range(rows)))] if rows else []


def cells():
    return tuple(inline(sentence(size)) for size in (5, 10, 10))


def policy(words, sections):
    lines = words // 25 // sections
    return Document("Privacy policy", (), tuple(section(name, lines) for name in range(sections)))


def amended(document, lines=0.15, words=0.12):
    """Change about 2% of the words, in about 15% of the lines; move a section and add one."""
    sections = [
        replace(part, blocks=tuple(_amended(b, lines, words) for b in part.blocks)) for part in document.sections
    ]
    if len(sections) > 5:
        sections.insert(2, section("new", 4))
        sections.append(sections.pop(5))
    return replace(document, sections=tuple(sections))


def _amended(block, lines, words):
    match block:
        case Paragraph(runs):
            return Paragraph(_amended_runs(runs, lines, words))
        case Clauses(items):
            return Clauses(tuple(Clause(_amended_runs(item.runs, lines, words)) for item in items))
        case Table(header, rows):
            return Table(header, tuple(tuple(_amended_runs(cell, lines / 3, words) for cell in row) for row in rows))


def _amended_runs(runs, lines, words):
    if CHANCE.random() > lines:
        return runs
    old = runs[0].text.split()
    return inline(" ".join(word if CHANCE.random() > words else sentence(1) for word in old))


def with_a_column_more(document):
    return replace(
        document, sections=tuple(replace(s, blocks=tuple(map(_widened, s.blocks))) for s in document.sections)
    )


def _widened(block):
    if not isinstance(block, Table):
        return block
    rows = tuple((*row[:1], inline(sentence(3)), *row[1:]) for row in block.rows)
    return Table((*block.header[:1], inline(sentence(2)), *block.header[1:]), rows)


def one_paragraph(text):
    return Document("Terms", (Paragraph(inline(text)),), ())


def rekeyed(document):
    return replace(document, sections=tuple(replace(s, key="", heading=inline(sentence(4))) for s in document.sections))


def cases():
    small, middling, large, single = policy(2_500, 10), policy(10_000, 10), policy(50_000, 20), policy(50_000, 1)
    long_text = sentence(50_000)
    middle = long_text.split()
    middle[25_000] = "amended"
    return {
        "2,500 words, amended": (small, amended(small)),
        "10,000 words, amended": (middling, amended(middling)),
        "50,000 words, amended": (large, amended(large)),
        "50,000, amended, one section": (single, amended(single)),
        "50,000, imported anew": (large, rekeyed(amended(large))),
        "50,000, every line changed": (large, amended(large, lines=1)),
        "50,000, a column more each table": (large, with_a_column_more(large)),
        "50,000, everything different": (large, policy(50_000, 20)),
        "50,000, one section, different": (single, policy(50_000, 1)),
        "one paragraph, changed inside": (one_paragraph(long_text), one_paragraph(" ".join(middle))),
        "one paragraph, 2% changed": (
            one_paragraph(long_text),
            one_paragraph(_amended_runs(inline(long_text), 1, 0.02)[0].text),
        ),
        "one paragraph, different": (one_paragraph(long_text), one_paragraph(sentence(50_000))),
    }


def rubbish():
    own = canonical_text(policy(10_000, 20))
    shuffled = own.split()
    CHANCE.shuffle(shuffled)
    around = sentence(170_000)
    return own, {
        "2 MB of other words": sentence(400_000)[:2_000_000],
        "2 MB of one-letter lines": "a\n" * 1_000_000,
        "2 MB of copies": (own * 40)[:2_000_000],
        "2 MB, the policy inside": f"{around}\n{own}\n{around}"[:2_000_000],
        "2 MB of its words shuffled": (" ".join(shuffled) * 40)[:2_000_000],
        "2 MB without a space": "".join(map(chr, CHANCE.choices(range(33, 900), k=1_200_000))),
    }


CASES = cases()
AMENDED = list(CASES)[:3]
OWN, RUBBISH = rubbish()


@pytest.fixture(scope="module")
def table(request):
    rows = []
    yield rows
    plugins = request.config.pluginmanager
    with plugins.getplugin("capturemanager").global_and_fixture_disabled():
        for line in ("", *map(_row, rows)):
            plugins.getplugin("terminalreporter").write_line(line)


def _row(row):
    name, ours, *rivals = row
    told = [f"{rival} {seconds * 1000:8.0f} ms = {seconds / ours:6.1f}x" for rival, seconds in rivals]
    return f"{name:32} {ours * 1000:8.1f} ms   " + "   ".join(told)


def seconds(call, *args):
    start = perf_counter()
    call(*args)
    return perf_counter() - start


def difflib_words(old, new):
    return SequenceMatcher(None, old.split(), new.split()).get_opcodes()


def wagtail_words(old, new):
    return diff_text(old, new).to_html()


@pytest.mark.parametrize("name", AMENDED)
def test_an_amended_policy_beside_difflib_and_wagtail(benchmark, table, name):
    old, new = CASES[name]
    redline = benchmark(compare, old, new)
    assert (redline.moved_sections, redline.added_sections, redline.removed_sections) == (1, 1, 0)
    texts = canonical_text(old), canonical_text(new)
    rivals = [("difflib", seconds(difflib_words, *texts))]
    if name != AMENDED[-1]:  # Wagtail takes minutes for so many words
        rivals.append(("Wagtail", seconds(wagtail_words, *texts)))
    table.append((name, benchmark.stats["median"], *rivals))


@pytest.mark.parametrize("name", list(CASES)[3:])
def test_the_worst_cases(benchmark, table, name):
    redline = benchmark.pedantic(compare, CASES[name], rounds=3, warmup_rounds=1)
    assert not redline.is_empty
    table.append((name, benchmark.stats["median"]))


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_pasted_against_a_policy_of_10000_words(benchmark, table, name):
    pieces = benchmark.pedantic(compare_texts, (OWN, RUBBISH[name]), rounds=3, warmup_rounds=1)
    assert pieces
    table.append((name, benchmark.stats["median"]))
