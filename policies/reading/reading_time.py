"""About how long it takes to read a policy. Saying so doubles how many open it (BIT and BEIS, 2019)."""

from policies.texts.document import Document, document_lines

# Silent reading of English prose: Brysbaert, “How many words do we read per minute?” (2019).
WORDS_A_MINUTE = 238
# Their words are not divided by spaces.
WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})


def minutes_to_read(document: Document) -> int | None:
    """Return the minutes, rounded up; None where words cannot be counted."""
    if document.lang.partition("-")[0] in WITHOUT_SPACES:
        return None
    words = sum(len(run.text.split()) for line in document_lines(document) for run in line.runs)
    return max(1, -(-words // WORDS_A_MINUTE))
