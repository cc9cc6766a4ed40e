from dataclasses import replace

import pytest

from cassette_cli.conversation import Message, Reply, ServerToolCall, Text, ToolCall, Usage
from cassette_cli.editing.meant import Meant, same_reply, with_part

CALL = ToolCall("1", "add", {"a": 1}, '{"a": 1}')
REPLY = Reply(
    id="r", messages=(Message("assistant", (Text("Hi"), CALL), "stop"),), usage=Usage(input_tokens=1, raw={"i": 1})
)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (with_part(REPLY, 0, 1, replace(CALL, arguments_text='{"a":1}')), True),
        (with_part(REPLY, 0, 1, replace(CALL, arguments={"a": 2})), False),
        (with_part(REPLY, 0, 0, Text("Ho")), False),
        (with_part(REPLY, 0, 1, ServerToolCall("1", "add", {"a": 1}, '{"a": 1}')), False),
        (replace(REPLY, messages=(Message("assistant", (Text(""), *REPLY.messages[0].parts), "stop"),)), True),
        (replace(REPLY, id="other"), False),
        (replace(REPLY, usage=None), False),
    ],
)
def test_replies_are_compared_by_what_they_say(other: Reply, same: bool) -> None:
    assert same_reply(REPLY, other) is same


def test_a_count_is_meant_whatever_the_providers_name_for_it() -> None:
    meant = Meant(replace(REPLY, usage=Usage(input_tokens=2, raw={"i": 1})), usage_field="input_tokens")

    assert meant.is_said(replace(REPLY, usage=Usage(input_tokens=2, raw={"i": 2})))
    assert not meant.is_said(replace(REPLY, usage=Usage(input_tokens=2, output_tokens=1, raw={"i": 2})))


def test_an_added_call_is_meant_whatever_its_id() -> None:
    meant = Meant(REPLY, added=ToolCall(None, "new", {}, ""))
    message = REPLY.messages[0]
    more = replace(REPLY, messages=(replace(message, parts=(*message.parts, ToolCall("9", "new", {}, "{}"))),))

    assert meant.is_said(more)
    assert not meant.is_said(REPLY)
