"""Words that are pasted struck through stay so in the draft, without a button that strikes, and are not announced."""

from playwright.sync_api import Page, expect

from tests.journeys.editing import autosaved, open_policy

PASTE = """(editor) => {
  const data = new DataTransfer();
  data.setData("text/html", "<p>We keep <s>nothing</s> <del>at all</del> for a year</p>");
  data.setData("text/plain", "We keep nothing at all for a year");
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_pasted_struck_words_stay_struck(site, cms: Page):
    open_policy(cms, site.url, "Cookie policy")
    editor = cms.locator("[data-contentpath=preamble] .public-DraftEditor-content").first
    editor.click()
    cms.keyboard.press("Control+End")
    with autosaved(cms):
        editor.evaluate(PASTE)
    for words in ("nothing", "at all"):
        shown = editor.get_by_text(words, exact=True)
        expect(shown).to_be_visible()
        assert "line-through" in shown.evaluate(
            "part => getComputedStyle(part.closest('[style]') || part).textDecorationLine"
        )
    expect(cms.get_by_role("button", name="Strikethrough")).to_have_count(0)
    expect(cms.locator(".Draftail-ToolbarButton[name=STRIKETHROUGH]")).to_have_count(0)
