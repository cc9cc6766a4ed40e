"""Awkward but real streams of the Responses API: what is in them, and what is named."""

import pytest
from reading import Case, read, short
from responses_events import (
    CREATED,
    Object,
    added,
    arguments,
    call,
    delta,
    done,
    ended,
    event,
    message,
    part_added,
    response,
    stream,
    thought,
)

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    Unknown,
)
from cassette_cli.protocols import openai_responses

HI = message("Hi")
HELLO = [added(HI), part_added(), delta("H"), delta("i")]


def said(*parts: Part, reason: str | None = "completed", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, reason, extra or None),)


ORDER = [
    Case("one message", stream(*HELLO, done(HI), output=(HI,)), said(Text("Hi"))),
    Case(
        "items done out of order",
        stream(
            added(call("{}")),
            added(call("[]", "fc_2", "call_2"), 1),
            arguments("[]", 1, "fc_2"),
            arguments("{}"),
            done(call("[]", "fc_2", "call_2"), 1),
            done(call("{}")),
        ),
        said(ToolCall("call_1", "add", {}, "{}"), ToolCall("call_2", "add", [], "[]")),
        [("block-out-of-order", 5), ("done-incomplete", 7)],
    ),
    Case(
        "no output_item.added (gpt-oss behind vLLM)",
        stream(delta("H"), delta("i"), done(HI), output=(HI,)),
        said(Text("Hi")),
        [("block-start-missing", 1)],
    ),
    Case(
        "no content_part.added",
        stream(added(HI), delta("Hi"), done(HI), output=(HI,)),
        said(Text("Hi")),
        [("block-start-missing", 2)],
    ),
    Case(
        "only output_item.done",
        stream(done(HI), done(call(), 1), output=(HI, call())),
        said(Text("Hi"), ToolCall("call_1", "add", {}, "{}")),
        [("block-start-missing", 1), ("block-start-missing", 2)],
    ),
    Case(
        "items only in the final response",
        stream(output=(HI, call())),
        said(Text("Hi"), ToolCall("call_1", "add", {}, "{}")),
        [("block-start-missing", 1)] * 2,
    ),
    Case(
        "items never done",
        stream(*HELLO, output=(HI,)),
        said(Text("Hi")),
        [("block-not-closed", 5)],
    ),
    Case(
        "an item added and done twice",
        stream(added(HI), part_added(), delta("Hi"), added(HI), done(HI), done(HI), output=(HI,)),
        said(Text("Hi")),
        [("block-repeated", 4), ("block-repeated", 6)],
    ),
    Case(
        "a piece after the text was done",
        stream(*HELLO, done(HI), delta("!"), output=(message("Hi!"),)),
        said(Text("Hi!")),
        [("block-out-of-order", 6)],
    ),
    Case(
        "a new item id with each event (GitHub Copilot)",
        stream(
            added({**HI, "id": "a"}),
            part_added(item_id="b"),
            delta("H", item_id="c"),
            delta("i", item_id="d"),
            done({**HI, "id": "e"}),
            output=({**HI, "id": "f"},),
        ),
        said(Text("Hi")),
        [("id-changed", 2)],
    ),
    Case(
        "one output_index for a message and a call (LiteLLM)",
        stream(
            added(HI),
            part_added(),
            delta("H"),
            added(call(), 0),
            arguments("{}"),
            delta("i", item_id=None),
            done(HI),
            done(call()),
            output=(HI, call()),
        ),
        said(Text("Hi"), ToolCall("call_1", "add", {}, "{}")),
        [("index-reused", 4)],
    ),
    Case(
        "no output_index at all (Lemonade)",
        stream(
            added(HI, None),
            event("content_part.added", None, item_id="msg_1", part={"type": "output_text", "text": ""}),
            delta("Hi", None, content_index=None),
            done(HI, None),
            output=(HI,),
        ),
        said(Text("Hi")),
        [("index-missing", 1)],
    ),
    Case(
        "an output_index that is left out",
        stream(added(HI, 0), done(HI, 0), added(call(), 2), done(call(), 2), output=(HI, call())),
        said(Text("Hi"), ToolCall("call_1", "add", {}, "{}")),
        [("index-not-next", 3)],
    ),
    Case(
        "an output_index that changes (vLLM)",
        stream(added(HI), part_added(), delta("H"), delta("i", 1), done(HI, 1), output=(HI,)),
        said(Text("Hi")),
        [("index-changed", 4)],
    ),
    Case(
        "a content_index that counts over all items (vLLM)",
        stream(added(HI), part_added(content_index=1), delta("Hi", content_index=1), done(HI), output=(HI,)),
        said(Text("Hi")),
        [("index-not-next", 2)],
    ),
    Case(
        "one id for two items",
        stream(
            added(HI), done(HI), added(call(id_="msg_1"), 1), done(call(id_="msg_1"), 1), output=(HI, call(id_="msg_1"))
        ),
        said(Text("Hi"), ToolCall("call_1", "add", {}, "{}")),
        [("id-not-unique", 3)],
    ),
    Case(
        "indexes that are no numbers",
        stream(
            added(HI), part_added(), {**delta("Hi"), "output_index": [0], "content_index": {}}, done(HI), output=(HI,)
        ),
        said(Text("Hi")),
        [("index-missing", 3)],
    ),
    Case(
        "a message without role",
        stream(
            added({"type": "message", "id": "m", "content": []}), done({**HI, "id": "m"}), output=({**HI, "id": "m"},)
        ),
        said(Text("Hi")),
        [("role-missing", 1)],
    ),
]

