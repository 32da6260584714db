"""Files and pasted texts that mean nothing, as large as they may be."""

from random import Random

MEGABYTE = 1024 * 1024

# How a Markdown file starts, what follows again and again, and how often: as much markup as is read at all.
MARKUP = [
    ("## a\n", "~~a", 16_000), ("## a\n", "\n## 1. see 2", 15_000), ("## a\n", "\n1. x see 1(a)", 15_000),
    ("## a\n[^1]", "` ", 24_000), ("## a\n\n", "<script", 49_000), ("## a\n", "{--", 16_000),
    ("## a\n", "^a", 40_000), ("[a]: /b\n\n## a\n", "[a] ", 12_000), ("## a\n", "{~~a~>", 8_000),
]  # fmt: skip

# A file's name, how it starts, and what fills it.
NONSENSE = [
    ("p.txt", "1. a\n", " "),
    ("p.txt", "1. a\n", "a,"),
    ("p.txt", "1. A\nThis email address is being protected from spambots. You need JavaScript enabled to view it. "
     "or by post to ", "a, "),
    ("p.txt", "1. A\n2. B\n1. A", " ."),
    ("p.txt", "1. ", "1."),
    ("p.md", "## a\n", "> "),
    ("p.md", "## a\n", "["),
    ("p.md", "## a", " "),
    ("p.html", "<h2>a</h2>", "&"),
    ("p.html", "<h2>a</h2>", "<"),
    ("p.html", "<h2>a</h2><a href='", "x"),
]  # fmt: skip

RUBBISH = {
    "random words": lambda chance, text: " ".join(f"w{chance.randrange(50_000)}" for _ in range(330_000)),
    "one word": lambda chance, text: "data " * 400_000,
    "one long word": lambda chance, text: "x" * 2_000_000,
    "the policy again and again": lambda chance, text: text * 15_000,
    "one of its words again and again": lambda chance, text: chance.choice(text.split()) * 300_000,
    "brackets": lambda chance, text: "<div " * 400_000,
    "articles": lambda chance, text: '<article class="document"' * 80_000,
    "NUL": lambda chance, text: "\x00" * 2_000_000,
    "marks": lambda chance, text: "[](*" * 500_000,
}


def rubbish(kind: str, text: str) -> str:
    """Return two million letters that somebody might paste, some of them made of a policy's text."""
    return RUBBISH[kind](Random(1), text)[:2_000_000]
