"""Requests of OpenAI's assistants: what makes a run, or goes on with one.

https://platform.openai.com/docs/api-reference/runs/createRun,
https://platform.openai.com/docs/api-reference/runs/submitToolOutputs

    {"assistant_id": "asst_1", "instructions": "Be terse.", "tools": [...],
     "additional_messages": [{"role": "user", "content": "Hi"}]}
    {"tool_outputs": [{"tool_call_id": "call_1", "output": "5"}]}
"""

from collections.abc import Iterator

from cassette_cli.conversation import Json, Message, Prompt, Text, ToolCallResponse
from cassette_cli.protocols.base import at, list_at, text_at, without
from cassette_cli.protocols.shared import chat

# What is told to the model, in that order.
INSTRUCTIONS = ("instructions", "additional_instructions")
# Lists of messages; that of `thread` makes a thread and runs it.
MESSAGES = (("thread", "messages"), ("additional_messages",))


def prompt(request: Json) -> Prompt:
    """The request read; it names the assistant, whose own model and instructions lie elsewhere."""
    read = [name for name in ("model", *INSTRUCTIONS) if text_at(request, name)]
    read += [name for name in ("tools", "additional_messages", "tool_outputs") if list_at(request, name)]
    parameters = without(request, read)
    thread = at(request, "thread")
    if list_at(thread, "messages"):
        parameters = {**parameters, "thread": without(thread, ("messages",))}
    return Prompt(
        model=text_at(request, "model") or None,
        messages=tuple(_messages(request)),
        tools=chat.prompt({"tools": list_at(request, "tools")}).tools,
        parameters=parameters,
    )


def _messages(request: Json) -> Iterator[Message]:
    for name in INSTRUCTIONS:
        if text := text_at(request, name):
            yield Message("system", (Text(text),))
    for route in MESSAGES:
        yield from chat.prompt({"messages": list_at(request, *route)}).messages
    if outputs := list_at(request, "tool_outputs"):
        yield Message("tool", tuple(_result(output) for output in outputs))


def _result(output: Json) -> ToolCallResponse:
    return ToolCallResponse(text_at(output, "tool_call_id"), text_at(output, "output") or "")
