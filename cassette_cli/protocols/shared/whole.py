"""Replies that come whole and whose parts need no putting together: vectors, images, verdicts, counts."""

from collections.abc import Callable, Sequence

from cassette_cli.conversation import Json, Part, Reading, Unknown, Usage
from cassette_cli.protocols.base import Event, ReplyBuilder, text_at
from cassette_cli.protocols.shared.embedding import embedding
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.media import base64_size

# A part, and what else its provider says of it.
Item = tuple[Part, dict[str, Json]]


def read_whole(
    events: Sequence[Event],
    items_of: Callable[[Json], Sequence[Item] | None],
    usage_of: Callable[[Json], Usage | None],
    name: str,
    *,
    streamed: bool,
) -> Reading:
    """The reply that these events bring, which are one for a plain response.

    `items_of` gives the parts of a payload, None where it is no reply, and `usage_of` its usage. What else is said of
    a part stands in the message's `extra`, under `name` and the part's place.
    """
    out = ReplyBuilder()
    for event in events:
        items = items_of(event.value)
        if items is None:
            out.error = out.error or error_of(event.value)
            if error_of(event.value) is None and (event.is_json or (streamed and event.text.strip())):
                out.unknown(event)
            continue
        out.id, out.model = out.id or text_at(event.value, "id"), out.model or text_at(event.value, "model")
        out.usage = usage_of(event.value) or out.usage
        for place, (part, rest) in enumerate(items):
            out.message().put((event.number, place), part)
            if rest:
                out.message().keep(name, {str(place): rest})
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    out.use_all(events if streamed else [event for event in events if event.is_json])
    return out.build()


def vector(value: Json) -> Part:
    """A vector as its length; one in base64, whose numbers may be of any size, as its bytes."""
    return Unknown("embedding", {"size": base64_size(value)}) if isinstance(value, str) else embedding(value)
