"""The country whose law and customs the site goes by: the module that the setting COUNTRY names."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from accounts.values.countries.terms import Regulator, Source


class Country(Protocol):
    """What a module of a country holds."""

    NAME: str
    HOLIDAYS_OF: str
    LANGUAGE: str
    TIME_ZONE: str
    FORMATS: str
    TELEPHONES: str
    TELEPHONES_LOOK: str
    REGULATOR: Regulator
    PERIOD: Source
    REQUESTS: Source
    OBJECTION: Source
    COUNTING: Source
    COMPLAINTS: Source
    COMMENCED: Source
    REQUESTS_SINCE: dt.date
    COMPLAINTS_SINCE: dt.date
    COMPLAINT_DAYS: int
    FIRST_YEAR: int
    LAST_YEAR: int
    bank_holidays: Callable[[int], dict[dt.date, str]]


COUNTRY = cast(Country, import_module(settings.COUNTRY))
# By its clocks times are told: London.
ITS_CLOCKS = COUNTRY.TIME_ZONE.rpartition("/")[2].replace("_", " ")
