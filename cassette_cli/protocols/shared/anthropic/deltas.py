"""The deltas of Anthropic's streams that add text to a block.

https://docs.anthropic.com/en/docs/build-with-claude/streaming, "Content block delta types"

    {"type": "input_json_delta", "partial_json": "{\\"location\\": \\"San Fra"}
"""

from typing import NamedTuple

from cassette_cli.conversation import Route
from cassette_cli.protocols.base import PartKind


class DeltaRule(NamedTuple):
    """A delta that adds text: the key that holds it, the part's field it adds to, the kinds of part it may add to
    (the first is made where there is none), and its place in the event."""

    key: str
    field: str
    kinds: tuple[PartKind, ...]
    route: Route


DELTAS = {
    "text_delta": DeltaRule("text", "content", ("text",), ("delta", "text")),
    "thinking_delta": DeltaRule("thinking", "content", ("reasoning",), ("delta", "thinking")),
    "signature_delta": DeltaRule("signature", "signature", ("reasoning",), ("delta", "signature")),
    "input_json_delta": DeltaRule(
        "partial_json", "arguments_text", ("tool_call", "server_tool_call"), ("delta", "partial_json")
    ),
}
