"""What looks like a cassette and is none: recordings of other things than HTTP, which share a recorder's layout.

- https://github.com/pydantic/pydantic-ai/blob/main/tests/models/xai_proto_cassettes.py: `interactions` of samples
- https://github.com/pydantic/pydantic-ai/tree/main/tests/realtime: `interactions` of a kind and a direction
- https://github.com/Mirascope/mirascope/tree/main/python/tests/e2e: `interactions` is a mapping of hashes to tokens
- https://github.com/github/copilot-sdk/tree/main/test/snapshots: `conversations` of messages
- https://github.com/Kludex/cassetter/blob/main/docs/protocols: `grpc_interactions` and `ws_interactions`
"""

from collections.abc import Callable

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, Sequence, elements, entries, get

Test = Callable[[Node], bool]


def _first_has(*names: str) -> Test:
    """Whether the first of the root's interactions has all these fields."""
    return lambda root: all(get(root, "interactions", 0, name) is not None for name in names)


def _is_tokens(root: Node) -> bool:
    held = next((value for _, value in entries(get(root, "interactions"))), None)
    return isinstance(held, Sequence) and get(held, 0, "token") is not None


def _is_conversations(root: Node) -> bool:
    return isinstance(get(root, "conversations", 0, "messages"), Sequence)


def _has(*names: str) -> Test:
    return lambda root: any(elements(get(root, name)) for name in names)


KINDS: tuple[tuple[Test, str], ...] = (
    (_first_has("request_sample"), "messages over gRPC, as pydantic-ai keeps those of xAI"),
    (_first_has("kind", "direction"), "frames of a WebSocket, as pydantic-ai's realtime tests keep them"),
    (_is_tokens, "tokens of a local model, as Mirascope's tests of MLX keep them"),
    (_is_conversations, "conversations of an agent, as the Copilot SDK's snapshots keep them"),
    (_has("grpc_interactions", "ws_interactions"), "messages over gRPC or a WebSocket, as cassetter keeps them"),
)


def named(document: Document) -> str | None:
    """What a document is that no recorder of HTTP wrote, None where that is not known here."""
    root = document.root
    if not isinstance(root, Mapping):
        return None
    return next((f"{kind}, and no HTTP" for test, kind in KINDS if test(root)), None)
