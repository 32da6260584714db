"""Hypothesis strategies for documents in normal form, and random edits of them."""

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from policies.texts.document import (
    LINE_BREAK,
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definition,
    Definitions,
    Document,
    KeyFact,
    KeyFacts,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    clean_text,
    inline,
)

# Few words, so that they meet again, and marks that could be taken for ours.
WORDS = [
    "the", "of", "and", "data", "you", "we", "30", "days", "keep", "partners", "café", "e.g.", "plum.example", "4.3",
    "(a)", "stop.", "first,", "*", "**", "[x]", "](y)", "|", "a|b", "\\", "#", "##", "-", ">", ">>", ":", "=", "==",
    "1.", "4.1", "E-mail:", "Telephone:", "•", "…", "^", "_", "{", "}", "\\^", "\\_x", "\\{ar}", "^2^",
]  # fmt: skip
words = st.sampled_from([*WORDS, LINE_BREAK])
# Spaces, an accent apart from its letter, invisible and right-to-left marks, and anything else there is.
odd = st.sampled_from("ae\u0301 \n\u200b\u061c\u202e\u2028*\\[|^_{")
oddities = st.text(st.one_of(odd, st.characters()), max_size=12)
sentences = st.one_of(
    st.lists(words, min_size=1, max_size=8).map(" ".join),
    oddities,
    st.lists(words, max_size=3).map("".join),
)
hrefs = st.sampled_from(["", "", "", "/cookies/", "https://plum.example/a(b)", "mailto:dpo@plum.example"])
scripts = st.sampled_from(["", "", "", "super", "sub"])
languages = st.sampled_from(["", "", "", "ar", "zh-Hant", "und-Hebr"])
raw_runs = st.one_of(
    st.builds(Run, sentences),
    st.builds(Run, sentences, strong=st.booleans(), emphasis=st.booleans(), href=hrefs, script=scripts),
)
empty_or_runs = st.lists(raw_runs, max_size=3).map(lambda runs: inline(*runs))
runs = empty_or_runs.filter(bool)
plain = sentences.map(lambda text: clean_text(text).strip())
names = plain.filter(bool)


def _below(items):
    below = st.lists(items, max_size=3).map(tuple)
    return st.one_of(st.builds(Clause, runs, below), st.builds(Bullet, runs, below))


items = st.recursive(st.one_of(st.builds(Clause, runs), st.builds(Bullet, runs)), _below, max_leaves=4)
clauses = st.builds(Clause, runs, st.lists(items, max_size=3).map(tuple))
bullets = st.builds(Bullet, runs, st.lists(items, max_size=3).map(tuple))


def several(strategy, most=3):
    return st.lists(strategy, min_size=1, max_size=most).map(tuple)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 3))
    rows = st.lists(empty_or_runs, min_size=columns, max_size=columns).map(tuple)
    return Table(draw(rows), draw(st.lists(rows, max_size=3).map(tuple)), draw(empty_or_runs))


contacts = st.builds(Contact, plain, st.lists(names, max_size=3).map(tuple), plain, plain).filter(
    lambda c: c != Contact("")
)
bare_blocks = st.one_of(
    st.builds(Paragraph, runs),
    st.builds(Bullets, several(bullets)),
    st.builds(Clauses, several(clauses)),
    st.builds(Definitions, several(st.builds(Definition, runs, runs))),
    st.builds(KeyFacts, several(st.builds(KeyFact, runs, runs))),
    tables(),
    st.builds(Notice, empty_or_runs, several(runs)),
    contacts,
)
blocks = st.builds(lambda block, lang: replace(block, lang=lang), bare_blocks, languages)
sections = st.builds(
    Section, runs, st.lists(blocks, max_size=3).map(tuple), st.sampled_from(["", *"abcdef"]), st.sampled_from(["", "x"])
)
documents = st.builds(
    Document, plain, st.lists(blocks, max_size=2).map(tuple), st.lists(sections, max_size=4).map(tuple), languages
)


def uniquely_keyed(document):
    keyed = (replace(section, key=f"key-{number}") for number, section in enumerate(document.sections))
    return replace(document, sections=tuple(keyed))


