"""The United Kingdom, with the courts and bank holidays of England: its law, regulator, days, times and numbers."""

import datetime as dt
from typing import Final

from holidays.countries.united_kingdom import UnitedKingdom

from accounts.values.countries.terms import Regulator, Source

NAME: Final = "United Kingdom (England and Wales)"
HOLIDAYS_OF: Final = "England"
LANGUAGE: Final = "en-gb"
TIME_ZONE: Final = "Europe/London"
FORMATS: Final = "plum.formats"

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

# Of rights requests and complaints: where the periods stand, and since when there are complaints.
PERIOD: Final = Source("UK GDPR, Article 12A", "https://www.legislation.gov.uk/eur/2016/679/article/12A")
REQUESTS: Final = Source("UK GDPR, Article 12", "https://www.legislation.gov.uk/eur/2016/679/article/12")
OBJECTION: Final = Source("UK GDPR, Article 21", "https://www.legislation.gov.uk/eur/2016/679/article/21")
COUNTING: Final = Source("Regulation 1182/71, Article 3", "https://www.legislation.gov.uk/eur/1971/1182/article/3")
COMPLAINTS: Final = Source(
    "Data Protection Act 2018, section 164A", "https://www.legislation.gov.uk/ukpga/2018/12/section/164A"
)
COMMENCED: Final = Source("SI 2026/82, regulation 3", "https://www.legislation.gov.uk/uksi/2026/82/regulation/3")
REQUESTS_SINCE: Final = dt.date(2018, 5, 25)
COMPLAINTS_SINCE: Final = dt.date(2026, 6, 19)
COMPLAINT_DAYS: Final = 30

FIRST_YEAR: Final[int] = UnitedKingdom.start_year
LAST_YEAR: Final[int] = UnitedKingdom.end_year


def bank_holidays(year: int) -> dict[dt.date, str]:
    """Return the days of a year on which banks are closed, with what they are."""
    return dict(UnitedKingdom(subdiv="ENG", years=year, language="en_GB"))
