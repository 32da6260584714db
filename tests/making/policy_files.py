"""Makes policies from a seed in all four kinds of file, with everything that is easily lost in them."""

import random
from dataclasses import dataclass, field
from html import escape

from docx import Document as WordFile
from docx.text.paragraph import Paragraph as WordParagraph

# A piece of a line: words, and how they look.
Piece = tuple[str, str]
_SUBJECTS = ["We", "You", "Members", "Rowers", "The club", "Nobody", "Guests", "Each crew"]
_VERBS = [
    "will not sell",
    "may never row after",
    "must pay",
    "keeps",
    "do not lend",
    "cannot swap",
    "need no leave for",
]
_OBJECTS = [
    "boats",
    "oars 3D-printed",
    "the shed key",
    "2.5 per cent of the fee",
    "10 days' notice",
    "£1,250.75 in cash",
]
_ENDS = [
    "before 4:15 pm", "until 30 June 2031", "in 1.5 million years", "unless 7 agree", "without 2nd thoughts", "nor 12",
]  # fmt: skip
_TITLES = [
    "Members", "Fees and dues", "10 days' notice", "2.5 per cent surcharge", "Sheds", "Not allowed", "2031 changes",
    "Contact", "Boats of 8 or 4", "3D prints",
]  # fmt: skip


@dataclass(slots=True)
class Made:
    """A text: its title, and sections of heading and blocks. A block is its kind and its lines."""

    title: str
    sections: list[tuple[str, list[tuple[str, list[list[Piece]]]]]] = field(default_factory=list)


def made(seed: int) -> Made:
    """Return the text of a seed."""
    dice = random.Random(seed)
    text = Made(f"Rules {seed} of the club")
    for title in dice.sample(_TITLES, dice.randint(2, 5)):
        kinds = dice.choices(["paragraph", "numbers", "bullets", "table", "address"], k=dice.randint(1, 4))
        text.sections.append((title, [(kind, _lines(dice, kind)) for kind in ["paragraph", *kinds]]))
    return text


def _lines(dice: random.Random, kind: str) -> list[list[Piece]]:
    if kind == "address":
        return [[("Acme Rowing Ltd", "")], [(f"{dice.randint(1, 99)} River Street", "")], [("Boatham BT7 9QX", "")]]
    return [_line(dice) for _ in range({"paragraph": 1, "table": 4}.get(kind, dice.randint(2, 4)))]


def _line(dice: random.Random) -> list[Piece]:
    pieces = [(f"{dice.choice(_SUBJECTS)} {dice.choice(_VERBS)} {dice.choice(_OBJECTS)}", "")]
    for look in dice.sample(["struck", "super", "sub", "bold", "link", ""], dice.randint(0, 3)):
        match look:
            case "struck":
                pieces += [(" ", ""), (dice.choice(["not", "never", f"{dice.randint(2, 90)}", "no more than 6"]), look)]
            case "super":
                pieces += [(f" {dice.randint(2, 90)} m", ""), (f"{dice.randint(2, 9)}", look)]
            case "sub":
                pieces += [(" H", ""), (f"{dice.randint(2, 9)}", look), ("O", "")]
            case "bold" | "link":
                pieces += [(" ", ""), (f"not {dice.randint(100, 999)}", look)]
    return [*pieces, (f" {dice.choice(_ENDS)}.", "")]


def as_plain(text: Made) -> str:
    """Return it as plain text: struck words between tildes, raised figures on the line.

    No number of a section stands before a figure: there it would be taken for a part of it.
    """
    lines = [text.title, ""]
    for number, (title, blocks) in enumerate(text.sections, 1):
        lines += [f"{number}. {f'About {title}' if title[0].isdigit() else title}", ""]
        for kind, found in blocks:
            marks = {"numbers": [f"  {n}. " for n in range(1, 9)], "bullets": ["  - "] * 9}.get(kind, [""] * 9)
            gap = [""] if kind in ("paragraph", "table") else []
            for mark, line in zip(marks, found, strict=False):
                lines += [mark + "".join(f"~~{words}~~" if look == "struck" else words for words, look in line), *gap]
            lines += ["Then:", ""] if kind == "numbers" else [""]
    return "\n".join(lines)


