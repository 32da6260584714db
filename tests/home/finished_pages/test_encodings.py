"""The packing that a reader takes: RFC 9110, 12.5.3."""

import pytest

from home.finished_pages.encodings import preferred

ACCEPTED = {
    "": "",
    "gzip": "gzip",
    "br": "br",
    "gzip, deflate, br": "br",
    "gzip, deflate, br, zstd": "br",
    "GZIP": "gzip",
    "x-gzip": "gzip",
    "br;q=0.5, gzip;q=0.9": "gzip",
    "br; q=1.0 , gzip ; q=0.9": "br",
    "gzip;q=0": "",
    "gzip;q=0.0, br;q=0": "",
    "*": "br",
    "*;q=0": "",
    "br;q=0, *": "gzip",
    "identity": "",
    "identity;q=0.5, gzip;q=0.2": "",
    "identity;q=0, gzip;q=0.1": "gzip",
    "gzip;q=much": "",
    "gzipped, brr": "",
    ",,;q=1,": "",
}


@pytest.mark.parametrize(("accepted", "packing"), ACCEPTED.items())
def test_what_is_sent_is_what_the_reader_takes(accepted, packing):
    assert preferred(accepted) == packing
