"""What must not run when a spreadsheet opens a file of ours: https://owasp.org/www-community/attacks/CSV_Injection."""

import re
from typing import Final

# The last four are the wide forms, which spreadsheets in East Asian languages take for the same.
SIGNS: Final = "=+@＝＋－＠-"
STARTS_A_FORMULA: Final = re.compile(rf"\A(?=[ \u00a0]*[\t\r\n{SIGNS}])|(?<=[;\t\r\n])(?=[ \u00a0]*[{SIGNS}])")
BEGINS: Final = frozenset(f" \u00a0\t\r\n{SIGNS}")
DIVIDES: Final = (";", "\t", "\r", "\n")
TELEPHONE: Final = re.compile(r"\+[0-9]{1,3}(?:[ -][0-9]+)+(?: extension [0-9]+)?", re.ASCII)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: with an apostrophe in front, and where a part would begin.

    A telephone number of groups of figures, such as +44 20 7946 0000, stays: it is neither a formula nor one number.
    """
    if not text or (text[0] not in BEGINS and not any(sign in text for sign in DIVIDES)):
        return text
    return text if TELEPHONE.fullmatch(text) else STARTS_A_FORMULA.sub("'", text)
