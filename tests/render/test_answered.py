"""The response's side: replies, how they end, what clients stumble over, or the response as HTTP."""

from itertools import chain

import pytest
from handmade import headers, made, prompt_of, said, text_of

from cassette_cli.conversation import Anomaly, Reply, ToolCall, ToolCallResponse, Usage
from cassette_cli.exchange import Exchange
from cassette_cli.render.answered import response_sections, token_facts, usage_facts
from cassette_cli.render.view import View

HI = said("assistant", "Hi!", finish="stop")


def answered(exchange: Exchange, view: View = View()) -> list[str]:  # noqa: B008  # a frozen value
    return [line.strip() for line in text_of(chain.from_iterable(response_sections(exchange, view))).splitlines()]


def test_a_reply_and_how_it_ends() -> None:
    usage = Usage(input_tokens=1502, output_tokens=137, cost=0.003561)

    assert answered(made(reply=Reply(messages=(HI,), usage=usage))) == [
        "assistant  reply",
        "Hi!",
        "finish stop · 1,502 in · 137 out · $0.003561",
    ]


def test_a_reply_without_a_role_is_the_assistants() -> None:
    assert answered(made(reply=Reply(messages=(said(None, "Hi!"),)))) == ["assistant  reply", "Hi!"]


def test_several_choices() -> None:
    reply = Reply(messages=(HI, said("assistant", "Hello!")), usage=Usage(output_tokens=4))

    assert answered(made(reply=reply)) == [
        "assistant  reply 0, finish stop",
        "Hi!",
        "assistant  reply 1, finish missing",
        "Hello!",
        "4 out",
    ]


def test_an_error_within_a_reply() -> None:
    reply = Reply(messages=(HI,), error={"code": 502, "message": "gone"}, usage=Usage(total_tokens=9))

    assert answered(made(reply=reply))[2:] == ['error  {"code": 502, "message": "gone"}', "finish stop · 9 total"]
    assert answered(made(reply=Reply(error="no such model"))) == ['error  "no such model"']


def test_a_result_in_a_reply_bears_the_name_of_the_call_in_the_prompt() -> None:
    prompt = prompt_of(said("assistant", ToolCall("c1", "add", {}, "{}")))
    reply = Reply(messages=(said("assistant", ToolCallResponse("c1", "5")),))

    assert answered(made(prompt=prompt, reply=reply))[1] == "← add: 5"


@pytest.mark.parametrize(
    ("usage", "facts"),
    [
        (Usage(), []),
        (Usage(input_tokens=0, output_tokens=0), ["0 in", "0 out"]),
        (Usage(input_tokens=5, output_tokens=2, total_tokens=7), ["5 in", "2 out"]),
        (Usage(total_tokens=7), ["7 total"]),
        (Usage(input_tokens=7, total_tokens=7), ["7 in", "7 total"]),
        (
            Usage(input_tokens=5, cache_read_input_tokens=4000, cache_creation_input_tokens=3),
            ["5 in", "4,000 cached", "3 cache written"],
        ),
        (Usage(input_tokens=5, cache_read_input_tokens=0, reasoning_tokens=0), ["5 in"]),
        (Usage(output_tokens=9, reasoning_tokens=7), ["9 out", "7 reasoning"]),
        (Usage(cost=0.00005397), ["$0.00005397"]),
        (Usage(cost=0.0), []),
    ],
)
def test_usage(usage: Usage, facts: list[str]) -> None:
    assert usage_facts(usage) == facts


def test_tokens() -> None:
    assert (token_facts(None, "in"), token_facts(12345, "in")) == ([], ["12,345 in"])


def test_what_several_events_have_in_common_is_said_once() -> None:
    many = [Anomaly("index-missing", event, "no index") for event in range(12)]
    others = [Anomaly("done-missing", None, "no [DONE]"), Anomaly("index-missing", 3, "something else")]

    assert answered(made(reply=Reply(messages=(HI,)), anomalies=(*many, *others)))[3:] == [
        "! index-missing events 0, 1, 2, 3, 4, 5, 6, 7 and 4 more: no index",
        "! done-missing: no [DONE]",
        "! index-missing event 3: something else",
    ]


def test_event_by_event_an_anomaly_stands_beside_its_event() -> None:
    anomalies = (Anomaly("odd", 0, "odd event"), Anomaly("done-missing", None, "no [DONE]"))
    exchange = made(reply=Reply(messages=(HI,)), answered='data: {"a": 1}\n\n', streamed=True, anomalies=anomalies)

    assert answered(exchange, View(events=True)) == [
        "0  a 1",
        "! odd  odd event",
        "finish stop",
        "! done-missing: no [DONE]",
    ]


def test_headers_and_the_providers_usage_are_shown_on_demand() -> None:
    reply = Reply(messages=(HI,), usage=Usage(input_tokens=5, raw={"prompt_tokens": 5}))
    exchange = made(reply=reply, response_headers=headers(X_Request_Id="r1"))

    assert answered(exchange, View(full=True)) == [
        "response headers",
        "X-Request-Id: r1",
        "assistant  reply",
        "Hi!",
        "finish stop · 5 in",
        'usage  {"prompt_tokens": 5}',
    ]


def test_a_response_that_no_protocol_reads() -> None:
    assert answered(made(answered='{"a": 1}')) == ["response  application/json", '{"a": 1}']
    assert answered(made(answered="data: [1]\n\n", answered_type="text/event-stream", streamed=True)) == [
        "response  text/event-stream",
        "0  0 1",
    ]
    assert answered(made()) == []


def test_a_reply_that_says_nothing_shows_as_the_response_that_it_is() -> None:
    reply = Reply(usage=Usage(input_tokens=5))

    assert answered(made(reply=reply, answered='{"data": [1]}')) == [
        "response  application/json",
        '{"data": [1]}',
        "5 in",
    ]