WHOLE = [
    Case(
        "done says more than deltas brought",
        stream(*HELLO, event("output_text.done", item_id="msg_1", content_index=0, text="Hi!"), done(message("Hi!"))),
        said(Text("Hi!")),
        [("done-disagrees", 5), ("done-incomplete", 7)],
    ),
    Case(
        "text that is sent twice (xAI)",
        stream(*HELLO, delta("Hi"), done(HI), output=(HI,)),
        said(Text("Hi")),
        [("done-disagrees", 6)],
    ),
    Case(
        "the final response disagrees with all before it",
        stream(*HELLO, done(HI), output=(message("Ho"),)),
        said(Text("Ho")),
        [("done-disagrees", 6)],
    ),
    Case(
        "an empty done takes nothing away",
        stream(
            added(call("")),
            arguments("{}"),
            event("function_call_arguments.done", item_id="fc_1", arguments=""),
            done(call("{}")),
            output=(call("{}"),),
        ),
        said(ToolCall("call_1", "add", {}, "{}")),
        [("done-incomplete", 3)],
    ),
    Case(
        "a final response without items (Codex)",
        stream(*HELLO, done(HI)),
        said(Text("Hi")),
        [("done-incomplete", 6)],
    ),
    Case(
        "a text whole at the opening, and again in deltas",
        stream(event("output_item.added", item=HI), delta("Hi"), done(HI), output=(HI,)),
        said(Text("Hi")),
        [("done-disagrees", 3)],
    ),
    Case(
        "a first piece at the opening",
        stream(
            event("output_item.added", item=thought(id_="rs_1")),
            event("reasoning_summary_part.added", summary_index=0, part={"type": "summary_text", "text": "H"}),
            event("reasoning_summary_text.delta", summary_index=0, delta="m"),
            done(thought("Hm")),
            output=(thought("Hm"),),
        ),
        said(Reasoning("Hm")),
    ),
    Case(
        "encrypted reasoning that is another one when done",
        stream(
            added(thought(encrypted_content="first")),
            done(thought("Hm", "Ah", encrypted_content="last")),
            output=(thought("Hm", "Ah", encrypted_content="last"),),
        ),
        said(Reasoning("Hm", encrypted="last"), Reasoning("Ah")),
    ),
    Case(
        "a thought of which nothing is to be seen",
        stream(added(thought()), done(thought()), output=(thought(),)),
        said(Reasoning("")),
    ),
    Case(
        "summaries that come out of order",
        stream(
            added(thought()),
            event("reasoning_summary_part.added", summary_index=1, part={"type": "summary_text", "text": ""}),
            event("reasoning_summary_text.delta", summary_index=1, delta="B"),
            event("reasoning_summary_part.added", summary_index=0, part={"type": "summary_text", "text": ""}),
            event("reasoning_summary_text.delta", summary_index=0, delta="A"),
            done(thought("A", "B")),
            output=(thought("A", "B"),),
        ),
        said(Reasoning("A"), Reasoning("B")),
        [("index-not-next", 2)],
    ),
    Case(
        "a thought that opens with a part of text (vLLM)",
        stream(
            added(thought(content=[])),
            part_added(item_id="rs_1"),
            event("reasoning_text.delta", item_id="rs_1", content_index=0, delta="Hm"),
            done(thought(content=[{"type": "reasoning_text", "text": "Hm"}])),
            output=(thought(content=[{"type": "reasoning_text", "text": "Hm"}]),),
        ),
        said(Reasoning("Hm")),
        [("block-out-of-order", 2)],
    ),
    Case(
        "reasoning_part events (vLLM)",
        stream(
            added(thought(content=[])),
            event("reasoning_part.added", item_id="rs_1", content_index=0, part={"type": "reasoning_text", "text": ""}),
            event("reasoning_text.delta", item_id="rs_1", content_index=0, delta="Hm"),
            event(
                "reasoning_part.done", item_id="rs_1", content_index=0, part={"type": "reasoning_text", "text": "Hm"}
            ),
            done(thought(content=[{"type": "reasoning_text", "text": "Hm"}])),
            output=(thought(content=[{"type": "reasoning_text", "text": "Hm"}]),),
        ),
        said(Reasoning("Hm")),
    ),
    Case(
        "annotations one by one, and others when done",
        stream(
            *HELLO,
            event("output_text.annotation.added", item_id="msg_1", content_index=0, annotation={"url": "a"}),
            done(message("Hi")),
            output=({**HI, "content": [{"type": "output_text", "text": "Hi", "annotations": [{"url": "b"}]}]},),
        ),
        said(Text("Hi", ({"url": "b"},))),
        [("done-disagrees", 7)],
    ),
    Case(
        "log probabilities, piece by piece and whole",
        stream(
            *HELLO[:2],
            {**delta("H"), "logprobs": [{"token": "H"}]},
            {**delta("i"), "logprobs": [{"token": "i"}]},
            done(
                {**HI, "content": [{"type": "output_text", "text": "Hi", "logprobs": [{"token": "H"}, {"token": "i"}]}]}
            ),
            output=(HI,),
        ),
        said(Text("Hi"), logprobs=[{"token": "H"}, {"token": "i"}]),
    ),
]


