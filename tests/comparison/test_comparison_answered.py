"""Replies compared: model, error, messages and usage."""

import pytest
from comparing import GONE, Short, between
from handmade import made, prompt_of, said

from cassette_cli.conversation import Reply, Usage

A, B = said("assistant", "a"), said("assistant", "b")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (Reply(id="r1"), Reply(id="r2"), [("cosmetic", "reply.id", "r1", "r2")]),
        (
            Reply(model="m-2024-01-01"),
            Reply(model="m-2024-02-02"),
            [("behaviour", "reply.model", "m-2024-01-01", "m-2024-02-02")],
        ),
        (Reply(), Reply(complete=False), [("behaviour", "reply.complete", True, False)]),
        (Reply(), Reply(error={"message": "no"}), [("behaviour", "reply.error", None, {"message": "no"})]),
        (
            Reply(error={"message": "no", "request_id": "r1"}),
            Reply(error={"message": "no!", "request_id": "r2"}),
            [
                ("behaviour", "reply.error.message", "no", "no!"),
                ("cosmetic", "reply.error.request_id", "r1", "r2"),
            ],
        ),
        (Reply(messages=(A,)), Reply(messages=(A, B)), [("behaviour", "reply.messages[1]", GONE, B)]),
        (
            Reply(messages=(A, A)),
            Reply(messages=(A, B)),
            [("wording", "reply.messages[1].text", "a", "b")],
        ),
        (
            Reply(usage=Usage(input_tokens=5, cost=0.5, raw={"prompt_tokens": 5, "cost": 0.5, "audio": 0})),
            Reply(usage=Usage(input_tokens=6, cost=0.25, raw={"prompt_tokens": 6, "cost": 0.25, "audio": 1})),
            [
                ("usage", "reply.usage.input_tokens", 5, 6),
                ("usage", "reply.usage.cost", 0.5, 0.25),
                # What the common names say is not said again.
                ("usage", "reply.usage.raw.audio", 0, 1),
            ],
        ),
        (
            Reply(usage=Usage(raw={"total_duration": 5})),
            Reply(usage=Usage(raw={"total_duration": 6})),
            [("cosmetic", "reply.usage.raw.total_duration", 5, 6)],
        ),
    ],
)
def test_changes(old: Reply, new: Reply, found: list[Short]) -> None:
    prompt = prompt_of(said("user", "hi"))

    assert between(made(prompt=prompt, reply=old), made(prompt=prompt, reply=new)) == found
