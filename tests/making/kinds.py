"""A text with raised words, line breaks, lists of mixed kinds and passages in other languages."""

from policies.texts.document import (
    LINE_BREAK,
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Document,
    Paragraph,
    Run,
    Section,
    inline,
)

RAISED = inline("10", Run("3", script="super"), " boats on the H", Run("2", script="sub"), "O")
MIXED = Clauses((
    Clause(inline("Before rowing:"), (
        Bullet(inline("look at the sky"), (Clause(inline("first")), Clause(inline("second")))),
        Clause(inline("sign the book"), (Clause(inline("in ink"), (Clause(inline("black"),),)),)),
    )),
    Clause(inline("After rowing")),
))  # fmt: skip
DOCUMENT = Document(
    "قواعد القارب",
    (Paragraph(inline(f"Acme Rowing Ltd{LINE_BREAK}1 River Street")), Paragraph(RAISED, "en")),
    (
        Section(inline("Boats"), (MIXED, Paragraph(inline("Oui"), "fr"), Paragraph(inline("نعم")))),
        Section(inline("Lists"), (Bullets((Bullet(inline("Steps"), (Clause(inline("one")),)),)), Paragraph(RAISED))),
    ),
    "ar",
)