_MARKDOWN = {"struck": "~~{}~~", "super": "<sup>{}</sup>", "sub": "<sub>{}</sub>", "bold": "**{}**", "": "{}"}
_HTML = {"struck": "<del>{}</del>", "super": "<sup>{}</sup>", "sub": "<sub>{}</sub>", "bold": "<b>{}</b>", "": "{}"}
_LINKS = {"link": "[{}](https://oars.example/a)"}, {"link": '<a href="https://oars.example/a">{}</a>'}


def as_markdown(text: Made) -> str:
    """Return it as Markdown, with front matter and a comment."""

    def shown(line: list[Piece]) -> str:
        return "".join((_MARKDOWN | _LINKS[0])[look].format(words) for words, look in line)

    lines = ["---", f"title: {text.title}", "owner: not 77 people", "---", "", f"# {text.title}", ""]
    for title, blocks in text.sections:
        lines += [f"## {title}", ""]
        for kind, found in blocks:
            match kind:
                case "numbers" | "bullets":
                    lines += [f"{'1.' if kind == 'numbers' else '-'} {shown(line)}" for line in found]
                case "table":
                    first, second, *rest = [shown(line) for line in found]
                    lines += [f"| {first} | {second} |", "|---|---|", f"| {' | '.join(rest)} |"]
                case "address":
                    lines.append("  \n".join(shown(line) for line in found))
                case _:
                    lines += [shown(line) for line in found]
            lines += ["", "<!-- not 88 of these -->", ""]
    return "\n".join(lines)


def as_html(text: Made) -> str:
    """Return it as a page, with a menu, a script and a comment."""

    def shown(line: list[Piece]) -> str:
        return "".join((_HTML | _LINKS[1])[look].format(escape(words)) for words, look in line)

    body = [f"<h1>{escape(text.title)}</h1>"]
    for title, blocks in text.sections:
        body.append(f"<h2>{escape(title)}</h2><!-- not 88 of these -->")
        for kind, found in blocks:
            lines = [shown(line) for line in found]
            match kind:
                case "numbers" | "bullets":
                    tag = "ol start='4'" if kind == "numbers" else "ul"
                    body.append(f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag[:2]}>")
                case "table":
                    cells = [f"<td>{line}</td>" for line in lines]
                    body.append(f"<table><tr>{cells[0]}{cells[1]}</tr><tr>{cells[2]}{cells[3]}</tr></table>")
                case _:
                    body.append(f"<p>{'<br>'.join(lines)}</p>")
    script = "<script>var not = 99;</script><nav><a href='/'>No 66</a> <a href='/b'>Not 67</a></nav>"
    return f"<!doctype html><html><head><title>{text.title}</title></head><body>{script}{''.join(body)}</body></html>"


def as_word(text: Made, path: str) -> None:
    """Write it as a Word file."""
    file = WordFile()
    file.add_heading(text.title, 0)
    for title, blocks in text.sections:
        file.add_heading(title, 1)
        for kind, found in blocks:
            match kind:
                case "table":
                    table = file.add_table(2, 2)
                    for place, line in enumerate(found):
                        _write(table.cell(place // 2, place % 2).paragraphs[0], line)
                case "address":
                    paragraph = file.add_paragraph()
                    for place, line in enumerate(found):
                        if place:
                            paragraph.add_run().add_break()
                        _write(paragraph, line)
                case _:
                    style = {"numbers": "List Number", "bullets": "List Bullet"}.get(kind)
                    for line in found:
                        _write(file.add_paragraph(style=style), line)
    file.save(path)


def _write(paragraph: WordParagraph, line: list[Piece]) -> None:
    for words, look in line:
        font = paragraph.add_run(words).font
        font.strike = True if look == "struck" and len(words) % 2 else None
        font.double_strike = True if look == "struck" and not len(words) % 2 else None
        font.superscript, font.subscript = look == "super" or None, look == "sub" or None
        font.bold = look == "bold" or None
