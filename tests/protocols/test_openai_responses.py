"""The Responses API: which calls they are, what requests say, plain replies."""

import copy

import pytest
from reading import events_of, read, short
from responses_events import CREATED, Object, call, message, response, thought

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
    Usage,
)
from cassette_cli.protocols import detect, openai_responses
from cassette_cli.protocols.base import Call

ASKS: Json = {"model": "m", "input": "Hi"}
PLAIN: Json = response("completed")
NO: Json = {"error": {"message": "no"}}


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("POST", "https://api.openai.com/v1/responses", ASKS, PLAIN),
        ("POST", "https://api.openai.com/v1/responses", ASKS, CREATED),
        ("POST", "https://api.openai.com/v1/responses", ASKS, {"type": "error", "message": "no"}),
        ("POST", "https://x.openai.azure.com/openai/responses?api-version=2025-04-01-preview", ASKS, NO),
        ("POST", "https://x.openai.azure.com/openai/v1/responses", ASKS, CREATED),
        ("POST", "https://openrouter.ai/api/v1/responses", ASKS, CREATED),
        ("POST", "https://api.x.ai/v1/responses", ASKS, {"code": "invalid-argument", "error": "no"}),
        ("POST", "https://api.deepseek.com/responses", ASKS, PLAIN),
        ("POST", "https://chatgpt.com/backend-api/codex/responses", ASKS, CREATED),
        ("POST", "/v1/responses/", {"model": "m", "previous_response_id": "resp_1"}, None),
        ("POST", "/v1/responses", {"prompt": {"id": "pmpt_1"}}, NO),
        ("POST", "https://api.openai.com/v1/responses/compact", ASKS, {"object": "response.compaction", "output": []}),
        ("POST", "https://api.openai.com/v1/responses/input_tokens", ASKS, {"object": "response.input_tokens"}),
        ("GET", "https://api.openai.com/v1/responses/resp_1", None, PLAIN),
        ("POST", "https://api.openai.com/v1/responses/resp_1/cancel", None, PLAIN),
        ("DELETE", "https://api.openai.com/v1/responses/resp_1", None, {"object": "response", "deleted": True}),
        ("", "", None, PLAIN),
        ("", "", None, CREATED),
    ],
)
def test_calls_of_this_protocol(method: str, url: str, request_: Json, response: Json) -> None:
    call = Call(method, url, request_, response)
    assert openai_responses.matches(call)
    assert detect(call) is openai_responses


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("GET", "https://api.openai.com/v1/responses/resp_1/input_items", None, {"object": "list", "data": []}),
        ("POST", "https://api.openai.com/v1/chat/completions", {"messages": []}, {"object": "chat.completion"}),
        ("POST", "https://api.openai.com/v1/embeddings", ASKS, {"object": "list", "data": [{"object": "embedding"}]}),
        ("POST", "https://api.openai.com/v1/moderations", ASKS, {"results": []}),
        ("POST", "https://forms.example.com/v1/surveys/3/responses", {"answers": []}, {"id": 7}),
        ("GET", "https://forms.example.com/v1/responses/7", None, {"id": 7, "type": "survey"}),
        ("POST", "https://api.openai.com/v1/responses", {"messages": [], "input": "Hi"}, None),
        ("", "", ASKS, {"object": "response"}),
        ("", "", None, None),
    ],
)
def test_other_calls(method: str, url: str, request_: Json, response: Json) -> None:
    assert not openai_responses.matches(Call(method, url, request_, response))


PNG = "data:image/png;base64,aGVsbG8="


