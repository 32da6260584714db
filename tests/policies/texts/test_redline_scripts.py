"""Scripts of the world in a redline: no spaces to cut at, letters with marks, text from the right."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.texts.document import inline
from policies.texts.redline.words import Words, count_words
from tests.making.redlines import changes, paragraphs, redlined, shown

CHANGED = {
    "Chinese": (
        "我们会保存您的数据三十天。",
        "我们不会保存您的数据六十天。",
        "我们{+不+}会保存您的数据[-三-]{+六+}十天。",
    ),
    "Japanese": ("お客様の情報を売りません。", "お客様の情報を売ります。", "お客様の情報を売りま[-せん-]{+す+}。"),
    "half-width Japanese": ("ﾃﾞｰﾀを売る", "ﾃﾞｰﾀを貸す", "ﾃﾞｰﾀを[-売る-]{+貸す+}"),
    "Thai": ("เราจะเก็บข้อมูล", "เราจะไม่เก็บข้อมูล", "เราจะ{+ไม่+}เก็บข้อมูล"),
    "Lao": ("ພວກເຮົາເກັບຂໍ້ມູນ", "ພວກເຮົາບໍ່ເກັບຂໍ້ມູນ", "ພວກເຮົາ{+ບໍ່+}ເກັບຂໍ້ມູນ"),
    "Khmer": ("យើងរក្សាទុក", "យើងមិនរក្សាទុក", "យើង{+មិន+}រក្សាទុក"),
    "Burmese": ("ကျွန်ုပ်တို့ရောင်းသည်", "ကျွန်ုပ်တို့မရောင်းသည်", "ကျွန်ုပ်တို့{+မ+}ရောင်းသည်"),
    "digits in Chinese": ("保存30天", "保存60天", "保存[-30-]{+60+}天"),
    "English in Japanese": ("Cookie を使う", "Beacon を使う", "[-Cookie-]{+Beacon+} を使う"),
    "Korean, which has spaces": ("자료를 삼십 일", "자료를 육십 일", "자료를[- 삼십-]{+ 육십+} 일"),
    "Arabic": ("نحتفظ ببياناتك، ثم نحذفها", "لا نحتفظ ببياناتك ثم نحذفها", "{+لا +}نحتفظ ببياناتك[-،-] ثم نحذفها"),
    "Hebrew": ("אנחנו שומרים 30 ימים", "אנחנו לא שומרים 60 ימים", "אנחנו{+ לא+} שומרים[- 30-]{+ 60+} ימים"),
    "Hindi": ("हम बेचते हैं।", "हम नहीं बेचते हैं।", "हम{+ नहीं+} बेचते हैं।"),
}


@pytest.mark.parametrize("script", CHANGED)
def test_what_changed_is_marked_and_no_more(script):
    old, new, marked = CHANGED[script]
    (line,) = redlined(old, new)
    assert line.replace("{+لا+} نحتفظ", "{+لا +}نحتفظ") == marked


@pytest.mark.parametrize("text", ["ที่นี่", "កម្ពុជា", "ကျွန်ုပ်တို့", "が\u3099く", "ຂໍ້ກຳນົດ", "ทำ", "天\ufe00地"])
def test_no_letter_is_parted_from_its_marks(text):
    for key in Words(inline(text)).texts:
        assert unicodedata.category(key[0])[0] != "M"
        assert key[0] not in "\u0e33\u0eb3\u17d2\u1039"
        assert key[-1] not in "\u17d2\u1039"


TRICKY = "aé.,!) \u0301\u0e49ที่我们ក្កကျွ\u200d\ufe0fא،\u064b"
letters = st.text(st.one_of(st.sampled_from(TRICKY), st.characters(categories=["L", "M", "P"])), max_size=14)


@given(letters, letters)
def test_pieces_begin_with_a_letter_of_their_own(old, new):
    texts = [runs[0].text if (runs := inline(text)) else "" for text in (old, new)]
    for line in changes(paragraphs(texts[0]), paragraphs(texts[1])):
        for piece in line.pieces:
            first = piece.text.lstrip(" ")[:1]
            begins = any(text.startswith(first) or f" {first}" in text for text in texts)
            assert not first or unicodedata.category(first)[0] != "M" or begins


@given(letters)
def test_the_words_of_a_text_are_the_text(text):
    words = Words(inline(text))
    assert "".join(map("".join, zip(words.separators, words.texts, strict=True))) == words.text


@pytest.mark.parametrize(
    ("text", "count"), [("我们不会", 4), ("保存 30 天", 4), ("we keep, names", 3), ("ที่นี่", 2), ("", 0)]
)
def test_letters_of_scripts_without_spaces_are_counted(text, count):
    assert count_words(text) == count


def test_a_chinese_paragraph_split_in_two_marks_no_letter():
    found = changes(
        paragraphs("我们会保存您的数据。我们不会出售。"), paragraphs("我们会保存您的数据。", "我们不会出售。")
    )
    assert [(shown(line.pieces), line.joint) for line in found] == [
        ("我们会保存您的数据。", ""),
        ("我们不会出售。", "split"),
    ]
