"""What is drawn from the organisation's name and colours: the style sheet of its shades, a mark, the icon of a tab."""

from dataclasses import asdict
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from accounts.values.organisation import Organisation

SIZE: Final = 64  # pixels, and units of the drawing
CORNER: Final = 14
ICON_SIZES: Final = [(16, 16), (32, 32), (48, 48)]
MARK: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<rect width="64" height="64" rx="14" fill="{ground}"/>
<text x="32" y="45" text-anchor="middle" font-family="Georgia, 'Noto Serif', serif" font-size="38" font-weight="600" \
fill="{ink}">{letter}</text>
</svg>
"""


def shades_of(organisation: Organisation) -> dict[str, str]:
    """Return the shades by the names that the style sheet has for them; that decides which scheme takes which."""
    schemes = {"own": organisation.colours.light, "own-dark": organisation.colours.dark}
    return {
        f"{prefix}-{name.replace('_', '-')}": colour
        for prefix, shades in schemes.items()
        for name, colour in asdict(shades).items()
    }


def mark(organisation: Organisation) -> str:
    """Return a mark for who has none: the first letter of the name, in the main colour, as SVG."""
    shades = organisation.colours.light
    letter = first_letter(organisation.name)
    escaped = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(letter, letter)
    return MARK.format(ground=shades.main, ink=shades.on_main, letter=escaped)


def icon(organisation: Organisation, uploaded: Image.Image | None = None) -> bytes:
    """Return an .ico in three sizes, of the mark that was uploaded or of the one that is drawn."""
    picture = uploaded.convert("RGBA") if uploaded else _drawn(organisation)
    made = BytesIO()
    picture.save(made, "ico", sizes=ICON_SIZES)
    return made.getvalue()


def _drawn(organisation: Organisation) -> Image.Image:
    shades = organisation.colours.light
    picture = Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, SIZE - 1, SIZE - 1), CORNER, fill=shades.main)
    font = ImageFont.load_default(44)
    pen.text((SIZE / 2, SIZE / 2), first_letter(organisation.name), fill=shades.on_main, font=font, anchor="mm")
    return picture


def first_letter(name: str) -> str:
    return next((letter for letter in name if letter.isalnum()), "•").upper()
