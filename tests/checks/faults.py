"""Recordings made by hand, with faults and with what only looks like one, and what the checks find in them."""

import base64
import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from cassette_cli import files
from cassette_cli.checks.base import Problem, Scene
from cassette_cli.checks.registry import problems
from cassette_cli.checks.settings import CheckSettings, Level
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.settings import Settings

CHAT = "https://api.openai.example/v1/chat/completions"
NOW = datetime(2025, 6, 1, tzinfo=UTC)
ALL = CheckSettings(level=Level.NOTE)
JSON_TYPE = {"content-type": "application/json"}
EVENTS_TYPE = {"content-type": "text/event-stream"}
# It learns nothing from what it finds, so one serves all.
FINDER = OwnFinder(Settings())


def asked(*messages: Any, **fields: Any) -> str:
    """The body of a request in the protocol of chat completions."""
    said = [{"role": "user", "content": each} if isinstance(each, str) else each for each in messages]
    return json.dumps({"model": "m", "messages": said or [{"role": "user", "content": "Hi"}]} | fields)


def answered(text: str | None = "Hello", calls: list[Any] | None = None, **fields: Any) -> str:
    """The body of a whole response in that protocol."""
    message = {"role": "assistant", "content": text} | ({"tool_calls": calls} if calls else {})
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
    return json.dumps({"id": "r1", "object": "chat.completion", "model": "m", "choices": [choice]} | fields)


def streamed(text: str = "Hello") -> str:
    """The body of a streamed response in that protocol."""
    chunk = {"id": "r1", "object": "chat.completion.chunk", "model": "m"}
    first = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    last = {"index": 0, "delta": {}, "finish_reason": "stop"}
    events = [json.dumps(chunk | {"choices": [choice]}) for choice in (first, last)]
    return "".join(f"data: {event}\n\n" for event in [*events, "[DONE]"])


def call(id_: str, name: str, arguments: Any) -> dict[str, Any]:
    """A tool call as replies and requests have it."""
    return {"id": id_, "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}


def calling(*calls: Any, content: str | None = None) -> dict[str, Any]:
    """A message of a request that sends calls back."""
    return {"role": "assistant", "content": content, "tool_calls": list(calls)}


def result(id_: str, text: str = "5") -> dict[str, Any]:
    """A message of a request that answers a call."""
    return {"role": "tool", "tool_call_id": id_, "content": text}


def tool(name: str, **properties: Any) -> dict[str, Any]:
    """A tool whose arguments are all required."""
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"type": "function", "function": {"name": name, "parameters": schema}}


def one(
    request: str | None = None,
    response: str | None = None,
    *,
    method: str | None = "POST",
    url: str | None = CHAT,
    status: int = 200,
    sent: dict[str, str] | None = None,
    got: dict[str, str] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """An interaction: bodies, and headers of the request (`sent`) and of the response (`got`)."""
    body = answered() if response is None else response
    return fields | {
        "request": {
            "method": method,
            "url": url,
            "headers": sent or {},
            "body": asked() if request is None else request,
        },
        "response": {"status": status, "headers": JSON_TYPE if got is None else got, "body": body},
    }


def vcrpy(*interactions: dict[str, Any], version: Any = 1) -> str:
    """A file of VCR.py's, as its JSON serializer writes it."""
    made = [
        {name: value for name, value in each.items() if name not in ("request", "response")}
        | {
            "request": {name if name != "url" else "uri": value for name, value in each["request"].items()},
            "response": each["response"]
            | {"status": {"code": each["response"]["status"]}, "body": {"string": each["response"]["body"]}},
        }
        for each in interactions
    ]
    return json.dumps({"version": version, "interactions": made})


def go_vcr(*interactions: dict[str, Any], version: Any = 2) -> str:
    """A file of go-vcr's, in the subset of YAML that JSON is."""
    made = []
    for number, each in enumerate(interactions):
        response = {name: value for name, value in each["response"].items() if name != "status"}
        fields = {name: value for name, value in each.items() if name not in ("request", "response", "duration")}
        response |= {"code": each["response"]["status"], "duration": each.get("duration", "1ms")}
        made.append({"id": number} | fields | {"request": each["request"], "response": response})
    return json.dumps({"version": version, "interactions": made})


def httprr(*pairs: tuple[str, str]) -> str:
    """A trace of messages as they went over the wire."""
    return "httprr trace v1\n" + "".join(f"{len(asked)} {len(answer)}\n{asked}{answer}" for asked, answer in pairs)


def yaml_with_binary(data: bytes, headers: str = "") -> str:
    """A file of VCR.py's whose response is kept as base64."""
    packed = base64.b64encode(data).decode()
    return (
        "interactions:\n- request:\n    body: null\n    headers: {}\n    method: GET\n    uri: https://a.example/x\n"
        f"  response:\n    body:\n      string: !!binary |\n        {packed}\n    headers:\n      content-type:\n"
        f"      - text/plain\n{headers}    status:\n      code: 200\n      message: OK\nversion: 1\n"
    )


GZIPPED = gzip.compress(b"Hello, hello, hello", mtime=0)


def cassette_of(text: str, path: str = "a.yaml") -> Cassette:
    """The cassette that a text is."""
    found = files.parse(path, text)
    assert found is not None
    return found


def scene_of(cassette: Cassette, settings: CheckSettings = ALL) -> Scene:
    """What checks look at."""
    exchanges = tuple(exchange(each) for each in cassette.interactions)
    return Scene(cassette=cassette, exchanges=exchanges, settings=settings, now=NOW, finder=FINDER)


def found(text: str, settings: CheckSettings = ALL) -> list[Problem]:
    """What is wrong with a recording."""
    return list(problems(scene_of(cassette_of(text), settings)))


def codes(text: str, settings: CheckSettings = ALL) -> set[str]:
    """The codes of what is wrong with a recording."""
    return {problem.code for problem in found(text, settings)}


def calls(name: str, arguments: object, *tools: object, **fields: object) -> str:
    """A recording whose reply calls a tool, of those that the request offers."""
    return vcrpy(one(asked("Hi", tools=list(tools), **fields), answered(None, [call("c1", name, arguments)])))


def talk(*messages: object, said: str | None = None) -> str:
    """A reply that calls `add`, and a request that goes on with these messages."""
    first = answered(None, [call("c1", "add", {"a": 2})]) if said is None else said
    return vcrpy(one(response=first), one(asked("Hi", *messages), answered(id="r2")))


def header(name: str, value: str) -> str:
    """A header as `yaml_with_binary` takes it."""
    return f"      {name}:\n      - {value}\n"


# By code: recordings in which it is found, and those in which it is not.
Rows: TypeAlias = dict[str, tuple[list[str], list[str]]]


def faults_and_misses(rows: Rows) -> tuple[Callable[[str, str], None], Callable[[str, str], None]]:
    """The tests that a table makes: faults are found, and what only looks like them is not."""

    @pytest.mark.parametrize(("code", "text"), _named(rows, 0))
    def faults(code: str, text: str) -> None:
        assert code in codes(text)

    @pytest.mark.parametrize(("code", "text"), _named(rows, 1))
    def near_misses(code: str, text: str) -> None:
        assert code not in codes(text)

    return faults, near_misses


def _named(rows: Rows, column: int) -> list[Any]:
    """Cases named by code and number: what they hold may be drawn at random."""
    return [
        pytest.param(code, text, id=f"{code}-{number}")
        for code, row in rows.items()
        for number, text in enumerate(row[column])
    ]
