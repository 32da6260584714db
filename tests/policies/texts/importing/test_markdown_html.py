"""HTML in Markdown is read as HTML; what nobody sees of it is dropped and told, what cannot be read is said."""

import pytest

from policies.texts.document import Paragraph, Run, Table, inline


def blocks(got, section=0):
    return got.document.sections[section].blocks


def dropped(got):
    return {change.what: set(change.words) for change in got.report.changes if change.action == "dropped"}


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- Sam: not agreed yet -->", "Oars <!-- Sam: not agreed yet --> and", "<!--\nSam:\n\nnot agreed\nyet\n-->",
        "[//]: # (Sam: not agreed yet)", '[comment]: <> "Sam: not agreed yet"', "- a\n\n  <!-- Sam: not agreed yet -->",
    ],
)  # fmt: skip
def test_a_comment_is_dropped_and_told(read, shown, comment):
    got = read("p.md", f"## Sheds\n\nOpen.\n\n{comment}\n\n## Fees\n\nTen.\n")
    assert "Sam" not in " ".join(shown(got.document))
    assert any({"Sam", "not", "agreed", "yet"} <= words for words in dropped(got).values())
    assert got.report.is_complete


def test_a_comment_that_never_ends_is_told_with_all_it_hides(read, shown):
    got = read("p.md", "## Sheds\n\nOpen.\n\n<!-- from here\n\nWe never sell.\n\n## Fees\n")
    assert shown(got.document)[1:] == ["1. Sheds", "Open."]
    assert {"We", "never", "sell", "Fees"} <= dropped(got)["a comment"]


def test_a_comment_in_code_is_code(read, shown):
    got = read("p.md", "## Sheds\n\nWrite `<!-- note -->` so.\n\n    <b>typed</b>\n")
    assert shown(got.document)[2:] == ["Write <!-- note --> so.", "<b>typed</b>"]
    assert got.report.is_complete


def test_tags_in_words_and_cells_are_read(read):
    got = read(
        "p.md", "## Fees\n\nThe 9<sup>th</sup> is <b>not</b> free.\n\n| Who | Fee |\n|---|---|\n| All | 4<br>pounds |\n"
    )
    assert blocks(got)[0] == Paragraph(
        (Run("The 9"), Run("th", script="super"), Run(" is "), Run("not", strong=True), Run(" free."))
    )
    assert blocks(got)[1] == Table((inline("Who"), inline("Fee")), ((inline("All"), inline("4\u2028pounds")),))
    assert got.report.is_clear


def test_a_table_and_a_folded_part_in_html_are_read(read, shown):
    got = read(
        "p.md",
        "## Fees\n\n<table><tr><th>Who</th><th>Fee</th></tr><tr><td>Child</td><td>3</td></tr></table>\n\n"
        "<details>\n<summary>More</summary>\n\nNobody pays **twice**.\n\n</details>\n",
    )
    assert blocks(got)[0] == Table((inline("Who"), inline("Fee")), ((inline("Child"), inline("3")),))
    assert shown(got.document)[-2:] == ["More", "Nobody pays twice."]
    assert got.report.is_complete


def test_headings_and_lists_in_html_are_read(read, shown):
    got = read("p.md", "<h1>Oar rules</h1>\n\n<h2>Sheds</h2>\n\n<ol><li>open<li>shut</ol>\n\n## Fees\n\nTen.\n")
    assert shown(got.document) == ["Oar rules", "1. Sheds", "1.1 open", "1.2 shut", "2. Fees", "Ten."]


def test_what_only_looks_like_a_tag_stays_as_typed(read, shown):
    got = read("p.md", "## Sheds\n\nDear <name>, write to <address line 1>.\n\n<company>\n")
    assert shown(got.document)[2:] == ["Dear <name>, write to <address line 1>.", "<company>"]
    assert any("<name> is no tag" in remark for remark in got.report.remarks)
    assert got.report.is_complete


def test_scripts_and_styles_are_dropped_and_told(read, shown):
    got = read("p.md", "## Sheds\n\nOpen.\n\n<style>p { hidden: yes }</style>\n\n<script>\nalert(7)\n</script>\n")
    assert shown(got.document)[1:] == ["1. Sheds", "Open."]
    assert dropped(got) == {"what stands in <style>": {"p", "hidden", "yes"}, "what stands in <script>": {"alert", "7"}}


@pytest.mark.parametrize(
    "text", ["<iframe src='https://x.example'></iframe>", "<svg><text>7</text></svg>", "<input value='9'>"]
)
def test_what_cannot_be_read_is_said(read, text):
    got = read("p.md", f"## Sheds\n\nOpen.\n\n{text}\n")
    assert got.report.unread
    assert not got.report.is_clear
    assert "NOT READ" in got.report.as_text()


@pytest.mark.parametrize("mark", ["{% include fees.md %}", "{{ page.fee }}", "{{< fee >}}"])
def test_what_a_template_would_fill_in_is_said(read, mark):
    got = read("p.md", f"## Fees\n\nYou pay {mark} a year.\n")
    assert any(mark in said for said in got.report.unread)