@pytest.mark.parametrize(
    ("sent", "messages"),
    [
        ("Hi", [Message("user", (Text("Hi"),))]),
        ([{"role": "user", "content": "Hi"}], [Message("user", (Text("Hi"),))]),
        (
            [{"type": "message", "role": "developer", "content": "Be terse."}],
            [Message("developer", (Text("Be terse."),))],
        ),
        (
            [{"role": "user", "content": [{"type": "input_text", "text": "Hi"}, {"type": "smell"}, "raw"]}],
            [Message("user", (Text("Hi"), Unknown("smell", {"type": "smell"}), Text("raw")))],
        ),
        (
            [
                {
                    "role": "user",
                    "content": [
                        {"type": "input_image", "image_url": PNG, "detail": "low"},
                        {"type": "input_image", "image_url": {"url": "https://x/y.png"}},
                        {"type": "input_image", "file_id": "file_1"},
                        {"type": "input_file", "file_data": "aGVsbG8=", "filename": "a.pdf"},
                        {"type": "input_file", "file_data": "data:application/pdf;base64,aGVsbG8="},
                        {"type": "input_file", "file_url": "https://x/a.pdf"},
                        {"type": "input_audio", "input_audio": {"data": "aGVsbG8=", "format": "wav"}},
                    ],
                }
            ],
            [
                Message(
                    "user",
                    (
                        Media("image", "image/png", 5),
                        Media("image", uri="https://x/y.png"),
                        Media("image", uri="file_1"),
                        Media("file", size=5),
                        Media("file", "application/pdf", 5),
                        Media("file", uri="https://x/a.pdf"),
                        Media("audio", "audio/wav", 5),
                    ),
                    extra={"content": {"0": {"detail": "low"}, "3": {"filename": "a.pdf"}}},
                )
            ],
        ),
        (
            [
                {"role": "user", "content": "Hi"},
                thought("Hm", encrypted_content="gAAA"),
                {"type": "function_call", "call_id": "call_1", "name": "add", "arguments": "{}", "namespace": "math"},
                {"role": "assistant", "content": [{"type": "output_text", "text": "Adding."}]},
                {"type": "function_call_output", "call_id": "call_1", "output": "5"},
                {"role": "assistant", "content": "5"},
            ],
            [
                Message("user", (Text("Hi"),)),
                Message(
                    "assistant",
                    (Reasoning("Hm", encrypted="gAAA"), ToolCall("call_1", "add", {}, "{}"), Text("Adding.")),
                    extra={"items": {"2": {"namespace": "math"}}},
                ),
                Message("tool", (ToolCallResponse("call_1", "5"),)),
                Message("assistant", (Text("5"),)),
            ],
        ),
        (
            [{"type": "function_call_output", "call_id": "c", "output": [{"type": "input_image", "image_url": PNG}]}],
            [Message("tool", (ToolCallResponse("c", (Media("image", "image/png", 5),)),))],
        ),
        (
            [
                {
                    "type": "computer_call_output",
                    "call_id": "c",
                    "output": {"type": "computer_screenshot", "file_id": "f"},
                }
            ],
            [Message("tool", (ToolCallResponse("c", (Media("image", uri="f"),)),))],
        ),
        (
            [{"type": "shell_call_output", "call_id": "c", "output": [{"stdout": "a"}], "max_output_length": 9}],
            [Message("tool", (ToolCallResponse("c", '[{"stdout":"a"}]'),), extra={"max_output_length": 9})],
        ),
        (
            [{"type": "apply_patch_call_output", "call_id": "c", "status": "failed"}],
            [Message("tool", (ToolCallResponse("c", ""),), extra={"status": "failed"})],
        ),
        (
            [{"type": "custom_tool_call_output", "call_id": "c", "name": "sql", "output": "1"}],
            [Message("tool", (ToolCallResponse("c", "1", "sql"),))],
        ),
        (
            [{"type": "tool_search_output", "call_id": "c", "execution": "client", "tools": []}],
            [Message("tool", (ToolCallResponse("c", ()),))],
        ),
        (
            [{"type": "tool_search_output", "call_id": None, "execution": "server", "tools": [{"name": "f"}]}],
            [Message("assistant", (ServerToolCallResponse(None, [{"name": "f"}], "tool_search_output"),))],
        ),
        (
            [
                {"type": "item_reference", "id": "msg_1"},
                {"type": "additional_tools", "role": "developer", "tools": []},
                7,
            ],
            [
                Message(None, (Unknown("item_reference", {"type": "item_reference", "id": "msg_1"}),)),
                Message(
                    "developer",
                    (Unknown("additional_tools", {"type": "additional_tools", "role": "developer", "tools": []}),),
                ),
                Message(None, (Unknown(None, 7),)),
            ],
        ),
    ],
)
def test_input_of_a_request(sent: Json, messages: list[Message]) -> None:
    assert openai_responses.prompt({"input": sent}) == Prompt(messages=tuple(messages), parameters={})


