"""A second reader, by other libraries, finds no figure, negation, struck or raised word that was lost or made."""

from collections import Counter
from pathlib import Path

import pytest

from policies.texts.document import document_lines
from policies.texts.importing import UnreadablePolicy, read_policy
from tests.making.policy_files import as_html, as_markdown, as_plain, as_word, made
from tests.making.second_reader import count, kept

KINDS = ["txt", "md", "html", "docx"]
SEEDS = range(12)
CASES = sorted(path for path in Path(__file__).with_name("data").glob("*") if path.suffix[1:] in KINDS)
# Files whose encoding or format the second reader does not know.
UNKNOWN = {"md-cp1252.md", "html-meta-cp1251.html", "docx-strict.docx"}
# What are typed numbers of headings to the importer, and words to the second reader.
NUMBERS = {"md-heading-paren.md": Counter({"1": 1, "2": 1})}


def written(folder, seed, kind):
    path = folder / f"made-{seed}.{kind}"
    if kind == "docx":
        as_word(made(seed), str(path))
    else:
        path.write_text({"txt": as_plain, "md": as_markdown, "html": as_html}[kind](made(seed)))
    return path


def shown(document):
    return "\n".join("".join(run.text for run in line.runs) for line in document_lines(document))


def explained(report, *actions):
    words = Counter()
    for change in report.changes:
        if change.action in actions:
            words += Counter({word.lower(): times for word, times in change.words.items()})
    return words


def raised(document):
    lines = document_lines(document)
    return Counter(
        (run.script, run.text.strip())
        for line in lines
        for part in line.cells or (line.runs,)
        for run in part
        if run.script
    )


def check(path):
    got, second = read_policy(path, struck="drop"), count(path)
    report, document = got.report, got.document
    assert report.is_complete, report.as_text()
    here, there = kept(shown(document)), kept(second.text)
    there -= NUMBERS.get(path.name, Counter())
    assert there - here <= explained(report, "dropped", "replaced"), there - here
    assert here - there <= explained(report, "added"), here - there
    struck = [text for look, text in second.looks if look == "struck"]
    dropped = [change for change in report.changes if change.what == "struck-through words"]
    assert sum((kept(text) for text in struck), Counter()) == kept(
        " ".join(word for change in dropped for word in change.words.elements())
    )
    if path.suffix != ".txt":
        assert raised(document) == Counter((look, text) for look, text in second.looks if look in ("super", "sub"))
    return struck


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_document_comes_in_whole(tmp_path, seed, kind):
    path = written(tmp_path, seed, kind)
    if check(path):
        with pytest.raises(UnreadablePolicy, match="struck"):
            read_policy(path)


def test_the_made_documents_hold_what_is_easily_lost(tmp_path):
    found = [count(written(tmp_path, seed, "html")) for seed in SEEDS]
    looks = Counter(look for counted in found for look, _ in counted.looks)
    assert all(looks[look] > 20 for look in ("struck", "super", "sub"))
    assert sum(kept(counted.text).total() for counted in found) > 500


@pytest.mark.parametrize("seed", SEEDS)
def test_one_text_is_the_same_in_every_kind_of_file(tmp_path, seed):
    texts = [shown(read_policy(written(tmp_path, seed, kind), struck="drop").document) for kind in ("md", "html")]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_case_comes_in_whole(path):
    if path.name in UNKNOWN:
        report = read_policy(path).report
        assert report.is_complete
    else:
        check(path)
