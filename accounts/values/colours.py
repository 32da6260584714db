"""Colours of a site: how well they can be read, and all shades made of the two that an organisation chooses. Pure."""

import colorsys
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

HEX: Final = re.compile(r"#[0-9a-f]{6}")
WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
# WCAG 2.2, 1.4.3: text of common size, level AA.
ENOUGH: Final = 4.5
# What the style sheet lays under text, in the light and in the dark scheme.
LIGHT_GROUNDS: Final = (WHITE, "#fcfaf8", "#f5f0f1")
DARK_GROUNDS: Final = ("#19131a", "#221a23", "#2b212c")
MAIN: Final = "#1f4e79"
SECOND: Final = "#12283d"


@dataclass(frozen=True, slots=True)
class Shades:
    """What one scheme uses: `main` for links and buttons with `on_main` upon it, `second` below everything."""

    main: str
    strong: str
    soft: str
    line: str
    on_main: str
    focus: str
    second: str
    on_second: str


@dataclass(frozen=True, slots=True)
class Palette:
    light: Shades
    dark: Shades


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return a colour of which `share`, from 0 to 1, is the other one."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def is_readable(colour: str) -> bool:
    """Return whether text of this colour can be read on everything light."""
    return _least(colour, [*LIGHT_GROUNDS, _soft(colour)]) >= ENOUGH


def nearest_readable(colour: str) -> str:
    """Return the colour itself, or the least dark shade of it that can be read on everything light."""
    shades = (mix(colour, BLACK, step / 100) for step in range(100))
    return next((shade for shade in shades if is_readable(shade)), BLACK)


def palette(main: str = MAIN, second: str = SECOND) -> Palette:
    """Return all shades, readable in both schemes; a main colour that is not becomes the nearest that is."""
    main = nearest_readable(main)
    return Palette(_light(main, second), _dark(main, second))


def _light(main: str, second: str) -> Shades:
    return Shades(
        main=main,
        strong=mix(main, BLACK, 0.35),
        soft=_soft(main),
        line=mix(main, WHITE, 0.72),
        on_main=WHITE,
        focus=main,
        second=second,
        on_second=_ink_on(second),
    )


def _dark(main: str, second: str) -> Shades:
    soft = mix(main, DARK_GROUNDS[0], 0.78)
    grounds = [*DARK_GROUNDS, soft]
    lighter = (_as_light_as(step / 100, main) for step in range(30, 101))
    shown = next((shade for shade in lighter if _least(shade, grounds) >= ENOUGH + 2), WHITE)
    deep = mix(second, BLACK, 0.7)
    return Shades(
        main=shown,
        strong=mix(shown, WHITE, 0.45),
        soft=soft,
        line=mix(main, DARK_GROUNDS[2], 0.45),
        on_main=mix(main, BLACK, 0.8),
        focus=mix(shown, WHITE, 0.3),
        second=deep,
        on_second=_ink_on(deep),
    )


def _as_light_as(lightness: float, colour: str) -> str:
    """Return a colour of the same hue; lightness from 0 to 1."""
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def _soft(colour: str) -> str:
    return mix(colour, WHITE, 0.93)


def _ink_on(ground: str) -> str:
    """Return a light or a dark ink; one of the two always has a contrast above 4.5."""
    light, dark = mix(ground, WHITE, 0.94), BLACK
    if contrast(light, ground) >= ENOUGH:
        return light
    return max(WHITE, dark, key=lambda ink: contrast(ink, ground))


def _least(colour: str, grounds: Iterable[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


DEFAULT: Final = palette()
