"""The country whose law and customs the site goes by: the module that the setting COUNTRY names."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from accounts.values.countries.terms import Law, Regulator
from accounts.values.wording import Words


class Country(Protocol):
    """What a module of a country holds."""

    NAME: str
    CALLED: tuple[str, ...]
    HOLIDAYS_OF: str
    LANGUAGE: str
    TIME_ZONE: str
    FORMATS: str
    MONEY: Words
    MONEY_WRITTEN: str
    TELEPHONES: str
    TELEPHONES_LOOK: str
    REGULATOR: Regulator
    SIGNS_OF_REGULATOR: tuple[str, ...]
    LAW: Law
    FIRST_YEAR: int
    LAST_YEAR: int
    day_in_sqlite: Callable[[str], str]
    bank_holidays: Callable[[int], dict[dt.date, str]]


COUNTRY = cast(Country, import_module(settings.COUNTRY))
LAW = COUNTRY.LAW
# By its clocks times are told: the city of the time zone.
ITS_CLOCKS = COUNTRY.TIME_ZONE.rpartition("/")[2].replace("_", " ")
