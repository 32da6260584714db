"""A Word file that is damaged, cut off, locked or something else ends in a sentence, whatever byte it is."""

import io
import random
import zipfile

import pytest

from policies.texts.importing import UnreadablePolicy, read_policy


@pytest.fixture
def whole(docx, tmp_path):
    docx.add("Boat rules", "H1").add("Oars", "H1").add("words " * 200).add("Sheds", "H1").add("more")
    return docx.write(tmp_path / "policy.docx").read_bytes()


def read_or_words(path, data):
    """Return the sentence of the refusal, or nothing where it could be read all the same."""
    path.write_bytes(data)
    try:
        read_policy(path)
    except UnreadablePolicy as error:
        return str(error)
    return ""


def test_a_turned_byte_anywhere_ends_in_words(whole, tmp_path):
    places = random.Random(7).sample(range(len(whole)), 150)
    path = tmp_path / "turned.docx"
    said = [read_or_words(path, whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]) for at in places]
    assert sum(map(bool, said)) > 50
    assert all("\n" not in words for words in said)


def test_a_file_cut_off_anywhere_ends_in_words(whole, tmp_path):
    path = tmp_path / "cut.docx"
    assert all(read_or_words(path, whole[:at]) for at in range(1, len(whole) - 30, 97))


def test_a_damaged_stream_is_called_damaged(whole, tmp_path):
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        start = package.getinfo("word/document.xml").header_offset + 60
    said = read_or_words(tmp_path / "stream.docx", whole[:start] + b"\xff\x00\xff\x00" + whole[start + 4 :])
    assert said == (
        "stream.docx cannot be imported. It is damaged, or no Word document. Open it in Word and save it again."
    )


def test_a_locked_file_says_so(whole, tmp_path):
    locked = bytearray(whole)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(sign)
        while place >= 0:
            locked[place + at] |= 1
            place = locked.find(sign, place + 4)
    assert "locked with a password" in read_or_words(tmp_path / "zip.docx", bytes(locked))
    box = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert "locked with a password" in read_or_words(tmp_path / "box.docx", box)


@pytest.mark.parametrize("data", [b"just words", b"<html><h2>A</h2></html>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"])
def test_something_else_under_the_name_of_a_word_file_is_refused(tmp_path, data):
    assert read_or_words(tmp_path / "other.docx", data)


@pytest.mark.parametrize(
    "broken",
    [b"<w:document", b"", b"\xff\xfe", b"<?xml version='1.0' encoding='no-such'?><x/>", b"<a></b>", b"<x>\x00</x>"],
)
def test_broken_xml_in_any_part_ends_in_words(docx, tmp_path, broken):
    docx.add("Oars", "H1").add("words")
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"):
        files = docx._files() | {name: broken}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for part, content in files.items():
                package.writestr(part, content)
        assert read_or_words(tmp_path / "broken.docx", buffer.getvalue()), name
