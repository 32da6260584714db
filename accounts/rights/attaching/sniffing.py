"""Says what a file is by what is in it. Its name and what the browser says of it count for nothing."""

import codecs
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final
from zipfile import BadZipFile, ZipFile

from django.core.files import File as DjangoFile

from accounts.rights.models import FileKind

HEAD: Final = 16
# What it begins with, and what more must stand at a place.
SIGNATURES: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
)
ODT: Final = b"application/vnd.oasis.opendocument.text"
ALSO_CALLED: Final = {FileKind.JPEG: {"jpg", "jpeg"}}
# A program in letters; Windows and others look at the ending, which is ours.
SCRIPT: Final = b"#!"


def kind_of(file: "DjangoFile[bytes]") -> FileKind | None:
    """Return what a file is, or None for what is not taken: programs, web pages that act, archives, what is unknown."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        for signature, kind in SIGNATURES:
            if head.startswith(signature):
                return kind
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return FileKind.WEBP
        if head[:4] == b"PK\x03\x04":
            return _document_in(file)
        return FileKind.TEXT if head[:2] != SCRIPT and _is_text(file) else None
    finally:
        file.seek(0)


def _document_in(file: "DjangoFile[bytes]") -> FileKind | None:
    """Word's and OpenDocument's files are archives; with macros in them they are programs."""
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            names = {name.lower() for name in archive.namelist()}
            if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
                return None
            if {"[content_types].xml", "word/document.xml"} <= names:
                return FileKind.WORD
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT):
                return FileKind.OPEN_DOCUMENT if archive.read("mimetype") == ODT else None
    except (BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return None
    return None


def _is_text(file: "DjangoFile[bytes]") -> bool:
    """Whether all of it is UTF-8 without control characters; an empty file says nothing."""
    file.seek(0)
    decoder, empty = codecs.getincrementaldecoder("utf-8")(), True
    try:
        for chunk in file.chunks():
            empty = False
            if any(
                unicodedata.category(letter) == "Cc" for letter in set(decoder.decode(chunk)) - set("\t\n\r\f\ufeff")
            ):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return not empty


def name_for(name: str, kind: FileKind) -> str:
    """Return a name that shows what a file is: no path, nothing invisible, and the ending of its kind."""
    base = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(letter for letter in base if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, _, ending = shown.rpartition(".")
    if stem and ending.lower() in ALSO_CALLED.get(kind, {kind.value}):
        return f"{stem[:140]}.{ending}"
    return f"{(shown or 'file')[:140]}.{kind.value}"
