"""How the number of a row stands in an address: `<row:pk>`. One that no database can hold is not found."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowNumber(IntConverter):
    """As `<int:…>`, of 18 figures at most: all of those fit into 64 bits."""

    regex = "[0-9]{1,18}"


register_converter(RowNumber, "row")
