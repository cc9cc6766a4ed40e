"""The finish reason with the last content, and the usage alone."""

import pytest
from streams import exchange_of, sse

from cassette_cli.rechunking.finish import finished_early

A = '{"id":"1","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}'
A_STOP = A.replace("null", '"stop"')
STOP = '{"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'
USAGE = '"usage":{"prompt_tokens":1}'


def early(*payloads: str, protocol: str = "openai.chat_completions") -> list[str | None]:
    return [item.data for item in finished_early(exchange_of(sse(*payloads)).frames, protocol)]


def test_the_reason_comes_with_the_content() -> None:
    assert early(A, STOP, "[DONE]") == [A_STOP, "[DONE]"]


def test_the_usage_comes_alone() -> None:
    assert early(A, f"{STOP[:-1]},{USAGE}}}") == [A_STOP, f'{{"id":"1","choices":[],{USAGE}}}']


@pytest.mark.parametrize(
    "payloads",
    [
        (STOP,),
        (A, STOP, STOP),
        (A_STOP,),
        # The event with the reason says more, or the one with the content has no place for it.
        (A, STOP.replace('"delta":{}', '"delta":{"refusal":"no"}')),
        (A, f'{STOP[:-1]},"timings":{{"n":1}}}}'),
        (A.replace(',"finish_reason":null', ""), STOP),
        (A, "no JSON", "[]", '{"choices":[]}'),
    ],
)
def test_left_as_it_is(payloads: tuple[str, ...]) -> None:
    assert early(*payloads) == list(payloads)


def test_another_protocol_has_no_such_thing() -> None:
    assert early(A, STOP, protocol="anthropic.messages") == [A, STOP]
