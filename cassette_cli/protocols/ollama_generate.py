"""Ollama's generate: a prompt without turns.

https://docs.ollama.com/api/generate

    POST /api/generate
    {"model": "gemma3", "system": "You are terse.", "prompt": "Why is the sky blue?", "images": ["iVBORw0KGgo..."]}

    {"model":"gemma3","created_at":"...","response":"Because","done":false}
    {"model":"gemma3","created_at":"...","response":"","done":true,"done_reason":"stop","context":[105,2364,107]}
"""

from cassette_cli.conversation import Json, Message, Part, Prompt, Text
from cassette_cli.protocols.base import Call, at, text_at, without
from cassette_cli.protocols.shared.ollama import images_of, read

NAME = "ollama.generate"

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    if text_at(call.response, "response") is not None:
        return isinstance(at(call.response, "done"), bool) and text_at(call.response, "model") is not None
    if call.response is not None and not at(call.response, "error"):
        return False
    return text_at(call.request, "model") is not None and call.path.rstrip("/").endswith("/api/generate")


def prompt(request: Json) -> Prompt:
    """The request read: a system message where it has one, and a user's."""
    system, text, images = text_at(request, "system"), text_at(request, "prompt"), at(request, "images")
    parts: list[Part] = [Text(text)] if text else []
    parts += images_of(images) if images else []
    messages = [Message("system", (Text(system),))] if system else []
    messages += [Message("user", tuple(parts))] if parts else []
    said = {"system": system, "prompt": text, "images": images, "model": text_at(request, "model")}
    return Prompt(
        model=text_at(request, "model"),
        messages=tuple(messages),
        parameters=without(request, [name for name, value in said.items() if value]),
    )