@st.composite
def edited_pairs(draw):
    """A document and what an editor with a restless hand made of it."""
    old = draw(st.one_of(documents, documents.map(uniquely_keyed)))
    fresh, hand = draw(documents), Random(draw(st.integers(0, 10**9)))
    return old, edited(old, fresh, hand)


def edited(document, fresh, hand: Random):
    kept = [section for section in document.sections if hand.random() < 0.85]
    changed = [_edited_section(section, hand) if hand.random() < 0.6 else section for section in kept]
    for section in fresh.sections[: hand.randrange(3)]:
        changed.insert(hand.randrange(len(changed) + 1), replace(section, key=""))
    for _ in range(hand.randrange(2) if changed else 0):
        changed.insert(hand.randrange(len(changed)), changed.pop(hand.randrange(len(changed))))
    if hand.random() < 0.1:
        changed = [replace(section, key="") for section in changed]
    title = " ".join(run.text for run in _edited(inline(document.title), hand))
    title = clean_text(title).strip()
    return Document(title, _edited_blocks(document.preamble, hand), tuple(changed), document.lang)


def _edited_section(section, hand):
    return replace(section, heading=_edited(section.heading, hand), blocks=_edited_blocks(section.blocks, hand))


def _edited_blocks(blocks, hand):
    kept = [_edited(block, hand) for block in blocks if hand.random() < 0.9]
    if kept and hand.random() < 0.2:
        kept.insert(hand.randrange(len(kept)), kept.pop())
    if hand.random() < 0.2:
        kept.insert(hand.randrange(len(kept) + 1), Paragraph(inline(" ".join(hand.choices(WORDS, k=5)))))
    return tuple(kept)


def _edited(part, hand):
    """Edit runs wherever they stand in a block; drop, repeat or swap the items of its lists."""
    match part:
        case (Run(), *_):
            return _edited_runs(part, hand) or part
        case Table(header, rows, caption):
            return Table(
                header, tuple(tuple(_edited(c, hand) for c in row) for row in _edited_items(rows, hand)), caption
            )
        case Paragraph(runs):
            return replace(part, runs=_edited(runs, hand))
        case Bullets(items) | Clauses(items) | Definitions(items) | KeyFacts(items):
            return replace(part, items=tuple(_edited(item, hand) for item in _edited_items(items, hand)))
        case Bullet(runs, items):
            return Bullet(_edited(runs, hand), tuple(_edited(item, hand) for item in items))
        case Clause(runs, below):
            return Clause(_edited(runs, hand), tuple(_edited(clause, hand) for clause in _edited_items(below, hand)))
        case Definition(term, meaning):
            return Definition(term, _edited(meaning, hand))
        case KeyFact(question, answer):
            return KeyFact(question, _edited(answer, hand))
        case Notice(heading, paragraphs):
            return Notice(heading, tuple(_edited(runs, hand) for runs in paragraphs))
    return part


def _edited_items(items, hand):
    kept = [item for item in items if hand.random() < 0.9] or list(items)
    if kept and hand.random() < 0.3:
        kept.insert(hand.randrange(len(kept) + 1), hand.choice(kept))
    return kept


def _edited_runs(runs, hand):
    words = [replace(run, text=word) for run in runs for word in _words(run.text)]
    return inline(*(after for word in words for after in _edited_word(word, hand)))


def _words(text):
    return [f"{word} " for word in text.split(" ")[:-1]] + text.split(" ")[-1:]


def _edited_word(word, hand):
    edits = {
        0: lambda: (),
        1: lambda: (replace(word, text=hand.choice(WORDS) + " "),),
        2: lambda: (word, Run(f" {hand.choice(WORDS)} ")),
        3: lambda: (replace(word, strong=not word.strong),),
        4: lambda: (replace(word, href="/new/"),),
        6: lambda: (replace(word, script="" if word.script else "super"),),
        7: lambda: (word, Run(LINE_BREAK)),
        5: lambda: (word, Run(hand.choice(WORDS))),
    }
    return edits.get(hand.randrange(40), lambda: (word,))()
