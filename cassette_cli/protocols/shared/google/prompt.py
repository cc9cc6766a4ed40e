"""Requests that hold Gemini contents: generateContent, countTokens, cachedContents, embeddings.

https://ai.google.dev/api/generate-content#method:-models.generatecontent

    {"systemInstruction": {"parts": [{"text": "You are terse."}]},
     "contents": [{"role": "user", "parts": [{"text": "Add 2 and 3"}]}],
     "tools": [{"functionDeclarations": [{"name": "add", "parameters": {...}}]}, {"googleSearch": {}}],
     "generationConfig": {"maxOutputTokens": 4000}}

Names may be written in snake_case too, as everywhere in protobuf's JSON: https://protobuf.dev/programming-guides/json/
"""

import re

from cassette_cli.conversation import Json, Message, Prompt, Tool
from cassette_cli.protocols.base import ReplyBuilder, at, list_at, text_at, without
from cassette_cli.protocols.shared.google.calls import Object
from cassette_cli.protocols.shared.google.parts import READERS, PartsReader

SNAKE = re.compile(r"_([a-z0-9])")
DECLARATIONS = "functionDeclarations"
# What is read of a function's declaration; the last is the newer form of the one before.
FUNCTION = ("name", "description", "parameters", "parametersJsonSchema")


def prompt(request: Json) -> Prompt:
    """The request read; one that is no JSON object gives an empty prompt. What Google reads as the user's words
    where no role is given has the role "user"."""
    fields = _camel(request)
    read = {name for name in ("contents", "tools") if isinstance(fields.get(name), list)}
    system = fields.get("systemInstruction")
    messages = [content_message(content, "user") for content in list_at(fields, "contents")]
    if system is not None:
        read.add("systemInstruction")
        messages = [_system(system), *messages]
    model = text_at(fields, "model")
    read |= {"model"} if model is not None else set()
    tools = [tool for entry in list_at(fields, "tools") for tool in _tools(entry)]
    parameters = {name: item for name, item in as_object(request).items() if camel(name) not in read}
    return Prompt(model=model, messages=tuple(messages), tools=tuple(tools), parameters=parameters)


def content_message(content: Json, role: str | None = None) -> Message:
    """A content as a message, with `role` where it names none. Clients also send a text for one."""
    fields = _camel(content) if isinstance(content, dict) else {"parts": content}
    parts = fields.get("parts")
    parts = parts if isinstance(parts, list) else [] if parts is None else [parts]
    out = ReplyBuilder()
    builder = out.message()
    reader = PartsReader(out, builder)
    for part in parts:
        reader.read(0, _camel_part(part), ())
    reader.calls.close()
    builder.role = text_at(fields, "role") or role
    for name, item in fields.items():
        if name not in ("role", "parts") and item is not None:
            builder.keep(name, item)
    return out.build().reply.messages[0]


def camel(name: str) -> str:
    """A field's name as Google's JSON has it: "file_data" is "fileData"."""
    return SNAKE.sub(lambda found: found[1].upper(), name)


def as_object(value: Json) -> Object:
    """An object as it is, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def _camel(value: Json) -> Object:
    return {camel(name): item for name, item in as_object(value).items()}


def _camel_part(part: Json) -> Json:
    """A part in Google's spelling, the parts of a function's response included; what clients wrote stays as it is."""
    fields = _spelled(part)
    response = at(fields, "functionResponse")
    if isinstance(response, dict) and isinstance(response.get("parts"), list):
        response["parts"] = [_spelled(inner) for inner in response["parts"]]
    return fields


def _spelled(part: Json) -> Json:
    if not isinstance(part, dict):
        return {"text": part} if isinstance(part, str) else part
    fields = _camel(part)
    return {name: _camel(item) if name in READERS and isinstance(item, dict) else item for name, item in fields.items()}


def _system(content: Json) -> Message:
    """The system instruction: a content, or a text as some clients send it."""
    message = content_message(content, "system")
    return Message("system", message.parts, extra=message.extra)


def _tools(entry: Json) -> list[Tool]:
    """An entry of `tools`: functions, and tools that Google runs."""
    fields = _camel(entry)
    functions = fields.pop(DECLARATIONS, None)
    tools = [_function(function) for function in functions] if isinstance(functions, list) else []
    return tools + [Tool(None, kind=kind, extra=_extra(item)) for kind, item in fields.items() if item is not None]


def _function(function: Json) -> Tool:
    fields = _camel(function)
    schema = fields.get("parameters")
    rest = without(fields, FUNCTION)
    if schema is None:
        schema = fields.get("parametersJsonSchema")
    elif fields.get("parametersJsonSchema") is not None:
        rest["parametersJsonSchema"] = fields["parametersJsonSchema"]
    return Tool(text_at(fields, "name"), text_at(fields, "description"), schema, extra=rest or None)


def _extra(item: Json) -> Object | None:
    return (item if isinstance(item, dict) else {"value": item}) or None
