"""Numbers in addresses: what no database can hold is not found, and fails nowhere."""

import pytest
from django.urls import resolve

from tests.making.patterns import all_patterns

OURS = ("account/", "policies/", "cms/accounts/", "cms/policies/")
TOO_BIG = ["9223372036854775808", "9" * 19, "9" * 400]
PATHS = [
    "/account/policies/notices/{}/",
    "/account/policies/notices/{}/eml/",
    "/account/security/second-factor/passkey/{}/name/",
    "/account/security/second-factor/app/{}/rename/",
]


def test_every_address_of_ours_with_a_number_takes_numbers_of_rows_only():
    ours = [path for path, _ in all_patterns() if path.startswith(OURS)]
    assert len([path for path in ours if "<row:" in path]) >= 12
    assert [path for path in ours if "<int:" in path] == []


@pytest.mark.parametrize("number", TOO_BIG)
@pytest.mark.parametrize("path", PATHS)
def test_a_number_beyond_64_bits_is_not_found(signed_in, path, number):
    assert signed_in.get(path.format(number)).status_code == 404


def test_the_number_of_a_row_may_have_18_figures():
    assert resolve("/account/policies/notices/999999999999999999/").kwargs == {"pk": 999999999999999999}
