"""What of a request was there before: tables of turns, and the laws."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    Refusal,
    Reply,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.conversations import Conversations, Known, Turn

NEW = Known(0, None)


def known(turns: Iterable[Turn]) -> list[Known]:
    conversations = Conversations()
    return [conversations.add(turn) for turn in turns]


def said(role: str | None, *parts: Part | str) -> Message:
    return Message(role, tuple(Text(part) if isinstance(part, str) else part for part in parts))


def turn(*messages: Message, reply: Message | None = None) -> Turn:
    return Turn(Prompt(messages=messages, parameters={}), Reply(messages=(reply,)) if reply else None)


def call(name: str, arguments: Json = None, id_: str | None = "call_1") -> ToolCall:
    return ToolCall(id_, name, arguments, str(arguments))


SYSTEM, HELLO, BYE = said("system", "Be brief."), said("user", "Hello"), said("user", "Bye")
HI = said("assistant", "Hi!")


def test_a_reply_sent_back_is_known() -> None:
    turns = [turn(SYSTEM, HELLO, reply=HI), turn(SYSTEM, HELLO, HI, BYE)]

    assert known(turns) == [NEW, Known(3, 0)]


def bearing(message: Message, **extra: Json) -> Message:
    return replace(message, extra=extra)


CACHED: Json = {"cache_control": {"type": "ephemeral"}}


@pytest.mark.parametrize(
    ("before", "after", "but"),
    [
        (bearing(HELLO, **CACHED), HELLO, ("cache_control",)),
        (HELLO, bearing(HELLO, content={"0": CACHED}, name="x"), ("cache_control", "name")),
        (bearing(HELLO, content={"0": CACHED}), bearing(HELLO, content={"1": CACHED}), ("cache_control",)),
        (bearing(HELLO, **CACHED), bearing(HELLO, **CACHED), ()),
        (HELLO, bearing(HELLO, name=None, annotations=[]), ()),
    ],
)
def test_fields_that_differ_are_named(before: Message, after: Message, but: tuple[str, ...]) -> None:
    assert known([turn(before, reply=HI), turn(after, HI, BYE)])[1] == Known(2, 0, but)
    assert known([turn(before), turn(after)])[1] == Known(1, 0, but)


def test_fields_of_a_reply_that_is_sent_back_are_no_difference() -> None:
    assert known([turn(HELLO, reply=HI), turn(HELLO, bearing(HI, **CACHED), BYE)])[1] == Known(2, 0)


def test_fields_are_compared_with_those_of_the_turn_that_is_named() -> None:
    turns = [turn(HELLO, BYE), turn(bearing(HELLO, **CACHED), HI), turn(HELLO, BYE, HI)]
    assert known(turns)[2] == Known(2, 0)


@pytest.mark.parametrize(
    ("reply", "sent_back"),
    [
        (said("assistant", "\nHi!"), [said("assistant", "Hi!")]),
        (said(None, "Hi!"), [said("assistant", "Hi!")]),
        (said("assistant", "Hi!"), [said("model", "Hi!")]),
        (said("assistant", Reasoning("Hm."), "Hi!"), [said("assistant", "Hi!")]),
        (said("assistant", "Hi!"), [said("assistant", Reasoning("Hm.", "sig"), "Hi!")]),
        (said("assistant", Reasoning("Hm."), "Hi!"), [said("assistant", "<think>\nHm.\n</think>\nHi!")]),
        (said("assistant", Text("Hi!", ({"url": "x"},))), [said("assistant", "Hi!")]),
        (said("assistant", "\n", call("add", {"a": 1})), [said("assistant", call("add", {"a": 1}))]),
        (said("assistant", call("add", {"a": 1, "b": 2})), [said("assistant", call("add", {"b": 2, "a": 1}, None))]),
        (said("assistant", call("add"), call("mul")), [said("assistant", call("add")), said("assistant", call("mul"))]),
        (said("assistant", "Hi!", call("add")), [said("assistant", "Hi!"), said("assistant", call("add"))]),
        (said("assistant", Refusal("No.")), [said("assistant", "No.")]),
    ],
)
def test_a_reply_sent_back_in_another_shape_is_known(reply: Message, sent_back: list[Message]) -> None:
    turns = [turn(HELLO, reply=reply), turn(HELLO, *sent_back, BYE)]

    assert known(turns)[1] == Known(1 + len(sent_back), 0)


@pytest.mark.parametrize(
    ("reply", "sent_back"),
    [
        (said("assistant", "Hi!"), said("assistant", "Hi.")),
        (said("assistant", "Hi!"), said("user", "Hi!")),
        (said("assistant", call("add", {"a": 1})), said("assistant", call("add", {"a": 2}))),
        (said("assistant", call("add", {"a": 1})), said("assistant", call("mul", {"a": 1}))),
        (said("assistant", "Hi!"), said("assistant", "Hi!", call("add"))),
    ],
)
def test_another_reply_is_not(reply: Message, sent_back: Message) -> None:
    assert known([turn(HELLO, reply=reply), turn(HELLO, sent_back, BYE)])[1] == Known(1, 0)


@pytest.mark.parametrize(
    "part",
    [
        Media("image", "image/png", 34, None),
        Unknown("odd", {"a": [1]}),
        ServerToolCall("s1", "web_search", {"q": "x"}, "", "server_tool_use"),
        ServerToolCallResponse("s1", [{"url": "x"}], "web_search_tool_result"),
        ToolCallResponse("call_1", "5"),
        ToolCallResponse("call_1", (Text("5"), Media("image", None, 1, None))),
    ],
)
def test_parts_of_every_kind_are_compared(part: Part) -> None:
    other = ToolCallResponse("call_1", "6")

    assert known([turn(HELLO, said("user", part)), turn(HELLO, said("user", part))])[1] == Known(2, 0)
    assert known([turn(HELLO, said("user", part)), turn(HELLO, said("user", other))])[1] == Known(1, 0)


def test_the_role_of_a_tools_result_does_not_matter() -> None:
    result = ToolCallResponse("call_1", "5")

    assert known([turn(HELLO, said("tool", result)), turn(HELLO, said("user", result))])[1].messages == 2


def test_conversations_may_be_interleaved() -> None:
    other = said("user", "Something else")
    turns = [
        turn(HELLO, reply=HI),
        turn(other, reply=HI),
        turn(HELLO, HI, BYE, reply=HI),
        turn(other, HI, BYE),
        turn(HELLO, HI, BYE, HI, HELLO),
    ]

    assert known(turns) == [NEW, NEW, Known(2, 0), Known(2, 1), Known(4, 2)]


def test_the_latest_turn_that_had_them_is_named() -> None:
    turns = [turn(HELLO), turn(HELLO), turn(SYSTEM), turn(HELLO, BYE)]

    assert known(turns) == [NEW, Known(1, 0), NEW, Known(1, 1)]


def test_of_a_prompt_sent_again_the_turn_that_sent_it_is_named() -> None:
    turns = [turn(HELLO, reply=HI), turn(HELLO, HI, BYE), turn(HELLO)]

    assert known(turns)[2] == Known(1, 0)


def test_turns_without_a_prompt_count() -> None:
    assert known([turn(HELLO), Turn(None, None), turn(HELLO)]) == [NEW, NEW, Known(1, 0)]


def test_messages_that_say_nothing_are_no_common_ground() -> None:
    empty = said("assistant", Reasoning("Hm."))

    assert known([turn(empty, HELLO), turn(empty, BYE)]) == [NEW, NEW]
    assert known([turn(HELLO, empty), turn(HELLO, empty, BYE)])[1] == Known(2, 0)


PARTS = st.sampled_from(["a", "b", " ", Reasoning("r"), call("f", {"x": 1}), ToolCallResponse("call_1", "5")])
MESSAGES = st.builds(said, st.sampled_from(["user", "assistant", "tool", None]), PARTS, PARTS)
PROMPTS = st.lists(MESSAGES, max_size=4)


@given(st.lists(PROMPTS, min_size=1, max_size=5))
def test_a_prompt_sent_again_is_all_known(prompts: list[list[Message]]) -> None:
    first = [turn(*prompt) for prompt in prompts]
    again = known([*first, turn(*prompts[0], BYE)])[-1]

    assert again.messages == len(prompts[0]) or not any(_speaks(message) for message in prompts[0])


@given(st.lists(PROMPTS, max_size=6))
def test_what_is_known_came_from_an_earlier_turn(prompts: list[list[Message]]) -> None:
    for number, found in enumerate(known(turn(*prompt) for prompt in prompts)):
        assert 0 <= found.messages <= len(prompts[number])
        assert (found.since is None) == (found.messages == 0)
        assert found.since is None or found.since < number


def _speaks(message: Message) -> bool:
    return any(not isinstance(part, Reasoning) and part != Text(" ") for part in message.parts)
