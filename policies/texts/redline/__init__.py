"""The redline: what changed between two documents, word by word and section by section. Pure."""

from policies.texts.redline.documents import compare, new_lines, old_lines
from policies.texts.redline.model import (
    AnyChange,
    CellChange,
    Fold,
    LineChange,
    Piece,
    Redline,
    RowChange,
    SectionChange,
    TableChange,
    WordOp,
    fold,
)
from policies.texts.redline.texts import compare_texts

__all__ = [
    "AnyChange", "CellChange", "Fold", "LineChange", "Piece", "Redline", "RowChange", "SectionChange", "TableChange",
    "WordOp", "compare", "compare_texts", "fold", "new_lines", "old_lines",
]  # fmt: skip
