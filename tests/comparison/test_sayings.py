"""What messages say, as keys."""

import pytest
from handmade import said

from cassette_cli.comparison.sayings import call_key, merged, message_key, structured
from cassette_cli.conversation import Media, Message, Reasoning, Text, ToolCall, ToolCallResponse, Unknown

CALL = ToolCall("c1", "f", {"a": 1, "b": 2}, '{"a": 1, "b": 2}')
PLACED = Media("image", "image/png", 5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("user", "a", "b"), said("user", "ab")),
        (said("model", "a"), said("assistant", "a")),
        (said("assistant", CALL), said("assistant", ToolCall("c2", "f", {"b": 2, "a": 1}, '{"b":2,"a":1}'))),
        (said("tool", ToolCallResponse("c1", "5")), said("tool", ToolCallResponse("c2", "5"))),
        (said("assistant", Reasoning("hm", "s1")), said("assistant", Reasoning("hm", "s2"))),
        (said("assistant", "", "a"), said("assistant", "a")),
    ],
)
def test_messages_that_say_the_same(one: Message, other: Message) -> None:
    assert message_key(one) == message_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("user", "a"), said("system", "a")),
        (said("user", "a"), said("user", "b")),
        (said("user", "a"), said("user", Reasoning("a"))),
        (said("user", PLACED), said("user", Media("image", "image/png", 6))),
        (said("user", Unknown("x", 1)), said("user", Unknown("x", 2))),
        (said("user", ToolCallResponse("c", "5")), said("user", ToolCallResponse("c", (Text("5"),)))),
    ],
)
def test_messages_that_do_not(one: Message, other: Message) -> None:
    assert message_key(one) != message_key(other)


def test_arguments_that_are_no_json_are_their_text() -> None:
    assert call_key(ToolCall("c", "f", None, ' {"a": ')) == ("f", '{"a":')


def test_texts_in_a_row_are_one() -> None:
    found = merged(
        [Text("a"), Text("b", ({"x": 1},)), CALL, Text(""), Text("c"), Reasoning("d", "s"), Reasoning("e", "t")]
    )

    assert found == [Text("ab", ({"x": 1},)), CALL, Text("c"), Reasoning("de", "st")]


@pytest.mark.parametrize(
    ("text", "value"),
    [(' {"a": 1}\n', {"a": 1}), ("[]", []), ("5", None), ('"a"', None), ("{a}", None), ("[1] a", None), ("", None)],
)
def test_structured_output(text: str, value: object) -> None:
    assert structured(text) == value
