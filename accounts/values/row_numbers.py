"""How the number of a row stands in an address: `<row:pk>`. One that no database can hold is not found."""

from typing import Final

from django.urls import register_converter
from django.urls.converters import IntConverter

MOST_FIGURES: Final = 18


class RowNumber(IntConverter):
    """As `<int:…>`, of 18 figures at most: all of those fit into 64 bits."""

    regex = f"[0-9]{{1,{MOST_FIGURES}}}"


register_converter(RowNumber, "row")
