"""The language and the direction that a file says come along, for the text and for each passage in another one."""

import pytest

ARABIC = "<h1>قواعد القارب</h1><h2>القوارب</h2><p>السباحة ممنوعة.</p><h2>المجاذيف</h2><p>نعم</p>"


@pytest.mark.parametrize(
    ("html", "lang"),
    [
        (f'<html lang="ar" dir="rtl"><body>{ARABIC}', "ar"),
        (f'<!DOCTYPE html><html class="x"\n xml:lang="ar-EG">{ARABIC}', "ar-EG"),
        (f"<body dir=rtl>{ARABIC}", "und-Arab"),
        (f'<html lang="en"><main lang="ar">{ARABIC}</main>', "ar"),
        (f'<html lang="en"><main dir="rtl">{ARABIC}</main>', "und-Arab"),
        ('<html lang="cy"><h2>Cychod</h2><p>Na.</p><h2>Rhwyfau</h2>', "cy"),
        ('<html lang="en-GB"><h2>Boats</h2><p>No.</p><h2>Oars</h2>', ""),
        ('<html lang="en-US"><h2>Boats</h2><p>No.</p><h2>Oars</h2>', "en-US"),
        ('<html lang="EN"><h2>Boats</h2><p>No.</p><h2>Oars</h2>', ""),
        ('<h2>A</h2><p lang="fr">Oui.</p><h2>B</h2><p lang="fr">Non.</p>', "fr"),
    ],
)
def test_a_page_keeps_its_language(read, html, lang):
    document = read("p.html", html).document
    assert document.lang == lang
    assert {block.lang for section in document.sections for block in section.blocks} == {""}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("السباحة ممنوعة في البحيرة", "ar"),
        ("شنا کردن ممنوع است، لطفا چیزی نگویید", "fa"),
        ("تیراکی منع ہے، بڑے لڑکے بھی", "ur"),
        ("אסור לשחות באגם", "he"),
        ("湖で泳いではいけません", "ja"),
        ("湖中禁止游泳", "zh"),
        ("호수에서 수영 금지", "ko"),
        ("Απαγορεύεται το κολύμπι", "el"),
        ("No swimming: 禁止游泳, please", ""),
    ],
)
@pytest.mark.parametrize("name", ["p.md", "p.txt", "p.html"])
def test_letters_tell_the_language_where_the_file_does_not(read, name, text, lang):
    wrap = {"p.md": "# {0}\n\n## {0}\n\n{0}\n\n## {0}\n\n{0}\n", "p.txt": "1. {0}\n\n{0}.\n\n2. {0}\n\n{0}.\n"}
    html = "<html lang=en><h1>{0}</h1><h2>{0}</h2><p>{0}</p><h2>{0}</h2><p>{0}</p>"
    got = read(name, wrap.get(name, html).format(text))
    assert got.document.lang == lang
    assert any(f"by its letters it is {lang}." in remark for remark in got.report.remarks) == bool(lang)


def test_a_passage_in_another_language_keeps_it(read):
    html = (
        '<html lang="en"><h2>A</h2><p>Yes.</p><p lang="cy">Ie.</p><ul lang="fr"><li>oui</li></ul><h2>B</h2>'
        '<div lang="ar"><h2>ج</h2><p>نعم</p></div><p dir="rtl">כן</p><p lang="en-GB">No.</p>'
    )
    sections = read("p.html", html).document.sections
    assert [[block.lang for block in section.blocks] for section in sections] == [
        ["", "cy", "fr"], [], ["ar", "und-Hebr", ""],
    ]  # fmt: skip
