"""A file is read in the encoding that it declares; what would come out as nonsense is refused in words."""

import pytest

from policies.texts.importing import UnreadablePolicy

RUSSIAN = "<h1>Правила</h1><h2>Лодки</h2><p>Плавать нельзя.</p><h2>Вёсла</h2><p>Можно.</p>"
JAPANESE = "<h1>規則</h1><h2>舟</h2><p>泳いではいけません。</p><h2>櫂</h2><p>ください。</p>"


@pytest.mark.parametrize(
    ("declaration", "encoding", "html"),
    [
        ('<meta charset="windows-1251">', "cp1251", RUSSIAN),
        ("<META CHARSET=koi8-r>", "koi8-r", RUSSIAN),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-5">', "iso-8859-5", RUSSIAN),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251", RUSSIAN),
        ('<meta charset="x-sjis">', "cp932", JAPANESE),
        ('<meta charset="EUC-JP">', "euc-jp", JAPANESE),
        ('<meta charset="iso-2022-jp">', "iso2022_jp", JAPANESE),
        ('<meta charset="windows-1251">', "utf-8", RUSSIAN),
        ("", "utf-16", RUSSIAN),
        ("", "utf-8-sig", JAPANESE),
    ],
)
def test_the_declared_encoding_is_believed(read, shown, declaration, encoding, html):
    got = read("p.html", (declaration + html).encode(encoding))
    assert shown(got.document) == shown(read("q.html", html.encode()).document)
    assert got.report.is_complete


def test_an_old_name_means_what_browsers_take_it_for(read, shown):
    html = "<meta charset=iso-8859-1><h2>A</h2><p>“caf\u00e9” – 5 €</p><h2>B</h2><p>b</p>"
    assert shown(read("p.html", html.encode("cp1252")).document)[2] == "“café” – 5 €"


def test_a_page_that_is_not_what_it_says_is_told(read):
    remarks = read("p.html", ('<meta charset="windows-1251">' + RUSSIAN).encode()).report.remarks
    assert "It says that it is windows-1251, but it is UTF-8, and was read as that." in remarks
    html = "<meta charset=utf-8><h2>A</h2><p>caf\u00e9</p><h2>B</h2><p>b</p>".encode("cp1252")
    assert "It says that it is utf-8, and it is not." in read("p.html", html).report.remarks


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("p.txt", "1. Лодки\nПлавать нельзя.\n".encode("cp1251"), "mostly accented letters"),
        ("p.md", "## Βάρκες\n\nΔεν επιτρέπεται.\n".encode("iso-8859-7"), "mostly accented letters"),
        ("p.html", RUSSIAN.encode("koi8-r"), "mostly accented letters"),
        ("p.txt", "1. Boats\nYou wonâ€™t and canâ€™t swim in the cafÃ©.\n".encode(), "wrong encoding"),
        ("p.html", ('<meta charset="klingon">' + RUSSIAN).encode("cp1251"), "klingon"),
        ("p.html", ('<meta charset="euc-jp">' + RUSSIAN).encode("cp1251"), "says that it is euc-jp, and it is not"),
    ],
)
def test_what_would_be_nonsense_is_refused(read, name, data, why):
    with pytest.raises(UnreadablePolicy, match=why) as refusal:
        read(name, data)
    assert "UTF-8" in str(refusal.value)


def test_french_in_windows_1252_is_read_and_told(read, shown):
    text = "1. Règles générales\nL’été, la société s’étend à côté.\n2. Bâteaux\nOui.\n"
    got = read("p.txt", text.encode("cp1252"))
    assert shown(got.document)[1] == "1. Règles générales"
    assert any("Windows-1252" in remark for remark in got.report.remarks)
