"""Finds the language of an imported text: as the file says, or else by its letters."""

import re
from collections.abc import Iterator
from dataclasses import replace

from policies.texts.document import Block, block_lines
from policies.texts.importing.draft import Draft
from policies.texts.markup import text_of, within
from policies.texts.saying import gettext, gettext_noop

# The site's own language need not be said.
_OURS = frozenset({"en", "en-GB"})
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "chinese": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "kana": "\u3041-\u30ff\uff66-\uff9f",
    "hangul": "\u1100-\u11ff\uac00-\ud7af",
    "thai": "\u0e00-\u0e7f",
    "greek": "\u0370-\u03ff",
}
_NAMES = {"hebrew": "he", "chinese": "zh", "kana": "ja", "hangul": "ko", "thai": "th", "greek": "el"}
_URDU = re.compile("[\u0679\u0688\u0691\u06d2]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af]")
# Pages in another script often say one of these, since their template does.
_OF_TEMPLATES = frozenset({"en", "fr", "de", "es", "it", "pt", "nl"})


def settle_language(draft: Draft) -> None:
    """Set the draft's language, and remove it from the blocks that repeat it.

    The letters decide if the file names no language, or one that does not use such letters.
    """
    blocks = [*draft.preamble, *(block for section in draft.sections for block in section.blocks)]
    said = _without_ours(draft.lang or _common(blocks))
    found = _by_letters(_text(draft))
    if found and not said:
        draft.remarks.append(
            gettext("The file does not say its language; by its letters it is %(found)s. %(where)s")
            % {"found": found, "where": gettext(_WHERE)}
        )
        said = found
    elif found and said.split("-")[0] in _OF_TEMPLATES:
        draft.remarks.append(
            gettext("The file says that its language is %(said)s; by its letters it is %(found)s. %(where)s")
            % {"said": said, "found": found, "where": gettext(_WHERE)}
        )
        said = found
    draft.lang = said
    draft.preamble = [*_settled(draft.preamble, said)]
    draft.sections = [replace(section, blocks=tuple(_settled(section.blocks, said))) for section in draft.sections]


_WHERE = gettext_noop("It can be changed in the CMS, under \u201cAddress and language\u201d.")


def _without_ours(lang: str) -> str:
    return "" if lang in _OURS else lang


def _common(blocks: list[Block]) -> str:
    languages = {block.lang for block in blocks}
    return languages.pop() if len(languages) == 1 else ""


def _settled(blocks: list[Block] | tuple[Block, ...], said: str) -> Iterator[Block]:
    ours = (replace(block, lang="") if not said and block.lang in _OURS else block for block in blocks)
    return within(said, ours)


def _text(draft: Draft) -> str:
    blocks = [*draft.preamble, *(block for section in draft.sections for block in section.blocks)]
    headings = [text_of(section.heading) for section in draft.sections]
    return " ".join([draft.title, *headings, *(text_of(line.runs) for line in block_lines(blocks))])


def _by_letters(text: str) -> str:
    """Return the language that most letters of a text belong to, where they belong to one."""
    letters = len(_LETTER.findall(text))
    counts = {name: len(re.findall(f"[{signs}]", text)) for name, signs in _SCRIPTS.items()}
    if counts["kana"] > (counts["kana"] + counts["chinese"]) / 20:
        counts["kana"] += counts.pop("chinese")
    name, count = max(counts.items(), key=lambda item: item[1])
    if 2 * count <= letters:
        return ""
    if name == "arabic":
        return "ur" if _URDU.search(text) else "fa" if _PERSIAN.search(text) else "ar"
    return _NAMES[name]