def of_call(item: Object, *events: Object, opened: Object | None = None) -> list[Json]:
    """A stream of one call, opened with some of its fields."""
    return stream(event("output_item.added", item=opened or {**item}), *events, done(item), output=(item,))


SEARCH: Object = {"type": "web_search_call", "id": "ws_1", "status": "completed"}
FOUND: Object = {**SEARCH, "action": {"type": "search", "query": "q", "sources": [{"url": "u"}]}}
CODE: Object = {"type": "code_interpreter_call", "id": "ci_1", "status": "completed", "container_id": "cntr_1"}
LOGS: Json = [{"type": "logs", "logs": "4"}]
MCP: Object = {
    "type": "mcp_call",
    "id": "mcp_1",
    "name": "roll",
    "server_label": "dice",
    "arguments": "{}",
    "output": "4",
}
SHELL: Object = {"type": "shell_call", "id": "sh_1", "call_id": "call_1", "status": "completed"}
HOSTED: Object = {**SHELL, "environment": {"type": "container_reference", "container_id": "cntr_1"}}
WRITTEN: Object = {
    "type": "shell_call_output",
    "id": "so_1",
    "call_id": "call_1",
    "output": [{"stdout": "a\n", "stderr": ""}],
}
IMAGE: Object = {"type": "image_generation_call", "id": "ig_1", "status": "completed", "result": None}

