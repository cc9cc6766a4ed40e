"""Exchanges in one line, and their sums."""

import math
from pathlib import Path

import pytest

from cassette_cli import files
from cassette_cli.conversation import Usage
from cassette_cli.exchange import exchange
from cassette_cli.model import split_url
from cassette_cli.summary import Summary, Totals, summary

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "go_vcr"


def rows(name: str) -> list[Summary]:
    return [summary(exchange(each)) for each in files.read(str(SAMPLES / name)).interactions]


def test_a_streamed_reply() -> None:
    row = rows("openai_chat_sse_add_multiply.yaml")[0]
    assert (row.index, row.method, row.host, row.path) == (0, "POST", "api.openai.example", "/v1/chat/completions")
    assert (row.status, row.protocol, row.streamed) == (200, "openai.chat_completions", True)
    assert (row.model, row.models[0]) == ("example-mini-1", "example-mini-1")
    assert row.events is not None
    assert row.events > 1
    assert row.finish_reasons == ("tool_calls",)
    assert row.usage is not None
    assert row.usage.input_tokens is not None


def test_plain_http() -> None:
    row = rows("http_json.yaml")[0]
    assert (row.protocol, row.model, row.models, row.streamed, row.events) == (None, None, (), False, None)
    assert (row.complete, row.finish_reasons, row.usage) == (None, (), None)


URLS = {
    "https://a.example:8443/x/y?key=1#z": ("a.example:8443", "/x/y"),
    "https://user:word@a.example/x": ("a.example", "/x"),
    "/v1/messages?beta=true": ("", "/v1/messages"),
    "http://[::1/x": ("", "http://[::1/x"),
    "": ("", ""),
}


@pytest.mark.parametrize(("url", "parts"), URLS.items(), ids=URLS.keys())
def test_urls(url: str, parts: tuple[str, str]) -> None:
    split = split_url(url)
    assert (split.netloc.rpartition("@")[2], split.path) == parts


def test_totals_are_exact_and_invent_nothing() -> None:
    nothing = Totals()
    assert nothing.with_cassette([]) == Totals(cassettes=1)
    assert nothing.with_cassette([None, Usage(output_tokens=3)]) == Totals(cassettes=1, interactions=2, output_tokens=3)
    some = nothing.with_cassette([Usage(input_tokens=0, cost=0.1), Usage(input_tokens=2, cost=0.2)])
    assert (some.input_tokens, some.output_tokens, str(some.cost)) == (2, None, "0.3")
    more = some.with_cassette([Usage(cost=0.2), Usage(cost=math.nan), Usage(cost=math.inf), Usage(cost=10**400)])
    assert (more.cassettes, more.interactions, str(more.cost)) == (2, 6, "0.5")
