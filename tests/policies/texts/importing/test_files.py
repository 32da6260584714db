"""Files that cannot be read are refused in one sentence and in time; odd encodings are read and told."""

import contextlib
import os

import pytest

from policies.texts.importing import UnreadablePolicy, read_policy
from tests.making.nonsense import MARKUP, MEGABYTE, NONSENSE
from tests.making.work import calls_of, growth

TEXT = "Title\n\n1. Café\nit’s “fine”\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 with a byte order mark"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings_are_found_and_told(read, shown, data, encoding):
    got = read("p.txt", data)
    assert shown(got.document) == ["Title", "1. Café", "it’s “fine”"]
    assert got.report.encoding == encoding
    assert got.report.is_complete
    assert any("Windows-1252" in remark for remark in got.report.remarks) == (encoding == "Windows-1252")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("p.txt", b"", "is empty"),
        ("p.txt", " \n\u00a0\t\u200b".encode(), "nothing but white space"),
        ("p.txt", b"1. A\n\x00\x01", "zero bytes"),
        ("p.txt", b"1. A\n\x9d\x81", "not text"),
        ("p.txt", b"1. A\n\x01\x02\xe9", "not text"),
        ("p.txt", b"1. A\n" + b"\x01" * 9, "control characters"),
        ("p.txt", b"\xff\xfe\x00", "not text"),
        ("p.txt", b"x" * (20 * 1024 * 1024), "larger than 5 MB"),
        ("p.txt", b"1. a\n" * 30_000, "more than 20,000 lines"),
        ("p.txt", b"%PDF-1.7 ...", "is a PDF"),
        ("p.pdf", b"words", "is a PDF"),
        ("p.txt", b"{\\rtf1 x}", "RTF"),
        ("p.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word format"),
        ("p.doc", b"words", "old Word format"),
        ("p.odt", b"PK\x03\x04", "OpenDocument"),
        ("p.txt", b"PK\x03\x04 zipped", "name it .docx"),
        ("p.md", b"PK\x03\x04 zipped", "ZIP file"),
        ("p.html", b"no tags here", "holds no HTML"),
        ("p.xyz", b"words", "of no kind"),
        ("policy", b"words", "of no kind"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(read, name, data, says):
    with pytest.raises(UnreadablePolicy, match=says) as refused:
        read(name, data)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith(name)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"x" * (20 * 1024 * 1024), "larger than 5 MB"), (b"1. a\n" * 30_000, "more than 20,000 lines")],
)
def test_what_is_too_large_is_refused_before_it_is_read(read, data, says):
    def refuse():
        with pytest.raises(UnreadablePolicy, match=says):
            read("p.txt", data)

    refuse()
    assert calls_of(refuse) < 2_000


@pytest.mark.parametrize(("start", "piece", "times"), MARKUP)
def test_twice_as_much_markup_is_twice_the_work(read, start, piece, times):
    """As much as is read; `tests/bench/test_reading_speed.py` measures how long it takes."""

    def read_so_many(pieces):
        with contextlib.suppress(UnreadablePolicy):
            read("p.md", start + piece * pieces)

    read_so_many(times)
    assert growth(read_so_many, times // 12) < 2.2


def test_no_file_a_directory_and_a_pipe_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path, says in (
        (tmp_path / "none.txt", "no file"),
        (tmp_path, "not a file"),
        (tmp_path / "pipe.txt", "not a file"),
    ):
        with pytest.raises(UnreadablePolicy, match=says):
            read_policy(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "p.txt"
    path.write_text("1. A")
    path.chmod(0)
    with pytest.raises(UnreadablePolicy, match="cannot be opened"):
        read_policy(path)


def test_a_web_page_saved_under_another_name_is_read_as_html(read, shown):
    got = read("p.txt", "<!doctype html><h2>A</h2><p>a</p><h2>B</h2><p>b</p>")
    assert got.report.kind == "HTML"
    assert shown(got.document)[1:] == ["1. A", "a", "2. B", "b"]
    assert any("read as HTML" in remark for remark in got.report.remarks)


@pytest.mark.parametrize(("name", "start", "piece"), NONSENSE)
def test_a_megabyte_of_nonsense_is_read_or_refused(read, name, start, piece):
    """`tests/bench/test_reading_speed.py` measures how long it takes."""

    def read_so_much(size):
        with contextlib.suppress(UnreadablePolicy):
            read(name, start + piece * (size // len(piece)))

    read_so_much(MEGABYTE)
    assert growth(read_so_much, MEGABYTE // 100) < 2.2