CALLS = [
    Case(
        "a web search",
        of_call(
            FOUND,
            event("web_search_call.in_progress", item_id="ws_1"),
            event("web_search_call.searching", item_id="ws_1"),
            event("web_search_call.completed", item_id="ws_1"),
            opened={**SEARCH, "action": {"type": "search"}},
        ),
        said(
            ServerToolCall(
                "ws_1",
                "web_search",
                {"type": "search", "query": "q"},
                '{"type":"search","query":"q"}',
                "web_search_call",
            ),
            ServerToolCallResponse("ws_1", [{"url": "u"}], "web_search_call"),
        ),
    ),
    Case(
        "code and what it wrote",
        of_call(
            {**CODE, "code": "2+2", "outputs": LOGS},
            event("code_interpreter_call.in_progress", item_id="ci_1"),
            event("code_interpreter_call_code.delta", item_id="ci_1", delta="2+"),
            event("code_interpreter_call_code.delta", item_id="ci_1", delta="2"),
            event("code_interpreter_call_code.done", item_id="ci_1", code="2+2"),
            event("code_interpreter_call.interpreting", item_id="ci_1"),
            opened={**CODE, "code": None, "outputs": None},
        ),
        said(
            ServerToolCall("ci_1", "code_interpreter", "2+2", "2+2", "code_interpreter_call"),
            ServerToolCallResponse("ci_1", LOGS, "code_interpreter_call"),
            items={"0": {"container_id": "cntr_1"}},
        ),
    ),
    Case(
        "an MCP call",
        of_call(
            MCP,
            event("mcp_call.in_progress", item_id="mcp_1"),
            event("mcp_call_arguments.delta", item_id="mcp_1", delta="{}"),
            event("mcp_call_arguments.done", item_id="mcp_1", arguments="{}"),
            event("mcp_call.completed", item_id="mcp_1"),
            opened={**MCP, "arguments": "", "output": None},
        ),
        said(
            ServerToolCall("mcp_1", "roll", {}, "{}", "mcp_call"),
            ServerToolCallResponse("mcp_1", "4", "mcp_call"),
            items={"0": {"server_label": "dice"}},
        ),
    ),
    Case(
        "a custom tool, whose input is no JSON",
        of_call(
            {"type": "custom_tool_call", "id": "ctc_1", "call_id": "call_1", "name": "sql", "input": "select 1"},
            event("custom_tool_call_input.delta", item_id="ctc_1", delta="select "),
            event("custom_tool_call_input.delta", item_id="ctc_1", delta="1"),
            event("custom_tool_call_input.done", item_id="ctc_1", input="select 1"),
            opened={"type": "custom_tool_call", "id": "ctc_1", "call_id": "call_1", "name": "sql", "input": ""},
        ),
        said(ToolCall("call_1", "sql", "select 1", "select 1")),
    ),
    Case(
        "commands for a shell of the client",
        stream(
            added(SHELL),
            event("shell_call_command.added", command_index=0, command=""),
            event("shell_call_command.delta", command_index=0, delta="l", obfuscation="k3J"),
            event("shell_call_command.delta", command_index=0, delta="s"),
            event("shell_call_command.done", command_index=0, command="ls"),
        )[:-1],
        said(ToolCall("call_1", "shell", {"commands": ["ls"]}, '{"commands":["ls"]}'), reason=None),
        [("stream-cut-off", 5)],
        complete=False,
    ),
    Case(
        "a shell of the provider",
        stream(
            added(HOSTED),
            done({**HOSTED, "action": {"commands": ["ls"]}}),
            added(WRITTEN, 1),
            event("shell_call_output_content.delta", 1, item_id="so_1", command_index=0, delta={"stdout": "a\n"}),
            event("shell_call_output_content.done", 1, item_id="so_1", command_index=0, output=WRITTEN["output"]),
            done(WRITTEN, 1),
            output=({**HOSTED, "action": {"commands": ["ls"]}}, WRITTEN),
        ),
        said(
            ServerToolCall("call_1", "shell", {"commands": ["ls"]}, '{"commands":["ls"]}', "shell_call"),
            ServerToolCallResponse("call_1", WRITTEN["output"], "shell_call_output"),
            items={"0": {"environment": HOSTED["environment"]}},
        ),
    ),
    Case(
        "what a shell wrote before the stream was cut off",
        stream(
            added({**WRITTEN, "output": []}),
            event("shell_call_output_content.delta", item_id="so_1", command_index=0, delta={"stdout": "a"}),
            event(
                "shell_call_output_content.delta",
                item_id="so_1",
                command_index=0,
                delta={"stdout": "\n", "stderr": "b"},
            ),
        )[:-1],
        said(ServerToolCallResponse("call_1", [{"stdout": "a\n", "stderr": "b"}], "shell_call_output"), reason=None),
        [("stream-cut-off", 3)],
        complete=False,
    ),
    Case(
        "an image that comes by and by",
        of_call(
            {**IMAGE, "result": "aGVsbG8=", "output_format": "webp", "revised_prompt": "a cat"},
            event("image_generation_call.generating", item_id="ig_1"),
            event(
                "image_generation_call.partial_image", item_id="ig_1", partial_image_b64="aGk=", partial_image_index=0
            ),
            event("image_generation_call.completed", item_id="ig_1"),
            opened=IMAGE,
        ),
        said(
            ServerToolCall(
                "ig_1",
                "image_generation",
                {"revised_prompt": "a cat", "output_format": "webp"},
                '{"revised_prompt":"a cat","output_format":"webp"}',
                "image_generation_call",
            ),
            Media("image", "image/webp", 5),
        ),
    ),
    Case(
        "an image of which only a part came",
        stream(
            added(IMAGE),
            event(
                "image_generation_call.partial_image", item_id="ig_1", partial_image_b64="aGk=", partial_image_index=0
            ),
        )[:-1],
        said(
            ServerToolCall("ig_1", "image_generation", {}, "", "image_generation_call"),
            Media("image", "image/png", 2),
            reason=None,
        ),
        [("stream-cut-off", 2)],
        complete=False,
    ),
    Case(
        "arguments that are JSON, not its text",
        stream(added(call({"a": 1})), done(call({"a": 1})), output=(call({"a": 1}),)),
        said(ToolCall("call_1", "add", {"a": 1}, '{"a":1}')),
        [("arguments-not-text", 2)],
    ),
    Case(
        "arguments that do not parse",
        stream(added(call('{"a"')), arguments('{"a"'), done(call('{"a"')), output=(call('{"a"'),)),
        said(ToolCall("call_1", "add", None, '{"a"')),
        [("arguments-not-json", 2)],
    ),
    Case(
        "a call without id, name and arguments",
        stream(added({"type": "function_call"}), done({"type": "function_call"}), output=({"type": "function_call"},)),
        said(ToolCall(None, None, {}, "")),
        [("id-missing", 1), ("name-missing", 1), ("arguments-empty", 1)],
    ),
    Case(
        "a call under another id and name when done",
        stream(added(call()), done(call(call_id="call_9", name="sub")), output=(call(call_id="call_9", name="sub"),)),
        said(ToolCall("call_9", "sub", {}, "{}")),
        [("id-changed", 2), ("done-disagrees", 2)],
    ),
    Case(
        "a name that the end of the arguments brings",
        [CREATED, event("function_call_arguments.done", item_id="fc_1", name="add", arguments="{}")],
        said(ToolCall(None, "add", {}, "{}"), reason=None),
        [("block-start-missing", 1), ("id-missing", 1), ("stream-cut-off", 1)],
        complete=False,
    ),
    Case(
        "audio and what is said in it",
        stream(
            event("audio.delta", None, delta="aGVs"),
            event("audio.transcript.delta", None, delta="Hel"),
            event("audio.delta", None, delta="bG8="),
            event("audio.transcript.delta", None, delta="lo"),
            event("audio.transcript.done", None),
            event("audio.done", None),
        ),
        said(Media("audio", size=5, transcript="Hello")),
    ),
]

