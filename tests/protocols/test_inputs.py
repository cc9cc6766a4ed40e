"""What is to be completed or embedded, as messages."""

import pytest

from cassette_cli.conversation import Json, Message, Text, Unknown
from cassette_cli.protocols.shared.inputs import messages_of


def user(*parts: Text | Unknown) -> list[Message]:
    return [Message("user", (part,)) for part in parts]


@pytest.mark.parametrize(
    ("given", "messages"),
    [
        ("Say", user(Text("Say"))),
        (["Say", "Tell"], user(Text("Say"), Text("Tell"))),
        ([1, 2], user(Unknown("tokens", [1, 2]))),
        ([[1, 2], [3]], user(Unknown("tokens", [1, 2]), Unknown("tokens", [3]))),
        ([{"content": "x"}], user(Unknown(None, {"content": "x"}))),
        ({"text": "x"}, user(Unknown(None, {"text": "x"}))),
        (["", "Say"], user(Text("Say"))),
        ("", []),
        ([], []),
        (None, []),
    ],
)
def test_inputs(given: Json, messages: list[Message]) -> None:
    assert messages_of(given) == tuple(messages)
