"""Requests of the Responses API.

https://platform.openai.com/docs/api-reference/responses/create

    {"model": "m", "instructions": "You are terse.", "store": false, "input": [
       {"role": "user", "content": [{"type": "input_text", "text": "Add."}, {"type": "input_image", ...}]},
       {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAAAA..."},
       {"type": "function_call", "call_id": "call_1", "name": "add", "arguments": "{}"},
       {"type": "function_call_output", "call_id": "call_1", "output": "5"}],
     "tools": [{"type": "function", "name": "add", "description": "...", "parameters": {...}, "strict": true}]}

`instructions` come first, as a system message. What the model said in one turn (thoughts, calls, text) lies in several
items and is one assistant message here, as in the reply; a tool's answer is a message of role "tool".
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Tool, Unknown
from cassette_cli.protocols.base import ReplyBuilder, list_at, text_at, without
from cassette_cli.protocols.openai_responses.calls import CALLS, CLIENT_OUTPUTS, SERVER_OUTPUTS, output_part
from cassette_cli.protocols.openai_responses.content import content_part, rest_of
from cassette_cli.protocols.openai_responses.items import Object, rest_of_item
from cassette_cli.protocols.openai_responses.output import OutputReader

# Items that only the model makes; messages say themselves whose they are.
MODEL = {*CALLS, "reasoning", "compaction", *SERVER_OUTPUTS}
TOOL_FIELDS = ("type", "name", "description", "parameters")


def prompt(request: Json) -> Prompt:
    """The request read; one that is no JSON object gives an empty prompt."""
    read = {name for name in ("model", "instructions") if text_at(request, name) is not None}
    messages = [Message("system", (Text(request["instructions"]),))] if "instructions" in read else []
    given = request.get("input") if isinstance(request, dict) else None
    if isinstance(given, str):
        read.add("input")
        messages.append(Message("user", (Text(given),)))
    elif isinstance(given, list):
        read.add("input")
        messages += _messages(given)
    if isinstance(request, dict) and isinstance(request.get("tools"), list):
        read.add("tools")
    return Prompt(
        model=text_at(request, "model"),
        messages=tuple(messages),
        tools=tuple(_tool(tool) for tool in list_at(request, "tools")),
        parameters=without(request, read),
    )


def _messages(items: list[Json]) -> Iterator[Message]:
    for is_model, group in groupby(enumerate(items), key=lambda entry: _is_of_model(entry[1])):
        if is_model:
            yield _turn(group)
        else:
            yield from (_message(item) for _, item in group)


def _is_of_model(item: Json) -> bool:
    kind = text_at(item, "type")
    if kind in (None, "message"):
        return text_at(item, "role") == "assistant"
    return kind in MODEL or (kind in CLIENT_OUTPUTS and text_at(item, "execution") == "server")


def _turn(items: Iterable[tuple[int, Object]]) -> Message:
    """Items that the model made, read as those of a reply are."""
    out = ReplyBuilder()
    output = OutputReader(out, streamed=False)
    for place, item in items:
        value = item if text_at(item, "type") else {**item, "type": "message"}
        output.whole(0, place, value, (place,))
    output.close(None, ended=True)
    out.message().role = "assistant"
    return out.build().reply.messages[0]


def _message(item: Json) -> Message:
    """An item of anyone else."""
    kind, role = text_at(item, "type"), text_at(item, "role")
    if kind in CLIENT_OUTPUTS:
        rest = rest_of_item(item, ("call_id", "name", CLIENT_OUTPUTS[kind], "execution"))
        return Message("tool", (output_part(kind, item, replied=False),), extra=rest or None)
    if kind not in (None, "message") or role is None:
        return Message(role, (Unknown(kind, item),))
    rest, content = rest_of_item(item, ("role", "content")), item.get("content")
    more = {str(index): extra for index, part in enumerate(list_at(content)) if (extra := rest_of(part))}
    if more:
        rest["content"] = more
    return Message(role, _content(content), extra=rest or None)


def _content(content: Json) -> tuple[Part, ...]:
    if isinstance(content, list):
        return tuple(content_part(part) for part in content)
    if content is None:
        return ()
    return (Text(content),) if isinstance(content, str) else (Unknown(None, content),)


def _tool(tool: Json) -> Tool:
    kind = text_at(tool, "type")
    rest = without(tool, TOOL_FIELDS)
    if kind == "custom":
        rest = {"type": kind, **rest}
    return Tool(
        text_at(tool, "name"),
        text_at(tool, "description"),
        tool.get("parameters") if isinstance(tool, dict) else None,
        kind=None if kind in ("function", "custom") else kind,
        extra=rest or None,
    )
