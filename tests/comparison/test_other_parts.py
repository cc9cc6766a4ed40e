"""Media and unknown parts compared."""

import pytest
from comparing import Short, answering, between
from handmade import said

from cassette_cli.conversation import Media, Part, Unknown

CUT = '{"id": "a1", "created": 17, "choices": [{"te'


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            [Media("image", "image/png", 10, "https://a.example")],
            [Media("image", "image/webp", 11, "https://b.example")],
            [
                ("behaviour", "media[0].media_type", "image/png", "image/webp"),
                ("wording", "media[0].size", 10, 11),
                ("wording", "media[0].uri", "https://a.example", "https://b.example"),
            ],
        ),
        (
            [Media("audio", transcript="one")],
            [Media("audio", transcript="two")],
            [("wording", "media[0].transcript", "one", "two")],
        ),
        ([Unknown("embedding", [1, 2])], [Unknown("embedding", [1, 3])], [("wording", "unknown[0].data[1]", 2, 3)]),
        ([Unknown("thing", {"a": 1})], [Unknown("thing", {"a": 2})], [("behaviour", "unknown[0].data.a", 1, 2)]),
        (
            [Unknown(None, CUT)],
            [Unknown(None, CUT.replace("17", "18"))],
            [("cosmetic", "unknown[0].data", CUT, CUT.replace("17", "18"))],
        ),
        (
            [Unknown(None, CUT)],
            [Unknown(None, CUT + "x")],
            [("behaviour", "unknown[0].data", CUT, CUT + "x")],
        ),
    ],
)
def test_other_parts(old: list[Part], new: list[Part], found: list[Short]) -> None:
    changes = between(answering(said("assistant", *old)), answering(said("assistant", *new)))

    assert changes == [(verdict, f"reply.messages[0].{where}", one, other) for verdict, where, one, other in found]
