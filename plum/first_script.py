"""The script that stands in each page, and the word by which the Content Security Policy knows it."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

# A line of its own or the end of one; no string in that file has two slashes after a blank.
COMMENT: Final = re.compile(r"(?:^|\s)//.*$", re.MULTILINE)


def shortened(script: str) -> str:
    """Return a script without comments, indents and empty lines."""
    return "\n".join(line.strip() for line in COMMENT.sub("", script).splitlines() if line.strip())


FIRST_SCRIPT: Final = shortened(Path(__file__).with_name("static").joinpath("js", "first.js").read_text())
# https://www.w3.org/TR/CSP3/#grammardef-hash-source
ITS_HASH: Final = f"'sha256-{b64encode(sha256(FIRST_SCRIPT.encode()).digest()).decode()}'"
