"""Requests of Converse, which Nova's own format shares.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html

    {"system": [{"text": "You are terse."}, {"cachePoint": {"type": "default"}}],
     "messages": [{"role": "user", "content": [{"text": "Add 2 and 3"}]}],
     "toolConfig": {"tools": [{"toolSpec": {"name": "add", "inputSchema": {"json": {...}}}}],
                    "toolChoice": {"auto": {}}},
     "inferenceConfig": {"maxTokens": 4000}}
"""

from cassette_cli.conversation import Json, Message, Prompt, Tool, Unknown
from cassette_cli.protocols.base import ReplyBuilder, at, list_at, text_at, without
from cassette_cli.protocols.shared.converse.blocks import kind_of
from cassette_cli.protocols.shared.converse.message import MessageReader


def prompt(request: Json) -> Prompt:
    """The request read; one that is no JSON object gives an empty prompt. The model is in the URL."""
    lists = [name for name in ("messages", "system") if isinstance(at(request, name), list)]
    system = list_at(request, "system")
    messages = [_message({"role": "system", "content": system})] if system else []
    parameters = without(request, lists)
    tools = list_at(request, "toolConfig", "tools")
    if tools:
        parameters["toolConfig"] = without(request["toolConfig"], ("tools",))
        if not parameters["toolConfig"]:
            del parameters["toolConfig"]
    return Prompt(
        messages=tuple(messages + [_message(message) for message in list_at(request, "messages")]),
        tools=tuple(_tool(tool) for tool in tools),
        parameters=parameters,
    )


def _message(value: Json) -> Message:
    if not isinstance(value, dict) or not isinstance(value.get("content"), list):
        return Message(text_at(value, "role"), (Unknown(None, value),))
    out = ReplyBuilder()
    message = out.message()
    MessageReader(out, message, streamed=False).whole(0, value["content"], ())
    message.role = text_at(value, "role")
    for name, item in without(value, ("role", "content")).items():
        message.keep(name, item)
    return out.build().reply.messages[0]


def _tool(tool: Json) -> Tool:
    """A function, a tool that AWS runs itself (`systemTool`), or what else the list may hold (`cachePoint`)."""
    kind = kind_of(tool)
    value = tool[kind] if kind is not None else None
    if kind != "toolSpec":
        rest = without(value, ("name",)) if isinstance(value, dict) else {"value": tool}
        return Tool(text_at(value, "name"), kind=kind, extra=rest or None)
    schema, rest = at(value, "inputSchema", "json"), without(value, ("name", "description", "inputSchema"))
    if schema is None and isinstance(value, dict) and value.get("inputSchema") is not None:
        rest["inputSchema"] = value["inputSchema"]
    return Tool(text_at(value, "name"), text_at(value, "description"), schema, extra=rest or None)
