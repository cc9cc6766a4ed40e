"""Tool calls among the output items: who runs them, what their arguments are, and what they gave.

https://platform.openai.com/docs/api-reference/responses/object#responses/object-output

    {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "add", "arguments": "{\\"a\\": 2}", ...}
    {"type": "custom_tool_call", "id": "ctc_1", "call_id": "call_2", "name": "sql", "input": "select 1", ...}
    {"type": "web_search_call", "id": "ws_1", "action": {"type": "search", "query": "...", "sources": [...]}, ...}
    {"type": "code_interpreter_call", "id": "ci_1", "code": "2 + 2", "outputs": [{"type": "logs", ...}], ...}
    {"type": "local_shell_call", "id": "lsh_1", "call_id": "call_3", "action": {"type": "exec", ...}, ...}
"""

from typing import NamedTuple

from cassette_cli.conversation import Json, Part, ServerToolCallResponse, ToolCallResponse
from cassette_cli.protocols.base import PartKind, at, json_text, text_at, without
from cassette_cli.protocols.openai_responses.content import content_part


class CallType(NamedTuple):
    """`text` is the field whose text streams, JSON or not; `fields` are those that are arguments where they come as
    JSON; `results` is where what the provider's own tool gave lies."""

    kind: PartKind
    text: str | None = None
    is_json: bool = True
    fields: tuple[str, ...] = ()
    results: tuple[tuple[str, ...], ...] = ()


IMAGE = ("revised_prompt", "action", "background", "output_format", "quality", "size")

CALLS: dict[str, CallType] = {
    # What the client runs
    "function_call": CallType("tool_call", "arguments"),
    "custom_tool_call": CallType("tool_call", "input", is_json=False),
    "computer_call": CallType("tool_call", fields=("action", "actions")),
    "local_shell_call": CallType("tool_call", fields=("action",)),
    "shell_call": CallType("tool_call", fields=("action",)),
    "apply_patch_call": CallType("tool_call", fields=("operation",)),
    "tool_search_call": CallType("tool_call", fields=("arguments",)),
    # What the provider runs
    "web_search_call": CallType("server_tool_call", fields=("action",), results=(("action", "sources"),)),
    "file_search_call": CallType("server_tool_call", fields=("queries",), results=(("results",),)),
    "code_interpreter_call": CallType("server_tool_call", "code", is_json=False, results=(("outputs",),)),
    "image_generation_call": CallType("server_tool_call", fields=IMAGE, results=(("error",),)),
    "mcp_call": CallType("server_tool_call", "arguments", results=(("output",), ("error",))),
    "mcp_list_tools": CallType("server_tool_call", fields=("server_label",), results=(("tools",), ("error",))),
    "mcp_approval_request": CallType("server_tool_call", "arguments"),
    "program": CallType("server_tool_call", "code", is_json=False),
}

# Answers to calls, by their type, and the field that holds each. Those of the first group the client gives.
CLIENT_OUTPUTS = {
    "function_call_output": "output",
    "custom_tool_call_output": "output",
    "computer_call_output": "output",
    "local_shell_call_output": "output",
    "shell_call_output": "output",
    "apply_patch_call_output": "output",
    "tool_search_output": "tools",
}
SERVER_OUTPUTS = {"program_output": "result"}
OUTPUTS = CLIENT_OUTPUTS | SERVER_OUTPUTS


def part_kind(kind: str, item: Json) -> PartKind:
    """Whether the client or the provider runs a call; for two types each call says so itself."""
    in_container = kind == "shell_call" and text_at(item, "environment", "type") == "container_reference"
    is_served = kind == "tool_search_call" and text_at(item, "execution") == "server"
    return "server_tool_call" if in_container or is_served else CALLS[kind].kind


def call_name(kind: str, item: Json) -> str | None:
    """The tool's name: the call's own, or for tools that the API defines the name that its type gives them."""
    named = kind in ("function_call", "custom_tool_call", "mcp_call", "mcp_approval_request")
    return text_at(item, "name") or (None if named else kind.removesuffix("_call"))


def json_arguments(call: CallType, item: Json) -> Json:
    """The arguments of a call that come as JSON, less what is a result; None where there are none yet."""
    found = {name: item[name] for name in call.fields if item.get(name) not in (None, "", [], {})}
    if len(found) == 1 and isinstance(next(iter(found.values())), dict):
        found = next(iter(found.values()))
        found = without(found, {route[-1] for route in call.results if len(route) > 1})
    return found or None


def response_of(call: CallType, item: Json) -> Json:
    """What the provider's tool gave: the value itself, or an object of several; None where it gave nothing."""
    found = {route[-1]: given for route in call.results if (given := at(item, *route)) is not None}
    first = call.results[0][-1] if call.results else ""
    return found[first] if list(found) == [first] else found or None


def output_part(kind: str, item: Json, *, replied: bool) -> Part:
    """An answer to a call, of a type in OUTPUTS; in a reply the provider gave it."""
    id_ = text_at(item, "call_id") or text_at(item, "id")
    given = item.get(OUTPUTS[kind])
    if replied or kind in SERVER_OUTPUTS or text_at(item, "execution") == "server":
        return ServerToolCallResponse(id_, given, kind)
    return ToolCallResponse(id_, _said(given), text_at(item, "name"))


def _said(given: Json) -> str | tuple[Part, ...]:
    """Text as it is, parts of content as parts, the image of a screen, and other JSON as its text."""
    if given is None or isinstance(given, str):
        return given or ""
    if isinstance(given, list) and all(_is_content(entry) for entry in given):
        return tuple(content_part(entry) for entry in given)
    return (content_part(given),) if _is_content(given) else json_text(given)


def _is_content(value: Json) -> bool:
    kind = text_at(value, "type") or ""
    return kind.startswith(("input_", "output_")) or kind == "computer_screenshot"
