"""Calls and choices in turns."""

import json

from streams import MESSAGES, RESPONSES, exchange_of, sse

from cassette_cli.rechunking.turns import in_turns


def call(index: int, text: str, choice: int = 0) -> str:
    delta = {"tool_calls": [{"index": index, "function": {"arguments": text}}]}
    return json.dumps({"choices": [{"index": choice, "delta": delta}]})


def said(text: str, choice: int = 0) -> str:
    return json.dumps({"choices": [{"index": choice, "delta": {"content": text}}]})


def order(payloads: list[str], protocol: str) -> list[int]:
    found = exchange_of(sse(*payloads), {"openai.responses": RESPONSES}.get(protocol, MESSAGES))
    return [payloads.index(item.data or "") for item in in_turns(found.frames, protocol)]


def test_calls_take_turns() -> None:
    events = [said("x"), call(0, "a"), call(0, "b"), call(0, "c"), call(1, "d"), call(1, "e"), "[DONE]"]

    assert order(events, "openai.chat_completions") == [0, 1, 4, 2, 5, 3, 6]


def test_choices_take_turns_and_keep_their_own_order() -> None:
    events = [said("a"), call(0, "b"), call(1, "c"), said("d", 1), said("e", 1)]

    assert order(events, "openai.chat_completions") == [0, 3, 1, 4, 2]


def test_what_belongs_to_none_parts_them() -> None:
    events = [call(0, "a"), call(0, "b"), '{"choices":[],"usage":{}}', call(1, "c")]

    assert order(events, "openai.chat_completions") == [0, 1, 2, 3]


def test_items_of_responses_end_in_the_order_in_which_they_began() -> None:
    def event(kind: str, index: int, **more: object) -> str:
        return json.dumps({"type": f"response.{kind}", "output_index": index, **more})

    events = [
        part
        for index in (0, 1)
        for part in (
            event("output_item.added", index, item={"type": "function_call"}),
            event("function_call_arguments.delta", index, delta="{"),
            event("function_call_arguments.delta", index, delta="}"),
            event("function_call_arguments.done", index),
            event("output_item.done", index, item={"type": "function_call"}),
        )
    ]

    assert order(events, "openai.responses") == [0, 5, 1, 6, 2, 7, 3, 4, 8, 9]


def test_blocks_that_come_one_after_the_other_stay_so() -> None:
    assert order([call(0, "a"), call(0, "b"), call(1, "c")], "anthropic.messages") == [0, 1, 2]
