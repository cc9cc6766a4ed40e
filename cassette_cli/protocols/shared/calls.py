"""What clients stumble over in tool calls, whatever the protocol."""

from collections.abc import Iterable

from cassette_cli.anomalies import Code
from cassette_cli.protocols.base import PartBuilder, ReplyBuilder


def check_calls(out: ReplyBuilder, calls: Iterable[PartBuilder], *, streamed: bool) -> None:
    """Name calls of one message without id or name, with an id of another, or streamed without any argument text."""
    seen: set[str] = set()
    for call in calls:
        id_, name = call.fields.get("id"), call.fields.get("name")
        if id_ is None:
            out.report(Code.ID_MISSING, call.began, f"the call of {name} has no id")
        elif id_ in seen:
            out.report(Code.ID_NOT_UNIQUE, call.began, f"two calls bear the id {id_}")
        else:
            seen.add(id_)
        if name is None:
            out.report(Code.NAME_MISSING, call.began, f"the call {id_} names no function")
        if streamed and not call.joined("arguments_text"):
            out.report(Code.ARGUMENTS_EMPTY, call.began, f"the call of {name} came without any argument text")
