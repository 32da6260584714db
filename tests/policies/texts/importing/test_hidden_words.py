"""What a browser does not show of a page is left out, and the report says each word of it."""

import pytest

from policies.texts.importing import UnreadablePolicy

PAGE = "<h1>Boat rules</h1><h2>Data</h2><p>We will {} sell your address.</p><h2>Cups</h2><p>They are ours.</p>"


@pytest.mark.parametrize(
    ("hidden", "what"),
    [
        ("<!-- ask counsel about NEVER -->", "a comment"),
        ("<template><p>never</p></template>", "template"),
        ("<noscript>never</noscript>", "noscript"),
        ('<span style="display:none">never</span>', "hidden text"),
        ('<span style="visibility: hidden">never</span>', "hidden text"),
        ("<span hidden>never</span>", "hidden text"),
        ('<span aria-hidden="true">never</span>', "hidden text"),
        ('<style>.sr p.x, .off { display: none !important }</style><i class="off">never</i>', "hidden text"),
    ],
)
def test_hidden_words_are_left_out_and_told(read, shown, hidden, what):
    got = read("p.html", PAGE.format(hidden))
    assert shown(got.document)[2] == "We will sell your address."
    assert got.report.is_complete
    changes = [change for change in got.report.changes if what in str(change)]
    assert any(word.casefold() == "never" for change in changes for word in change.words)


def test_what_is_hidden_in_print_only_is_read(read, shown):
    style = "<style>@media print { .web { display: none } }</style>"
    got = read("p.html", PAGE.format(f'{style}<b class="web">never</b>'))
    assert shown(got.document)[2] == "We will never sell your address."


def test_scripts_and_styles_hold_no_words(read):
    got = read("p.html", PAGE.format("<script>let not = '<!-- never -->'</script><style>p{color:red}</style>"))
    assert got.report.changes == ()


def test_style_sheets_past_all_sense_are_refused(read):
    html = "<style>" + "p{top:0}" * 3_000 + "</style><h2>a</h2>" + "<p>word " * 20_000
    with pytest.raises(UnreadablePolicy, match="style sheets are too large"):
        read("p.html", html)
