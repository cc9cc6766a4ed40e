"""Base64 is followed where it stands for a text, and only there."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.redaction.base64_text import MAY_BE, decoded, within

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=20, max_size=80)


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@given(PRINTABLE)
def test_a_text_alone_and_in_the_middle_of_another(text: str) -> None:
    alone = coded(text)
    assert decoded(alone) == (text, (0, len(alone)))
    around = f'see "{alone}" here'
    assert list(within(around)) == [(text, (5, 5 + len(alone)))]
    assert MAY_BE.search(around)


def test_a_data_url() -> None:
    url = "data:text/plain;charset=utf-8;base64," + coded("KEY=1")
    assert decoded(url) == ("KEY=1", (len(url) - 8, len(url)))
    assert MAY_BE.search(f'"{url}"')


@pytest.mark.parametrize(
    "value",
    [
        "data:image/png;base64," + coded("any text at all, it is an image"),
        base64.b64encode(bytes(range(64))).decode(),
        "0123456789abcdef" * 3,
        "a plain sentence of several words, no base64",
        coded("short"),
    ],
)
def test_what_stands_for_no_text(value: str) -> None:
    assert decoded(value) is None
    assert list(within(value)) == []
