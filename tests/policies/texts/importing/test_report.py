"""The report: figures, remarks, every change with its words, and what nothing explains."""

from collections import Counter

from policies.texts.importing import Change, Report


def report(**different):
    figures = dict.fromkeys(("sections", "lists", "items", "paragraphs", "tables", "links", "numbers"), 1)
    rest = {"words_in": 4, "words_out": 3, "lost": Counter(), "added": Counter(), "changes": (), "remarks": ()}
    return Report(**({"kind": "HTML", "encoding": "UTF-8"} | figures | rest | different))


def test_a_lost_word_is_explained_by_what_was_dropped_and_not_by_more():
    change = Change("dropped", "a menu", "on the page", Counter(home=1))
    found = report(lost=Counter(home=2, policy=1), changes=(change,))
    assert found.unexplained == Counter(home=1, policy=1)
    assert not found.is_complete
    assert report(lost=Counter(home=1), changes=(change,)).is_complete


def test_an_added_word_is_explained_only_by_what_was_put_in():
    dropped = Change("dropped", "a menu", "on the page", Counter(home=1))
    assert report(added=Counter(home=1), changes=(dropped,)).unexplained_additions == Counter(home=1)
    put_in = Change("added", "a title", "at the top", Counter(home=1))
    assert report(added=Counter(home=1), changes=(put_in,)).is_complete


def test_it_reads_as_text():
    change = Change("replaced", "a label", "section 2", Counter(email=2))
    text = report(lost=Counter(email=2, gone=3), changes=(change,), remarks=("Look here.",), items=2).as_text()
    assert text.splitlines() == [
        "Read as HTML, UTF-8.",
        "1 section, 1 list, 2 list items, 1 paragraph, 1 table, 1 link.",
        "4 words in the file, 3 in the document, not counting 1 typed number that the site sets now.",
        "- Look here.",
        "- replaced: a label, section 2 (2 words): email x2",
        "LOST, and nothing explains it: gone x3",
    ]


def test_what_repeats_itself_is_cut_off_and_counted():
    changes = tuple(Change("dropped", f"note {number}", "at the end", Counter(word=1)) for number in range(60))
    text = report(changes=changes, remarks=tuple(f"Remark {number}." for number in range(51))).as_text()
    assert "- Remark 49.\n- and 1 more remark: see --report json\n- dropped: note 0," in text
    assert "- dropped: note 49, at the end (1 word): word\n- and 10 more changes: see --report json\n" in text
    assert "Remark 50" not in text
