"""The United Kingdom, with the courts and bank holidays of England: its regulator, days, times, numbers and law.

The templates of its letters stand in `templates/country/letters`.
"""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _
from holidays.countries.united_kingdom import UnitedKingdom

from accounts.values.countries.terms import Regulator
from accounts.values.countries.united_kingdom import clocks, law

NAME: Final = "United Kingdom (England and Wales)"
# By which words a text calls it, to find what it says of abroad.
CALLED: Final = ("United Kingdom", "UK", "EEA")
HOLIDAYS_OF: Final = "England"
LANGUAGE: Final = "en-gb"
TIME_ZONE: Final = "Europe/London"
day_in_sqlite = clocks.day_in_sqlite
FORMATS: Final = "plum.formats"
MONEY: Final = _("pounds")
MONEY_WRITTEN: Final = "£%(amount)s"

# The telephone: whose numbers need no code of a country, and how two of them look.
TELEPHONES: Final = "GB"
TELEPHONES_LOOK: Final = "such as 020 7946 0000, or +33 1 23 45 67 89 for another country"

# What stands until the setting says otherwise.
REGULATOR: Final = Regulator(
    name="Information Commissioner’s Office",
    short="ICO",
    url="https://ico.org.uk/make-a-complaint/",
    postal_address=("Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"),
    phone="0303 123 1113",
    since=dt.date(2018, 5, 25),
)

# By which words people speak of it, before and after it is called otherwise: regular expressions, in any case.
SIGNS_OF_REGULATOR: Final = (r"\binformation commission", r"\bICO\b")

# What its law says, and where.
LAW: Final = law

FIRST_YEAR: Final[int] = UnitedKingdom.start_year
LAST_YEAR: Final[int] = UnitedKingdom.end_year


def bank_holidays(year: int) -> dict[dt.date, str]:
    """Return the days of a year on which banks are closed, with what they are."""
    return dict(UnitedKingdom(subdiv="ENG", years=year, language="en_GB"))