def test_instructions_tools_and_parameters_of_a_request() -> None:
    schema = {"type": "object", "properties": {}}
    assert openai_responses.prompt(
        {
            "model": "m",
            "instructions": "Be terse.",
            "input": "Hi",
            "store": False,
            "reasoning": {"effort": "low"},
            "tools": [
                {"type": "function", "name": "f", "description": "F", "parameters": schema, "strict": True},
                {"type": "custom", "name": "sql", "description": "SQL", "format": {"type": "text"}},
                {"type": "web_search", "search_context_size": "low"},
                {"type": "namespace", "name": "math", "description": "Sums", "tools": []},
                7,
            ],
        }
    ) == Prompt(
        model="m",
        messages=(Message("system", (Text("Be terse."),)), Message("user", (Text("Hi"),))),
        tools=(
            Tool("f", "F", schema, extra={"strict": True}),
            Tool("sql", "SQL", extra={"type": "custom", "format": {"type": "text"}}),
            Tool(None, kind="web_search", extra={"search_context_size": "low"}),
            Tool("math", "Sums", kind="namespace", extra={"tools": []}),
            Tool(None),
        ),
        parameters={"store": False, "reasoning": {"effort": "low"}},
    )


@pytest.mark.parametrize("request_", [None, "Hi", [], 3])
def test_no_request(request_: Json) -> None:
    assert openai_responses.prompt(request_) == Prompt(parameters={})


def test_what_is_odd_in_a_request_stays_a_parameter() -> None:
    odd: Json = {"model": 7, "instructions": [{"role": "user"}], "input": {"text": "Hi"}, "tools": "all"}
    assert openai_responses.prompt(odd) == Prompt(parameters=odd)


def server_call(id_: str, name: str, arguments: Json, text: str, kind: str | None = None) -> ServerToolCall:
    return ServerToolCall(id_, name, arguments, text, kind or f"{name}_call")


CITED: Json = {"type": "url_citation", "url": "u"}
SCREEN: Json = {"type": "click", "x": 1}

