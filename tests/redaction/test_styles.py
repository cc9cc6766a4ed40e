"""Placeholders in each style: of the shape that was asked for, and never taken for a secret."""

import base64
from random import Random

import pytest
from planted import opaque, secret

from cassette_cli.redaction.placeholders import is_placeholder
from cassette_cli.redaction.styles import STYLES, fixed, shape

KEY = secret()


def test_a_shape_keeps_prefix_length_and_signs_alone() -> None:
    now = shape("openai-api-key", 12, KEY)
    assert now == KEY[:8] + "x" * 46 + "12"
    assert shape("token", 1, "abcdefgh-ABCDEFGH.12345678") == "xxxxxxxx-xxxxxxxx.xxxxxxx1"
    assert shape("token", 1, "ABCDEFGH12345678") == "XXXXXXXXXXXXXXX1"


def test_short_values_and_those_cut_by_signs() -> None:
    assert shape("password", 3, "ab1") == "xxxx3"
    assert shape("password", 3, "a-b-c-d-e-f") == "xxxxxxxxxx3"


@pytest.mark.parametrize(
    ("rule", "value", "now"),
    [
        ("email", "someone@firma.net", "user2@example.com"),
        ("ip", "81.2.69.142", "192.0.2.2"),
        ("ip", "2a02:1::1", "2001:db8::2"),
        ("phone", "+49 (30) 123-456", "+00 (00) 000-000"),
        ("basic-credentials", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==", base64.b64encode(b"user:xxxx2").decode()),
    ],
)
def test_kinds_that_have_a_shape_of_their_own(rule: str, value: str, now: str) -> None:
    assert shape(rule, 2, value) == now


def test_one_word_for_all() -> None:
    assert fixed("jwt", 1, KEY) == fixed("token", 2, "x")


@pytest.mark.parametrize("style", STYLES)
def test_none_is_taken_for_a_secret(style: str) -> None:
    random = Random(1)
    for number in (1, 12, 123):
        for length in (4, 9, 20, 64):
            value = "".join(random.choices("abcXYZ019-_./", k=length))
            assert is_placeholder(STYLES[style]("token", number, value))


def test_different_secrets_look_different() -> None:
    assert shape("token", 1, opaque(1)) != shape("token", 2, opaque(2))
