"""A policy with each kind of block, whose words are no English."""

from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definition,
    Definitions,
    Document,
    KeyFact,
    KeyFacts,
    Notice,
    Paragraph,
    Runs,
    Section,
    Table,
    inline,
)
from tests.making.pseudo_locale import greek


def in_greek(words: str) -> Document:
    """One whose first paragraph says this; all in Greek letters."""

    def g(text: str) -> Runs:
        return inline(greek(text))

    blocks = (
        Paragraph(g(words)),
        Clauses((Clause(g("a first point"), (Clause(g("below")),)), Clause(g("a second point")))),
        Bullets((Bullet(g("one")),)),
        Definitions((Definition(g("cookie"), g("a small file")),)),
        KeyFacts((KeyFact(g("why"), g("so")),)),
        Table((g("what"), g("why")), ((g("this"), g("so")),), g("table")),
        Notice(g("mind"), (g("this"),)),
        Contact(greek("office"), (greek("street"),), "office@example.org", "01462 000000"),
    )
    key = "00000000-0000-4000-8000-{:012d}".format
    return Document(
        greek("privacy"),
        (Paragraph(g("we respect you")),),
        (Section(g("first"), blocks, key(1)), Section(g("second"), (Paragraph(g("the rest stays")),), key(2))),
    )