ITEMS: list[tuple[Object, tuple[Part, ...]]] = [
    (message("Hi", "Ho"), (Text("Hi"), Text("Ho"))),
    (message(), ()),
    (message(""), (Text(""),)),
    (message() | {"content": "Hi"}, (Text("Hi"),)),
    (
        message() | {"content": ["Hi", {"text": "Ho"}, {"type": "text", "text": "!"}]},
        (Text("Hi"), Text("Ho"), Text("!")),
    ),
    (thought() | {"summary": ["A"], "content": "B"}, (Reasoning("A"), Reasoning("B"))),
    (
        {**message(), "content": [{"type": "output_text", "text": "Hi", "annotations": [CITED]}]},
        (Text("Hi", (CITED,)),),
    ),
    ({**message(), "content": [{"type": "refusal", "refusal": "No."}]}, (Refusal("No."),)),
    (
        {**message(), "content": [{"type": "output_audio", "data": "aGVsbG8=", "transcript": "Hi"}]},
        (Media("audio", size=5, transcript="Hi"),),
    ),
    ({**message(), "content": [{"type": "output_image", "image_url": PNG}]}, (Media("image", "image/png", 5),)),
    (thought(), (Reasoning(""),)),
    (thought(encrypted_content="gAAA"), (Reasoning("", encrypted="gAAA"),)),
    (
        thought("A", "B", content=[{"type": "reasoning_text", "text": "C"}], encrypted_content="gAAA"),
        (Reasoning("A", encrypted="gAAA"), Reasoning("B"), Reasoning("C")),
    ),
    (call('{"a": 1}'), (ToolCall("call_1", "add", {"a": 1}, '{"a": 1}'),)),
    (call(""), (ToolCall("call_1", "add", {}, ""),)),
    (
        {"type": "custom_tool_call", "id": "ctc", "call_id": "c", "name": "sql", "input": "select 1"},
        (ToolCall("c", "sql", "select 1", "select 1"),),
    ),
    (
        {"type": "computer_call", "id": "cu", "call_id": "c", "action": SCREEN},
        (ToolCall("c", "computer", SCREEN, '{"type":"click","x":1}'),),
    ),
    (
        {"type": "computer_call", "id": "cu", "call_id": "c", "actions": [SCREEN]},
        (ToolCall("c", "computer", {"actions": [SCREEN]}, '{"actions":[{"type":"click","x":1}]}'),),
    ),
    (
        {"type": "local_shell_call", "id": "lsh", "call_id": "c", "action": {"type": "exec"}},
        (ToolCall("c", "local_shell", {"type": "exec"}, '{"type":"exec"}'),),
    ),
    (
        {"type": "apply_patch_call", "id": "ap", "call_id": "c", "operation": {"type": "delete_file", "path": "a"}},
        (ToolCall("c", "apply_patch", {"type": "delete_file", "path": "a"}, '{"type":"delete_file","path":"a"}'),),
    ),
    (
        {"type": "tool_search_call", "id": "ts", "call_id": "c", "execution": "client", "arguments": {"q": 1}},
        (ToolCall("c", "tool_search", {"q": 1}, '{"q":1}'),),
    ),
    (
        {"type": "tool_search_call", "id": "ts", "call_id": None, "execution": "server", "arguments": {"q": 1}},
        (server_call("ts", "tool_search", {"q": 1}, '{"q":1}'),),
    ),
    (
        {"type": "tool_search_output", "id": "to", "call_id": None, "execution": "server", "tools": [{"name": "f"}]},
        (ServerToolCallResponse("to", [{"name": "f"}], "tool_search_output"),),
    ),
    (
        {"type": "file_search_call", "id": "fs", "queries": ["q"], "results": [{"text": "r"}]},
        (
            server_call("fs", "file_search", {"queries": ["q"]}, '{"queries":["q"]}'),
            ServerToolCallResponse("fs", [{"text": "r"}], "file_search_call"),
        ),
    ),
    ({"type": "web_search_call", "id": "ws", "status": "completed"}, (server_call("ws", "web_search", {}, ""),)),
    (
        {"type": "image_generation_call", "id": "ig", "result": "aGVsbG8=", "revised_prompt": "cat"},
        (
            server_call("ig", "image_generation", {"revised_prompt": "cat"}, '{"revised_prompt":"cat"}'),
            Media("image", "image/png", 5),
        ),
    ),
    (
        {"type": "mcp_list_tools", "id": "mcpl", "server_label": "dice", "tools": [{"name": "roll"}]},
        (
            server_call(
                "mcpl", "mcp_list_tools", {"server_label": "dice"}, '{"server_label":"dice"}', "mcp_list_tools"
            ),
            ServerToolCallResponse("mcpl", [{"name": "roll"}], "mcp_list_tools"),
        ),
    ),
    (
        {"type": "mcp_call", "id": "mcp", "name": "roll", "arguments": "{}", "output": None, "error": {"code": 1}},
        (
            server_call("mcp", "roll", {}, "{}", "mcp_call"),
            ServerToolCallResponse("mcp", {"error": {"code": 1}}, "mcp_call"),
        ),
    ),
    (
        {"type": "mcp_approval_request", "id": "mcpr", "name": "roll", "arguments": "{}"},
        (server_call("mcpr", "roll", {}, "{}", "mcp_approval_request"),),
    ),
    (
        {"type": "program", "id": "pr", "call_id": "c", "code": "1+1", "fingerprint": "x"},
        (server_call("c", "program", "1+1", "1+1", "program"),),
    ),
    (
        {"type": "program_output", "id": "po", "call_id": "c", "result": "2"},
        (ServerToolCallResponse("c", "2", "program_output"),),
    ),
    (
        {"type": "compaction", "id": "cmp", "encrypted_content": "gAAA"},
        (Unknown("compaction", {"type": "compaction", "id": "cmp", "encrypted_content": "gAAA"}),),
    ),
]


