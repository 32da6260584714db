"""Two colours make all shades, and every one of them can be read where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.values.colours import (
    DARK_GROUNDS,
    ENOUGH,
    LIGHT_GROUNDS,
    contrast,
    is_readable,
    mix,
    nearest_readable,
    palette,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#1f4e79", "#1f4e79") == 1


def test_mixing_goes_from_one_to_the_other():
    assert [mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


@given(colours, colours)
def test_every_shade_can_be_read_where_it_stands(main, second):
    for shades, grounds in ((palette(main, second).light, LIGHT_GROUNDS), (palette(main, second).dark, DARK_GROUNDS)):
        pairs = [(ink, ground) for ink in (shades.main, shades.strong) for ground in (*grounds, shades.soft)]
        pairs += [(shades.on_main, shades.main), (shades.on_main, shades.strong), (shades.on_second, shades.second)]
        for ink, ground in pairs:
            assert contrast(ink, ground) >= ENOUGH, (ink, ground)


@given(colours)
def test_a_colour_that_can_be_read_stays_as_it_is(colour):
    nearest = nearest_readable(colour)
    assert is_readable(nearest)
    assert (nearest == colour) == is_readable(colour)
    assert palette(colour).light.main == nearest


@pytest.mark.parametrize("name", ["main", "second"])
def test_another_colour_is_seen(name):
    assert palette(**{name: "#aa0000"}) != palette()
