"""Requests in the own format of each model that Bedrock invokes, told apart by their fields.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html

    {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 512, "messages": [{"role": "user", "content": "Hi"}]}
    {"schemaVersion": "messages-v1", "messages": [{"role": "user", "content": [{"text": "Hi"}]}]}      Nova
    {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 512}                               chat models
    {"prompt": "Hi", "max_gen_len": 512}                                         Llama, Mistral, Cohere, AI21, Claude 2
    {"inputText": "Hi", "textGenerationConfig": {"maxTokenCount": 512}}                                Titan
    {"message": "Hi", "chat_history": [{"role": "USER", "message": "..."}]}                            Command R
    {"texts": ["Hi"], "input_type": "search_query"}                                                    Cohere Embed
"""

from collections.abc import Iterable

from cassette_cli.conversation import Json, Message, Prompt, Text, Unknown
from cassette_cli.protocols.base import at, list_at, text_at, without
from cassette_cli.protocols.shared.anthropic import prompt as anthropic_prompt
from cassette_cli.protocols.shared.bedrock.fields import less
from cassette_cli.protocols.shared.chat import prompt as chat_prompt
from cassette_cli.protocols.shared.converse import prompt as converse_prompt

# Where a request may hold its one text, or a list of texts.
TEXTS: tuple[tuple[str, ...], ...] = (
    ("prompt",),
    ("inputText",),
    ("singleEmbeddingParams", "text", "value"),
    ("textToImageParams", "text"),
    ("texts",),
)
# Command R's words for who speaks.
ROLES = {"USER": "user", "CHATBOT": "assistant", "SYSTEM": "system", "TOOL": "tool"}


def prompt(request: Json) -> Prompt:
    """The request read; one that no rule covers is all parameters."""
    if isinstance(at(request, "messages"), list):
        if text_at(request, "anthropic_version") is not None:
            return anthropic_prompt(request)
        return (converse_prompt if _is_nova(request) else chat_prompt)(request)
    if text_at(request, "message") is not None:
        return _command_r(request)
    for route in TEXTS:
        found = at(request, *route)
        texts = [found] if isinstance(found, str) else found
        if texts and isinstance(texts, list):
            return Prompt(messages=tuple(_users(texts)), parameters=less(request, *route))
    return Prompt(parameters=without(request, ()))


def _is_nova(request: Json) -> bool:
    """Whether content is a list of blocks without `type`, as in Converse."""
    contents = (at(message, "content") for message in request["messages"])
    first = next((block for content in contents for block in list_at(content)), None)
    return isinstance(first, dict) and "type" not in first


def _users(texts: Iterable[Json]) -> list[Message]:
    return [Message("user", (Text(text) if isinstance(text, str) else Unknown(None, text),)) for text in texts]


def _command_r(request: dict[str, Json]) -> Prompt:
    """https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html"""
    messages = [_said(turn) for turn in list_at(request, "chat_history")]
    preamble = text_at(request, "preamble")
    if preamble is not None:
        messages.insert(0, Message("system", (Text(preamble),)))
    read = ["message", *(["preamble"] if preamble is not None else [])]
    read += ["chat_history"] if isinstance(request.get("chat_history"), list) else []
    return Prompt(messages=(*messages, *_users([request["message"]])), parameters=without(request, read))


def _said(turn: Json) -> Message:
    role, text = text_at(turn, "role"), text_at(turn, "message")
    if text is None:
        return Message(role, (Unknown(None, turn),))
    extra = without(turn, ("role", "message"))
    return Message(ROLES.get(role or "", role), (Text(text),), extra=extra or None)
