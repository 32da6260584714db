"""The small policies that the commands read, one of each kind, and some that they must refuse."""

from pathlib import Path

FILES = {
    "notice.txt": "PRIVACY NOTICE\n\nWe keep little.\n\n1. What we keep\n\n1.1 Your name.\n\n1.2 Your address.\n\n"
    "2. How long\n\nSix years.\n",
    "notice.md": "# Privacy notice\n\nWe keep **little**.\n\n## What we keep\n\n1. Your name.\n2. Your address.\n\n"
    "## How long\n\nSeven years, see [terms](https://example.org/).\n",
    "notice.html": "<h1>Privacy notice</h1><p>We keep <em>little</em>.</p><h2>What we keep</h2>"
    "<ol><li>Your name</li><li>Your address</li></ol><h2>How long</h2><p>Eight years.</p>",
    "lossy.html": "<h1>Notice</h1><h2>One</h2><p>Text <del>struck</del></p><form><input value=x></form>"
    "<img src=x alt='a picture'>",
    "empty.txt": "",
    "wrong.pdf": "%PDF-1.4",
}


def lay_files(folder: Path) -> list[str]:
    """Write them all and return their names."""
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    word_file(folder / "notice.docx")
    return sorted(path.name for path in folder.iterdir())


def word_file(path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Privacy notice", 0)
    document.add_paragraph("We keep little.")
    document.add_heading("What we keep", 1)
    for words in ("Your name", "Your address"):
        document.add_paragraph(words, style="List Number")
    document.add_heading("How long", 1)
    document.add_paragraph("Nine years.")
    document.save(str(path))
