"""Texts in texts of a payload: opened, and closed around others."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import Layer, Route
from cassette_cli.rechunking.layered import base_of, opened

INSIDE: Route = ("bytes", Layer.BASE64, Layer.JSON)


def wrapped(text: str) -> str:
    return f'{{"bytes":"{b64encode(text.encode()).decode()}","p":"abc"}}'


def test_a_route_falls_apart_behind_its_last_layer() -> None:
    assert base_of((*INSIDE, "delta", "text")) == (INSIDE, ("delta", "text"))
    assert base_of(("choices", 0, "text")) == ((), ("choices", 0, "text"))


@given(st.text(), st.text())
def test_closed_around_another_text_it_reads_as_that(text: str, other: str) -> None:
    sound, after = (each.encode("utf-8", "ignore").decode() for each in (text, other))
    found = opened(wrapped(sound), INSIDE)

    assert found is not None
    assert found.text == sound
    assert found.around(sound) == wrapped(sound)
    assert found.around(after) == wrapped(after)


def test_json_in_a_string_of_json() -> None:
    found = opened('{"body": "{\\"a\\":1}", "x": 1}', ("body", Layer.JSON))

    assert found is not None
    assert found.text == '{"a":1}'
    assert found.around('{"a":"é"}') == '{"body": "{\\"a\\":\\"é\\"}", "x": 1}'


@pytest.mark.parametrize(
    "payload",
    [
        '{"bytes":"not base64!"}',
        '{"bytes":1}',
        "{}",
        "no JSON",
        # Another spelling would come out: an escape that needs none, bits beyond the last byte.
        '{"bytes":"\\u0061GVsbG8="}',
        '{"bytes":"aGVsbG9="}',
        '{"bytes":"/w=="}',
    ],
)
def test_what_cannot_be_opened(payload: str) -> None:
    assert opened(payload, ("bytes", Layer.BASE64)) is None


def test_without_layers_it_is_the_payload() -> None:
    found = opened("text", ())

    assert found is not None
    assert (found.text, found.around("other")) == ("text", "other")
