"""The Model Context Protocol: which calls it is, what is asked, and what is answered."""

import pytest
from reading import events_of, read, short

from cassette_cli.conversation import Json, Media, Message, Part, Prompt, Text, ToolCall, ToolCallResponse, Unknown
from cassette_cli.protocols import detect, mcp
from cassette_cli.protocols.base import Call, Event

URL = "https://mcp.example/mcp"


def asks(method: str, **params: Json) -> Json:
    return {"jsonrpc": "2.0", "id": 2, "method": method, **({"params": params} if params else {})}


def answers(result: Json) -> Json:
    return {"jsonrpc": "2.0", "id": 2, "result": result}


CALLS = asks("tools/call", name="add", arguments={"a": 2})
FORBIDDEN: Json = {"jsonrpc": "2.0", "id": None, "error": {"code": -32000, "message": "Method not allowed"}}


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("POST", URL, CALLS, answers({"content": []})),
        ("POST", URL, asks("ping"), answers({})),
        ("POST", f"{URL}/", {"jsonrpc": "2.0", "method": "notifications/initialized"}, None),
        ("GET", URL, None, FORBIDDEN),
        ("POST", "https://tools.example/rpc", asks("tools/list"), None),
        ("POST", "https://tools.example/rpc", asks("initialize", protocolVersion="2025-06-18"), None),
        ("POST", "https://tools.example/rpc", [asks("tools/list"), CALLS], None),
        ("GET", "https://tools.example/rpc", None, answers({"protocolVersion": "2025-06-18"})),
    ],
)
def test_calls_of_this_protocol(method: str, url: str, request_: Json, response: Json) -> None:
    assert detect(Call(method, url, request_, response)) is mcp


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, None, None),
        (URL, {"method": "tools/list"}, None),
        ("https://node.example/", asks("eth_call"), answers("0x1")),
        ("https://node.example/", asks("initialize"), None),
        ("https://node.example/", [1, "a"], []),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not mcp.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    call = ToolCall("2", "add", {"a": 2}, '{"a":2}')
    assert mcp.prompt(CALLS) == Prompt(messages=(Message("assistant", (call,)),), parameters={"method": "tools/call"})
    assert mcp.prompt(asks("tools/list", cursor="c")) == Prompt(
        parameters={"method": "tools/list", "params": {"cursor": "c"}}
    )
    assert mcp.prompt([CALLS, asks("ping")]) == Prompt(
        messages=(Message("assistant", (call,)),),
        parameters={"messages": [{"method": "tools/call"}, {"method": "ping"}]},
    )
    bare = mcp.prompt(asks("tools/call", name="now"))
    assert bare.messages == (Message("assistant", (ToolCall("2", "now", {}, ""),)),)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ([{"type": "text", "text": "5"}], (Text("5"),)),
        (
            [
                {"type": "image", "data": "aGVsbG8=", "mimeType": "image/png"},
                {"type": "resource_link", "uri": "file:///a.txt", "mimeType": "text/plain"},
                {"type": "resource", "resource": {"uri": "file:///b.txt"}},
            ],
            (
                Media("image", "image/png", 5),
                Media("file", "text/plain", uri="file:///a.txt"),
                Unknown("resource", {"type": "resource", "resource": {"uri": "file:///b.txt"}}),
            ),
        ),
    ],
)
@pytest.mark.parametrize("streamed", [True, False])
def test_results_of_calls(content: Json, parts: tuple[Part, ...], streamed: bool) -> None:
    reading = read(mcp, [answers({"content": content, "isError": False})], streamed=streamed)
    assert reading.reply.messages == (Message("tool", (ToolCallResponse("2", parts),), extra={"isError": False}),)
    assert (reading.reply.complete, reading.anomalies) == (True, ())


@pytest.mark.parametrize(
    ("message", "part"),
    [
        (answers({"tools": [{"name": "add"}]}), Unknown("tools", {"tools": [{"name": "add"}]})),
        (answers({"protocolVersion": "1"}), Unknown("initialize", {"protocolVersion": "1"})),
        (answers({}), Unknown(None, {})),
        (
            {"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progress": 1}},
            Unknown("notifications/progress", {"params": {"progress": 1}}),
        ),
        (
            {"jsonrpc": "2.0", "id": 7, "method": "sampling/createMessage"},
            Unknown("sampling/createMessage", {"id": 7}),
        ),
    ],
)
def test_other_messages(message: Json, part: Part) -> None:
    reading = read(mcp, [message])
    assert (reading.reply.messages, reading.anomalies) == ((Message(None, (part,)),), ())


def test_pings_errors_and_what_is_unknown() -> None:
    events = [Event(0, "ping", "ping", None, False), *events_of([answers({})])]
    events[1] = events[1]._replace(number=1)
    reading = mcp.read(events, streamed=True)
    assert (len(reading.reply.messages), reading.anomalies) == (1, ())
    assert reading.used == {0, 1}
    failed = read(mcp, [FORBIDDEN])
    assert (failed.reply.error, short(failed)) == (FORBIDDEN["error"], [("error-event", 0)])
    refused = read(mcp, [FORBIDDEN], streamed=False)
    assert (refused.reply.error, refused.anomalies) == (FORBIDDEN["error"], ())
    assert short(read(mcp, [{"mood": "fine"}, "{oops"])) == [("unknown-event", 0), ("data-not-json", 1)]
    page = mcp.read(events_of(["Not found"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())


def test_a_batch() -> None:
    reading = read(
        mcp, [[answers({"content": [{"type": "text", "text": "5"}]}), answers({"tools": []})]], streamed=False
    )
    parts = (ToolCallResponse("2", (Text("5"),)), Unknown("tools", {"tools": []}))
    assert reading.reply.messages == (Message("tool", parts),)
