"""What the bodies of LLM calls mean, protocol by protocol."""

from cassette_cli.protocols import anthropic, openai_chat
from cassette_cli.protocols.base import Call, ProtocolModule

# Most specific first: the first that matches speaks.
PROTOCOLS: list[ProtocolModule] = [
    anthropic,
    openai_chat,
]


def detect(call: Call) -> ProtocolModule | None:
    """The protocol of a call, None for plain HTTP."""
    return next((protocol for protocol in PROTOCOLS if protocol.matches(call)), None)
