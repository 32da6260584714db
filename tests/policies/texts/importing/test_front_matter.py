"""Data above a text is no text: it is taken out and told, and names the policy where no heading does."""

import pytest

YAML = (
    "---\ntitle: Oar rules\nlayout: policy\ntags:\n  - boats\n  - oars\n# for the index only\n"
    "reviewed: 2026-01-05\n---\n"
)
BODY = "## Members\n\nAnyone may join.\n\n## Fees\n\nTen pounds.\n"
SHOWN = ["Oar rules", "1. Members", "Anyone may join.", "2. Fees", "Ten pounds."]
KINDS = {
    "yaml": YAML,
    "windows": YAML.replace("\n", "\r\n"),
    "dots": YAML.replace("01-05\n---", "01-05\n..."),
    "quoted": '---\n"title": "Oar rules"\nshort: \'Oars\'\n---\n\n',
    "folded": "---\ntitle: >-\n  Oar\n  rules\nlayout: x\n---\n",
    "toml": '+++\ntitle = "Oar rules"\ndate = 2026-01-05\n[params]\nowner = "draft team"\n+++\n',
    "json": '{\n  "title": "Oar rules",\n  "draft": true\n}\n\n',
    "pandoc": "% Oar rules\n% The Committee\n% 5 January 2026\n\n",
}


@pytest.mark.parametrize("above", KINDS.values(), ids=KINDS)
def test_front_matter_goes_and_gives_the_title(read, shown, above):
    got = read("p.md", above + BODY)
    assert shown(got.document) == SHOWN
    dropped = [change for change in got.report.changes if change.what == "front matter"]
    assert [change.action for change in dropped] == ["dropped"] or above == KINDS["folded"]
    assert got.report.is_complete
    assert any("title is that of the front matter" in remark for remark in got.report.remarks)


def test_a_title_in_the_text_goes_before_that_of_the_front_matter(read):
    got = read("p.md", YAML + "# Rules for oars\n\n" + BODY)
    assert got.document.title == "Rules for oars"
    (change,) = got.report.changes
    assert {"title", "layout", "Oar", "draft", "boats"} - set(change.words) == {"draft"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.txt", "1. Members\n\nAnyone may join.\n\n2. Fees\n\nTen pounds.\n"),
        ("p.html", "<h2>Members</h2><p>Anyone may join.</p><h2>Fees</h2><p>Ten pounds.</p>"),
    ],
)
def test_front_matter_goes_from_other_kinds_of_file_too(read, shown, name, text):
    got = read(name, YAML + text)
    assert shown(got.document) == SHOWN
    assert got.report.is_complete


@pytest.mark.parametrize(
    "above",
    [
        "---\n\nWe wrote this in May.\n\n---\n\n",
        "---\nWe keep: nothing.\nNot a key\n---\n\n",
        "---\ntitle: Unclosed\n\n",
    ],
)
def test_words_between_rules_are_no_front_matter(read, shown, above):
    got = read("p.md", f"{above}# Oar rules\n\n{BODY}")
    words = " ".join(above.replace("---", " ").split())
    assert words in " ".join(shown(got.document))
    assert not [change for change in got.report.changes if change.what == "front matter"]
    assert got.report.is_complete


def test_a_percentage_in_the_first_line_is_no_title_block(read, shown):
    got = read("p.txt", "5% of us row.\n\n1. Members\n\nAnyone.\n")
    assert "5% of us row." in shown(got.document)
