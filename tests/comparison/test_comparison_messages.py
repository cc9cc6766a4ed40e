"""Messages of replies compared: texts as one, calls by order and name, what came with them; and in prompts what only
sends a reply back."""

from typing import Any

import pytest
from comparing import GONE, Short, answering, between, call, diffs, short
from handmade import made, prompt_of, said

from cassette_cli.conversation import (
    Message,
    Part,
    Reasoning,
    Refusal,
    Reply,
    Text,
)

WHERE = "reply.messages[0]"


def bears(**extra: Any) -> Message:
    return Message("assistant", (), extra=extra)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (["The sum is 5."], ["The sum is 6."], [("wording", "text", "The sum is 5.", "The sum is 6.")]),
        (["one", " two"], ["on", "e two", ""], []),
        (["a"], [], [("wording", "text", "a", GONE)]),
        ([], ["\n"], [("wording", "text", GONE, "\n")]),
        # Texts with a call between them are two.
        (
            ["a", call("f"), "b"],
            ["a", call("f"), "c"],
            [("wording", "text[1]", "b", "c")],
        ),
        ([Reasoning("hm")], [Reasoning("ha")], [("wording", "reasoning", "hm", "ha")]),
        (
            [Reasoning("hm", "sig1", "enc1")],
            [Reasoning("hm", "sig2", "enc2")],
            [
                ("cosmetic", "reasoning.signature", "sig1", "sig2"),
                ("cosmetic", "reasoning.encrypted", "enc1", "enc2"),
            ],
        ),
        ([Refusal("no")], [Refusal("never")], [("wording", "refusal", "no", "never")]),
        (["yes"], [Refusal("no")], [("wording", "text", "yes", GONE), ("behaviour", "refusal", GONE, "no")]),
        # A text that is JSON is structured output.
        (
            ['{"a": [1, 2], "b": "x"}'],
            ['{"a": [1, 3], "b": "x"}'],
            [("behaviour", "text.$.a[1]", 2, 3)],
        ),
        (['{"a": 1, "b": 2}'], ['{"b":2,"a":1}'], [("cosmetic", "text", '{"a": 1, "b": 2}', '{"b":2,"a":1}')]),
        (['{"a": 1}'], ['{"a": 1'], [("behaviour", "text", '{"a": 1}', '{"a": 1')]),
        (["a", call("f")], [call("f"), "a"], [("behaviour", "parts", "Text ToolCall", "ToolCall Text")]),
        (["[1] says so"], ["[2] says so"], [("wording", "text", "[1] says so", "[2] says so")]),
    ],
)
def test_texts(old: list[Part | str], new: list[Part | str], found: list[Short]) -> None:
    changes = between(answering(said("assistant", *old)), answering(said("assistant", *new)))

    assert changes == [(verdict, f"{WHERE}.{where}", one, other) for verdict, where, one, other in found]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            said("assistant", finish="stop"),
            said("assistant", finish="length"),
            [("behaviour", "finish_reason", "stop", "length")],
        ),
        (said("assistant"), said(None), []),
        (said("assistant"), said("user"), [("behaviour", "role", "assistant", "user")]),
        (
            Message("assistant", (Text("a", ({"url": "x"},)),)),
            Message("assistant", (Text("a", ({"url": "y"},)),)),
            [("wording", "annotations[0].url", "x", "y")],
        ),
        (
            bears(native_finish_reason="stop"),
            bears(native_finish_reason="end"),
            [("behaviour", "extra.native_finish_reason", "stop", "end")],
        ),
        (
            bears(system_fingerprint="fp_1"),
            bears(system_fingerprint="fp_2"),
            [("cosmetic", "extra.system_fingerprint", "fp_1", "fp_2")],
        ),
        (bears(service_tier="a"), bears(service_tier="b"), [("usage", "extra.service_tier", "a", "b")]),
        (bears(), bears(caller={"type": "direct"}), [("cosmetic", "extra.caller.type", GONE, "direct")]),
        (bears(phase="one"), bears(phase="two"), [("behaviour", "extra.phase", "one", "two")]),
    ],
)
def test_what_messages_bear(old: Message, new: Message, found: list[Short]) -> None:
    changes = between(answering(old), answering(new))

    assert changes == [(verdict, f"{WHERE}.{where}", one, other) for verdict, where, one, other in found]


def test_what_an_event_says_once_more_is_told_once() -> None:
    old, new = (Message("assistant", (Reasoning(text),), extra={"trace": {"rationale": text}}) for text in ("hm", "ha"))

    assert [each[:2] for each in between(answering(old), answering(new))] == [
        ("wording", f"{WHERE}.reasoning"),
        ("cosmetic", f"{WHERE}.extra.trace.rationale"),
    ]


def conversation(text: str, **arguments: Any) -> list[Any]:
    """A reply and the request that sends it back."""
    reply = said("assistant", text, call("f", **arguments))
    first = made(prompt=prompt_of(said("user", "hi")), reply=Reply(messages=(reply,)))
    return [first, made(prompt=prompt_of(said("user", "hi"), reply), reply=Reply())]


@pytest.mark.parametrize(
    ("old", "new", "verdicts"),
    [
        (conversation("one"), conversation("two"), ["wording", "wording"]),
        (conversation("one", a=1), conversation("one", a=2), ["behaviour", "request"]),
        (conversation(" one\n"), conversation("two"), ["wording", "wording"]),
    ],
)
def test_a_prompt_that_sends_a_reply_back(old: list[Any], new: list[Any], verdicts: list[str]) -> None:
    found = diffs(old, new)

    assert [each.verdict.word for each in found] == verdicts
    assert {change.reason for change in found[1].changes} == {"sends back the reply of interaction 0"}


def test_what_the_prompt_says_otherwise_is_its_own() -> None:
    old, new = conversation("one"), conversation("two")
    new[1] = made(prompt=prompt_of(said("user", "hi"), said("assistant", "three", call("f"))), reply=Reply())

    assert [short(change)[0] for change in diffs(old, new)[1].changes] == ["request"]
