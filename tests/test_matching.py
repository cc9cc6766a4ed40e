"""By what recorders find a request again."""

import pytest

from cassette_cli.document.lens import Fixed
from cassette_cli.matching import address, matching_of
from cassette_cli.model import Request


def at(url: str | None, method: str = "GET") -> Request:
    return Request(method=method, url=None if url is None else Fixed(url))


ROWS = [
    ("VCR.py", "https://a.example/x?a=1&b=2", "https://a.example/x?b=2&a=1", True),
    ("VCR.py", "https://a.example/x", "https://a.example:443/x", True),
    ("VCR.py", "https://a.example/x", "http://a.example/x", False),
    ("VCR.py", "https://a.example/x", "https://a.example/x#part", True),
    ("VCR.py", "https://a.example:port/x", "https://a.example:port/x", True),
    ("go-vcr", "https://a.example/x?a=1&b=2", "https://a.example/x?b=2&a=1", False),
    ("Ruby VCR", "https://a.example/x", "https://a.example:443/x", False),
    ("Ruby VCR", "https://a.example/x", "https://a.example/x", True),
]


@pytest.mark.parametrize(("recorder", "one", "other", "same"), ROWS)
def test_addresses(recorder: str, one: str, other: str, same: bool) -> None:
    matching = matching_of(recorder)
    assert (address(at(one), matching) == address(at(other), matching)) == same


def test_methods_count_and_a_missing_url_is_none() -> None:
    matching = matching_of("VCR.py")
    assert address(at("https://a.example/x"), matching) != address(at("https://a.example/x", "POST"), matching)
    assert address(at(None), matching) == address(at(None), matching)


def test_a_recorder_that_is_not_listed_may_compare_anything() -> None:
    assert matching_of("Acme").headers
    assert matching_of("Acme").body
