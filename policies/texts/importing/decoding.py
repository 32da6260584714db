"""From bytes to text: the encoding that a file's mark or declaration says, else UTF-8, else Windows-1252."""

import codecs
import re
from dataclasses import dataclass, field, replace

from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.saying import gettext

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Browsers look for a declaration in the first 1,024 bytes; long comments stand before it in some saved pages.
_HEAD = 4096
_DECLARED = (
    re.compile(rb"""<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']"""),
    re.compile(rb"""<meta\s[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE),
)
# What the names in pages stand for (WHATWG Encoding Standard): browsers read the older as the larger newer one.
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
    "shift_jis": "cp932", "big5": "big5hkscs", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
    "utf-7": "utf-8",
}  # fmt: skip
# These write every letter in ASCII, so that they would pass for UTF-8.
_IN_ASCII = frozenset({"hz", "iso2022_jp", "iso2022_kr"})
_OTHER_NAMES = {"x-sjis": "cp932", "ks_c_5601-1987": "cp949", "x-gbk": "gb18030", "windows-31j": "cp932"}
_FOREIGN_LETTER = re.compile("[\u00aa-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_ACCENTED = 0.3
# UTF-8 that was read as Windows-1252 and saved again: é, ’ and “ in two or three wrong letters.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00c3][\u0080-\u00bf\u20ac\u0192\u2018-\u201e\u2020-\u2026\u02c6\u0160\u0161\u2122]|\u00e2\u20ac."
)
_ENOUGH_MOJIBAKE = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, and remarks for the person who imports it."""

    text: str
    encoding: str
    remarks: list[str] = field(default_factory=list)


def decode(name: str, data: bytes, expected: str) -> Decoded:
    """Return a file's text.

    Args:
        name: the file's, for the error.
        expected: a sentence that says what can be read.

    Raises:
        UnreadablePolicy: no text, in another encoding than it says, or in none that can be told.
    """
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(name, data, codec), encoding)
    if b"\x00" in data:
        raise UnreadablePolicy(
            gettext("%(name)s is not text: it holds zero bytes. %(expected)s") % {"name": name, "expected": expected}
        )
    said, codec = _declared(data)
    if said and not codec:
        raise UnreadablePolicy(
            gettext("%(name)s says that it is %(said)s, which is no encoding known here. Save it as UTF-8.")
            % {"name": name, "said": said}
        )
    return (None if codec in _IN_ASCII else _utf_8(data, said, codec)) or _declared_or_guessed(name, data, said, codec)


def _declared(data: bytes) -> tuple[str, str]:
    """Return the encoding that an XML declaration or a meta tag names, for a person and for Python, if any."""
    for pattern in _DECLARED:
        if match := pattern.search(data[:_HEAD]):
            name = match[1].decode("ascii", "replace").lower()
            try:
                codec = codecs.lookup(_OTHER_NAMES.get(name, name)).name
            except LookupError:
                return name, ""
            return name, _MEANT.get(codec, codec)
    return "", ""


def _utf_8(data: bytes, said: str, codec: str) -> Decoded | None:
    """Return the text if it is UTF-8, whatever it declares. Other encodings never pass for UTF-8 by chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    is_other = codec not in ("", "utf-8") and not text.isascii()
    return Decoded(
        text,
        "UTF-8",
        [gettext("It says that it is %(said)s, but it is UTF-8, and was read as that.") % {"said": said}] * is_other,
    )


def _declared_or_guessed(name: str, data: bytes, said: str, codec: str) -> Decoded:
    if codec not in ("", "utf-8"):
        return Decoded(_strictly(name, data, codec, said), said)
    guessed = _guessed(name, data)
    return replace(
        guessed,
        remarks=[
            *guessed.remarks,
            *([gettext("It says that it is %(said)s, and it is not.") % {"said": said}] if said else []),
        ],
    )


def _guessed(name: str, data: bytes) -> Decoded:
    text = _strictly(name, data, "cp1252")
    if CONTROLS.search(text):
        raise UnreadablePolicy(
            gettext("%(name)s is not text in UTF-8 or Windows-1252. Save it as UTF-8.") % {"name": name}
        )
    letters = len(_LETTER.findall(text))
    if len(_FOREIGN_LETTER.findall(text)) > _MOST_ACCENTED * letters:
        sample = " ".join(text.split())[:60]
        raise UnreadablePolicy(
            gettext(
                "%(name)s is not UTF-8 and does not say in which encoding it is. Read as Windows-1252 it would "
                'be mostly accented letters: "%(sample)s…". Save it as UTF-8.'
            )
            % {"name": name, "sample": sample}
        )
    return Decoded(
        text, "Windows-1252", [gettext("Read as Windows-1252, because it is not UTF-8: look at quotes and accents.")]
    )


def misread_letters(text: str) -> str:
    """Return how often letters stand in a text as if read in a wrong encoding, and where; empty if hardly ever."""
    found = [*_MOJIBAKE.finditer(text)]
    if len(found) < _ENOUGH_MOJIBAKE:
        return ""
    start = max(found[0].start() - 15, 0)
    sample = " ".join(text[start : start + 50].split())
    return gettext('%(number)s times: "…%(sample)s…"') % {"number": len(found), "sample": sample}


def _strictly(name: str, data: bytes, codec: str, said: str = "") -> str:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError) as error:
        if said:
            raise UnreadablePolicy(
                gettext("%(name)s says that it is %(said)s, and it is not. Save it as UTF-8.")
                % {"name": name, "said": said}
            ) from error
        raise UnreadablePolicy(
            gettext("%(name)s is not text in any encoding known here. Save it as UTF-8.") % {"name": name}
        ) from error