@pytest.mark.parametrize(("item", "parts"), ITEMS)
def test_items_of_a_plain_reply(item: Object, parts: tuple[Part, ...]) -> None:
    reading = read(openai_responses, [response("completed", [item])], streamed=False)
    (said,) = reading.reply.messages
    assert (said.role, said.parts, said.finish_reason) == ("assistant", parts, "completed")
    assert reading.anomalies == ()
    assert reading.echoes == ()


def test_a_plain_reply() -> None:
    raw = {
        "input_tokens": 36,
        "input_tokens_details": {"cached_tokens": 3, "cache_write_tokens": 2},
        "output_tokens": 87,
        "output_tokens_details": {"reasoning_tokens": 64},
        "total_tokens": 123,
        "cost": 0.5,
    }
    plain = response(
        "incomplete",
        [message("Hi", phase="final_answer", status="incomplete")],
        usage=raw,
        incomplete_details={"reason": "max_output_tokens"},
        temperature=1.0,
        tools=[],
    )
    reading = read(openai_responses, [plain], streamed=False)
    assert (reading.reply.id, reading.reply.model, reading.reply.complete) == ("resp_1", "m", True)
    assert reading.reply.messages == (
        Message(
            "assistant",
            (Text("Hi"),),
            "incomplete",
            {
                "items": {"0": {"status": "incomplete", "phase": "final_answer"}},
                "incomplete_details": {"reason": "max_output_tokens"},
            },
        ),
    )
    assert reading.reply.usage == Usage(
        input_tokens=36,
        output_tokens=87,
        total_tokens=123,
        reasoning_tokens=64,
        cache_read_input_tokens=3,
        cache_creation_input_tokens=2,
        cost=0.5,
        raw=raw,
    )
    assert [delta.route for delta in reading.deltas] == [("output", 0, "content", 0, "text")]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"error": {"message": "no"}}, {"message": "no"}),
        ({"code": "invalid-argument", "error": "no"}, {"code": "invalid-argument", "error": "no"}),
        ({"detail": "no"}, {"detail": "no"}),
        ([{"error": {"message": "no"}}], {"message": "no"}),
        (response("failed", error={"code": "server_error"}), {"code": "server_error"}),
    ],
)
def test_error_bodies(body: Json, error: Json) -> None:
    reading = read(openai_responses, [body], streamed=False)
    assert reading.reply.error == error
    assert reading.anomalies == ()


def test_what_other_methods_answer() -> None:
    deleted = read(openai_responses, [{"id": "resp_1", "object": "response", "deleted": True}], streamed=False)
    assert (deleted.reply.id, deleted.reply.messages, short(deleted)) == ("resp_1", (), [])
    counted = read(openai_responses, [{"object": "response.input_tokens", "input_tokens": 11}], streamed=False)
    assert counted.reply.usage is not None
    assert (counted.reply.usage.input_tokens, counted.reply.messages, short(counted)) == (11, (), [])
    compact: Json = {"object": "response.compaction", "output": [message("Hi")], "usage": {"output_tokens": 3}}
    compacted = read(openai_responses, [compact], streamed=False)
    assert compacted.reply.messages == (Message("assistant", (Text("Hi"),)),)
    assert short(compacted) == []
    queued = read(openai_responses, [response("queued")], streamed=False)
    assert queued.reply.messages == (Message("assistant", (), "queued"),)


def test_usage_that_does_not_add_up_or_comes_twice() -> None:
    wrong: Json = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 3}
    right: Json = {"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}
    plain = read(openai_responses, [response("completed", usage=wrong)], streamed=False)
    assert short(plain) == [("usage-inconsistent", 0)]
    twice: list[Json] = [
        {"type": "response.created", "response": response("in_progress", usage=wrong)},
        {"type": "response.completed", "response": response("completed", usage=right)},
    ]
    streamed = read(openai_responses, twice)
    assert short(streamed) == [("usage-overridden", 1)]
    assert streamed.reply.usage is not None
    assert streamed.reply.usage.output_tokens == 2


def test_reading_leaves_payloads_as_they_are() -> None:
    payloads = [response("completed", [item for item, _ in ITEMS])]
    before = copy.deepcopy(payloads)
    openai_responses.read(events_of(payloads), streamed=False)
    openai_responses.prompt({"input": payloads[0]["output"]})
    assert payloads == before
