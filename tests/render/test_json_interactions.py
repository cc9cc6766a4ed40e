"""Interactions as JSON: the example of the seed, plain HTTP, and the places and numbers around them."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cassette_cli import files
from cassette_cli.document.lens import Fixed
from cassette_cli.exchange import exchange
from cassette_cli.render.json_interactions import interactions_json, summaries_json
from cassette_cli.summary import summary

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "go_vcr"


def shown(path: Path) -> list[Any]:
    cassette = files.read(str(path))
    return list(interactions_json(cassette, [exchange(each) for each in cassette.interactions]))


def test_a_streamed_reply_with_tool_calls(seeds: Path) -> None:
    first = shown(seeds / "multi_tool_streaming_qwen3-235b.yaml")[0]
    assert (first["index"], first["id"], first["line"], first["duration_ms"]) == (0, "0", 4, 922.565833)
    request, response = first["request"], first["response"]
    assert request["messages"][1] == {
        "role": "user",
        "parts": [{"type": "text", "content": "Add and multiply the number 2 and 3"}],
    }
    assert request["tools"][0]["name"] == "add"
    assert (request["parameters"]["max_tokens"], request["parameters"]["tool_choice"]) == (4000, "auto")
    assert (response["streamed"], response["framing"], response["events"]) == (True, "sse", 7)
    assert response["complete"] is True
    (message,) = response["messages"]
    assert (message["role"], message["finish_reason"]) == ("assistant", "tool_calls")
    calls = [part for part in message["parts"] if part["type"] == "tool_call"]
    assert calls[0] == {
        "type": "tool_call",
        "id": "call_e25d",
        "name": "add",
        "arguments": {"a": 2, "b": 3},
        "arguments_text": '{"a": 2, "b": 3}',
    }
    usage = response["usage"]
    assert (usage["input_tokens"], usage["output_tokens"], usage["total_tokens"]) == (273, 49, 322)
    assert (usage["reasoning_tokens"], usage["cache_creation_input_tokens"]) == (0, None)
    assert usage["cost"] == 0.00005397
    assert usage["raw"]["prompt_tokens"] == 273
    assert not {"body", "size"} & (request.keys() | response.keys())


def test_plain_http_shows_its_bodies() -> None:
    posted = shown(SAMPLES / "http_json.yaml")[1]
    request, response = posted["request"], posted["response"]
    assert (request["protocol"], request["media_type"], request["messages"]) == (None, "application/json", [])
    assert json.loads(request["body"])
    assert request["size"] == len(request["body"].encode())
    assert (response["messages"], response["complete"], response["usage"]) == ([], None, None)
    assert response["size"] == len(response["body"].encode())


def test_bytes_are_counted_and_not_shown() -> None:
    response = shown(SAMPLES / "http_binary.yaml")[0]["response"]
    assert response["body"] is None
    assert response["size"] > 0


@pytest.mark.parametrize(("text", "size"), [("", 0), ("é😀", 6), ("a\udcff", 2), ("\ud83d", 3)])
def test_size_of_a_text_is_that_of_its_bytes(text: str, size: int) -> None:
    cassette = files.read(str(SAMPLES / "http_json.yaml"))
    read = replace(exchange(cassette.interactions[0]), content=Fixed(text))
    (interaction,) = interactions_json(cassette, [read])
    assert interaction["response"]["size"] == size


def test_lines_are_those_of_the_file() -> None:
    path = SAMPLES / "http_json.yaml"
    rows = path.read_text(encoding="utf-8").splitlines()
    assert [rows[each["line"] - 1].strip() for each in shown(path)] == ["- id: 0", "- id: 1", "- id: 2"]


def test_a_number_that_json_has_not_is_null() -> None:
    cassette = files.read(str(SAMPLES / "http_json.yaml"))
    strange = replace(cassette.interactions[0], duration_ms=math.inf)
    (interaction,) = interactions_json(cassette, [exchange(strange)])
    (row,) = summaries_json(cassette, [summary(exchange(strange))])
    assert interaction["duration_ms"] is None
    assert row["duration_ms"] is None
