"""The texts of the demo's policies: files, in which the regulator is named by the setting."""

import re
from pathlib import Path

from accounts.values.regulator import FIRST, Regulator
from policies.texts.document import Document
from policies.texts.importing import read_policy_data

TEXTS = Path(__file__).parent


def demo_text(name: str, regulator: Regulator = FIRST) -> str:
    """Return a text as it stands in its file, with the regulator's name where it is to stand.

    Args:
        name: such as “privacy-3.0”.
        regulator: the one of the day on which it was announced.
    """
    words = {
        "{regulator} ({regulator-short})": regulator.with_short,
        "{regulator}": regulator.name,
        "{regulator-short}": regulator.short or regulator.name,
        "{regulator-page}": regulator.shown_url,
        "{regulator-url}": regulator.url,
    }
    text = (TEXTS / f"{name}.md").read_text()
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text)


def demo_document(name: str, regulator: Regulator = FIRST) -> Document:
    """Return a text of the demo as a document."""
    return read_policy_data(f"{name}.md", demo_text(name, regulator).encode()).document
