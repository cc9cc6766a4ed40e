"""Agents send back what the model said: in real conversations the next request holds the previous reply's tool calls
and text, as the client understood them. They must equal our reconstruction."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cassette_cli import files
from cassette_cli.conversation import Message, Text, ToolCall
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette

# Clients that changed what they sent back, by file and by what they changed.
CHANGED_BY_THE_CLIENT = {
    # This client keeps of a text that goes on after a tool call only the last piece.
    ("multi_tool_streaming.yaml", "text"): "avian-kimi",
    ("thinking-streaming.yaml", "text"): "avian-kimi",
    # The test replays a conversation with another provider under another tool's name.
    (
        "test_cross_provider_capability_replay[google-gemini-3-flash-preview-anthropic-claude-sonnet-4-5].yaml",
        "call",
    ): "test_tool_search",
    # The client writes the reasoning into the text, in tags.
    ("test_tool_use_failed_error_streaming.yaml", "text"): "test_groq",
    # The client sends a space for a text that was empty.
    ("test_tools.yaml", "text"): "test_anthropic",
    # The client unpacks the arguments before it sends them.
    ("TestOpenAIFunctionsAgentWithHTTPRR.httprr", "call"): "agents",
}


class Echo(NamedTuple):
    """A tool call that a request sends back, beside the reply's own."""

    what: str
    said: object
    sent: object


def echoes(cassette: Cassette) -> Iterator[Echo]:
    known: dict[str, tuple[ToolCall, Message]] = {}
    for interaction in cassette.interactions:
        found = exchange(interaction)
        for message in found.prompt.messages if found.prompt else ():
            for part in message.parts:
                if isinstance(part, ToolCall) and part.id in known:
                    call, reply = known[part.id]
                    yield Echo("call", (call.name, call.arguments), (part.name, part.arguments))
                    if text_of(message):
                        yield Echo("text", text_of(reply), text_of(message))
        for message in found.reply.messages if found.reply else ():
            for part in message.parts:
                if isinstance(part, ToolCall) and part.id:
                    known[part.id] = (part, message)


def text_of(message: Message) -> str:
    return "".join(part.content for part in message.parts if isinstance(part, Text))


def test_what_clients_send_back_is_what_we_reconstruct(corpus: Path) -> None:
    calls = texts = 0
    for cassette in files.load([str(corpus)]):
        assert not isinstance(cassette, CassetteError), cassette
        for echo in echoes(cassette):
            calls += echo.what == "call"
            texts += echo.what == "text"
            if echo.said != echo.sent:
                name = (Path(cassette.path).name, echo.what)
                assert CHANGED_BY_THE_CLIENT.get(name, "nobody") in cassette.path, (cassette.path, echo)
    # Fewer would mean that replies, or requests, are no longer read.
    assert calls >= 440
    assert texts >= 70