ERROR: Json = {"code": "server_error", "message": "The server had an error"}

STREAMS = [
    Case("nothing at all", [], (), [("stream-empty", None)], complete=False),
    Case(
        "cut off within a text",
        [CREATED, *HELLO],
        said(Text("Hi"), reason=None),
        [("stream-cut-off", 4)],
        complete=False,
    ),
    Case(
        "cut off within arguments",
        [CREATED, added(call("")), arguments('{"a"')],
        said(ToolCall("call_1", "add", None, '{"a"'), reason=None),
        [("stream-cut-off", 2), ("arguments-not-json", 2)],
        complete=False,
    ),
    Case(
        "[DONE] after the end",
        [*stream(*HELLO, done(HI), output=(HI,)), "[DONE]"],
        said(Text("Hi")),
        [("done-unexpected", 7)],
    ),
    Case(
        "an error first (and nothing else)",
        [{"type": "error", "sequence_number": 0, "error": ERROR}],
        (),
        [("error-event", 0)],
        complete=False,
    ),
    Case("an error without type", [{"error": ERROR}], (), [("error-event", 0)], complete=False),
    Case(
        "an error after some text",
        [CREATED, *HELLO, {"type": "error", **ERROR}],
        said(Text("Hi"), reason=None),
        [("error-event", 5)],
        complete=False,
    ),
    Case(
        "a failed response",
        [CREATED, *HELLO, ended(HI, status="failed", error=ERROR)],
        said(Text("Hi"), reason="failed"),
        [("error-event", 5), ("block-not-closed", 5)],
    ),
    Case(
        "an incomplete response",
        [CREATED, *HELLO, done(HI), ended(HI, status="incomplete", incomplete_details={"reason": "max_output_tokens"})],
        said(Text("Hi"), reason="incomplete", incomplete_details={"reason": "max_output_tokens"}),
    ),
    Case(
        "a refusal",
        stream(
            added(message()),
            event("content_part.added", item_id="msg_1", content_index=0, part={"type": "refusal", "refusal": ""}),
            event("refusal.delta", item_id="msg_1", content_index=0, delta="No"),
            event("refusal.delta", item_id="msg_1", content_index=0, delta="."),
            event("refusal.done", item_id="msg_1", content_index=0, refusal="No."),
            done({**message(), "content": [{"type": "refusal", "refusal": "No."}]}),
            output=({**message(), "content": [{"type": "refusal", "refusal": "No."}]},),
        ),
        said(Refusal("No.")),
    ),
    Case(
        "no status at the end",
        [CREATED, {"type": "response.completed", "response": {"id": "resp_1", "output": []}}],
        said(reason=None),
        [("finish-reason-missing", 1)],
    ),
    Case(
        "an end without a response",
        [CREATED, *HELLO, done(HI), {"type": "response.completed"}],
        said(Text("Hi"), reason=None),
        [("finish-reason-missing", 6), ("done-incomplete", 6)],
    ),
    Case(
        "two ends",
        [*stream(*HELLO, done(HI), output=(HI,)), ended(HI)],
        said(Text("Hi")),
        [("event-after-end", 7), ("finish-reason-repeated", 7)],
    ),
    Case(
        "no response.created, and then two",
        [*HELLO, CREATED, CREATED, done(HI), ended(HI)],
        said(Text("Hi")),
        [("message-start-missing", 0), ("second-message-start", 5)],
    ),
    Case(
        "another response id",
        [CREATED, {"type": "response.completed", "response": response("completed", id="resp_2")}],
        said(),
        [("response-id-changed", 1)],
    ),
    Case(
        "sequence numbers with a gap and a repetition",
        [
            {**each, "sequence_number": number}
            for each, number in zip([CREATED, *HELLO, ended(HI)], (1, 2, 4, 5, 5, 6), strict=True)
        ],
        said(Text("Hi")),
        [("sequence-gap", 2), ("sequence-repeated", 4), ("block-not-closed", 5)],
    ),
    Case(
        "a keepalive, which is in no documentation",
        [{"type": "keepalive", "sequence_number": 7}, *stream(*HELLO, done(HI), output=(HI,))],
        said(Text("Hi")),
        [("unknown-event", 0)],
    ),
    Case(
        "an event unknown here, and data that is not JSON",
        stream({"type": "response.weather", "is": "fine"}, "oops", *HELLO, done(HI), output=(HI,)),
        said(
            Text("Hi"), Unknown("response.weather", {"type": "response.weather", "is": "fine"}), Unknown(None, "oops")
        ),
        [("unknown-event", 1), ("data-not-json", 2)],
    ),
    Case(
        "an item and a part of kinds unknown here",
        stream(done({"type": "weather"}), done({**HI, "content": [{"type": "smell"}]}, 1))[:-1],
        said(Unknown("weather", {"type": "weather"}), Unknown("smell", {"type": "smell"}), reason=None),
        [
            ("block-start-missing", 1),
            ("unknown-part", 1),
            ("block-start-missing", 2),
            ("unknown-part", 2),
            ("stream-cut-off", 2),
        ],
        complete=False,
    ),
    Case(
        "a delta that is no text",
        stream(*HELLO, delta(["!"]), done(HI), output=(HI,)),
        said(Text("Hi"), Unknown("response.output_text.delta", delta(["!"]))),
        [("unknown-event", 5)],
    ),
    Case(
        "a whole response in place of events",
        [response("completed", [HI])],
        said(Text("Hi")),
        [("object-unexpected", 0), ("block-start-missing", 0)],
    ),
]


@pytest.mark.parametrize("case", [*ORDER, *WHOLE, *CALLS, *STREAMS], ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(openai_responses, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete
