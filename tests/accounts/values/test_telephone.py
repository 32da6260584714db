"""Telephone numbers as people write them, and as we keep and show them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.values.telephone import NotATelephone, read_telephone, telephone_from_abroad, telephone_in_words

LONDON = ("+442079460000", "020 7946 0000", "+44 20 7946 0000")
KNOWN = {
    "020 7946 0000": LONDON,
    "(020) 7946 0000": LONDON,
    "+44 (0)20 7946 0000": LONDON,
    "0044 20 7946 0000": LONDON,
    "020.7946.0000": LONDON,
    "tel:+44-20-7946-0000": LONDON,
    "\uff10\uff12\uff10 7946\u00a00000": LONDON,
    "07700 900123": ("+447700900123", "07700 900123", "+44 7700 900123"),
    "01632 960123": ("+441632960123", "01632 960123", "+44 1632 960123"),
    "0800 1111": ("+448001111", "0800 1111", "+44 800 1111"),
    "020 7946 0000 ext 12": ("+442079460000;ext=12", "020 7946 0000 extension 12", "+44 20 7946 0000 extension 12"),
    "020 7946 0000 extension 12": (
        "+442079460000;ext=12",
        "020 7946 0000 extension 12",
        "+44 20 7946 0000 extension 12",
    ),
    "020 7946 0000 x12": ("+442079460000;ext=12", "020 7946 0000 extension 12", "+44 20 7946 0000 extension 12"),
    "02079460000#12": ("+442079460000;ext=12", "020 7946 0000 extension 12", "+44 20 7946 0000 extension 12"),
    "+33 1 23 45 67 89": ("+33123456789", "+33 1 23 45 67 89", "+33 1 23 45 67 89"),
    "0033 1 23 45 67 89": ("+33123456789", "+33 1 23 45 67 89", "+33 1 23 45 67 89"),
    "+353 1 234 5678": ("+35312345678", "+353 1 234 5678", "+353 1 234 5678"),
}
UNKNOWN = {
    "not a phone": "This is not a telephone number",
    "call me on 020 7946 0000": "This is not a telephone number",
    "020 7946 0000 (evenings)": "This is not a telephone number",
    "0800 FLOWERS": "This is not a telephone number",
    "020 7946 0000 or 07700 900123": "This is not a telephone number",
    "+44": "This is not a telephone number",
    "-": "This is not a telephone number",
    "999": "too few figures",
    "020 794": "The number is not whole",
    "7946 0000": "The number is not whole",
    "020 7946 0000 1234": "too many figures",
    "020 7946 0000 / 07700 900123": "too many figures",
    "+999 123456": "No country has the code after the +",
}


@pytest.mark.parametrize(("typed", "expected"), KNOWN.items())
def test_a_number_is_kept_in_one_form_and_shown_as_people_write_it(typed, expected):
    kept = read_telephone(typed)
    assert (kept, telephone_in_words(kept), telephone_from_abroad(kept)) == expected


@pytest.mark.parametrize(("typed", "problem"), UNKNOWN.items())
def test_what_is_no_number_is_refused_in_words(typed, problem):
    with pytest.raises(NotATelephone, match=re.escape(problem)):
        read_telephone(typed)


@pytest.mark.parametrize("expected", sorted(set(KNOWN.values())))
def test_what_is_shown_is_read_back_as_the_same_number(expected):
    kept, here, abroad = expected
    assert read_telephone(here) == read_telephone(abroad) == read_telephone(kept) == kept


@pytest.mark.parametrize("old", ["not a phone", "", "+", "+1", "01462 000000", "+44;ext="])
def test_what_was_kept_before_numbers_were_checked_is_shown_as_it_is(old):
    assert telephone_in_words(old) == telephone_from_abroad(old) == old


@given(st.text(max_size=60))
def test_no_figure_of_a_number_is_lost_or_made(text):
    try:
        kept = read_telephone(text)
    except NotATelephone:
        return
    assert read_telephone(telephone_in_words(kept)) == kept
