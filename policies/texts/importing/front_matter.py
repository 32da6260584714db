"""Finds metadata above a text: YAML, TOML, JSON, or a Pandoc title block."""

import json
import re
from dataclasses import dataclass

_START = r"\A[\ufeff\s]*"
_YAML = re.compile(_START + r"---[ \t]*\r?\n(?P<data>.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(_START + r"\+\+\+[ \t]*\r?\n(?P<data>.*?\r?\n)?\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PANDOC = re.compile(r"\A\ufeff?(?P<data>%[^\r\n]*\r?\n(?:(?:%[^\r\n]*| [^\r\n]*\S[^\r\n]*)\r?\n){0,20})(?=\s|\Z)")
_YAML_LINE = re.compile(r"(?:[A-Za-z_\"'][^:\r\n]{0,60}:(?:\s.*)?|[ \t]+.*|[ \t]*-(?:\s.*)?|[ \t]*#.*|[\]}]+,?|\s*)\Z")
_TOML_LINE = re.compile(r"(?:[A-Za-z_\"'][^=\r\n]{0,60}=.*|\s*\[.*\]\s*|[ \t]+.*|\s*#.*|[\]}\"'].*|\s*)\Z")
_KEY = re.compile(r"[A-Za-z_\"'][^:=\r\n]{0,60}[:=]", re.MULTILINE)
_TITLE = re.compile(
    r"^[\"']?title[\"']?[ \t]*[:=][ \t]*(?P<same>[^\r\n]*)(?P<below>(?:\r?\n[ \t]+\S[^\r\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_FOLDED = re.compile(r"[|>][-+0-9]*")
_COMMENT = re.compile(r"\s+#.*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Metadata as typed, and the title in it, which may be empty."""

    text: str
    title: str


def cut_front_matter(text: str) -> tuple[FrontMatter | None, str]:
    """Return the front matter of a text, or None, and the rest of the text.

    A line of hyphens is front matter only if keys and values follow; otherwise it is an ordinary rule.
    """
    for pattern, line in ((_YAML, _YAML_LINE), (_TOML, _TOML_LINE)):
        match = pattern.match(text)
        data = (match["data"] or "") if match else ""
        if match and not data.strip():
            continue
        if match and _is_data(data, line):
            return FrontMatter(data, _title(data)), text[match.end() :]
    if match := _PANDOC.match(text):
        title, *more = re.split(r"^%", match["data"][1:], maxsplit=1, flags=re.MULTILINE)
        return FrontMatter("".join([title, *more]), " ".join(title.split())), text[match.end() :]
    return _json(text)


def _is_data(data: str, line: re.Pattern[str]) -> bool:
    lines = data.splitlines()
    return bool(lines[0].strip() and _KEY.search(data)) and all(map(line.match, lines))


def _title(data: str) -> str:
    match = _TITLE.search(data)
    if not match:
        return ""
    same = match["same"].strip()
    if _FOLDED.fullmatch(same):
        same = ""
    quote = same[:1] if same[:1] in "\"'" else ""
    if quote and (end := same.rfind(quote)) > 0:
        return " ".join(same[1:end].replace(quote * 2 if quote == "'" else '\\"', quote).split())
    return " ".join(f"{_COMMENT.sub('', same)} {match['below']}".split())


def _json(text: str) -> tuple[FrontMatter | None, str]:
    """Return a JSON object above the text, as Hugo allows."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if text[start : start + 1] != "{":
        return None, text
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, text
    if not data or not text[end:].startswith(("\n", "\r")):
        return None, text
    title = data.get("title", "")
    return FrontMatter(text[start:end], title if isinstance(title, str) else ""), text[end:]
