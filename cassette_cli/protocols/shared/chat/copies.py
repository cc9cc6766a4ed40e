"""What a choice says in `message` beside its delta: the same piece (Writer) or all pieces so far (Perplexity).

{"index": 0, "delta": {"content": " is"}, "message": {"role": "assistant", "content": "Ruby is"}}
"""

from cassette_cli.conversation import Json, Route
from cassette_cli.protocols.base import MessageBuilder, PartBuilder, follow, text_at

# Where a delta's pieces lie: under ("choices", 0, "delta"), and their copies under ("choices", 0, "message").
DELTA = 3


class Copies:
    """The copies in one choice of a stream."""

    def __init__(self) -> None:
        self._messages: dict[tuple[int, Route], Json] = {}

    def add(self, event: int, place: int, message: Json) -> None:
        """Take note of the `message` of the choice at `place` of an event."""
        self._messages[event, ("choices", place, "delta")] = message

    def settle(self, message: MessageBuilder) -> None:
        """Tell the parts of the choice's message where their texts are repeated."""
        for part in message.parts():
            if isinstance(part, PartBuilder):
                self._pieces(part)
                if part.kind == "text":
                    self._wholes(part)

    def _pieces(self, part: PartBuilder) -> None:
        for event, field, text, route in part.pieces:
            message = self._messages.get((event, route[:DELTA])) if route else None
            if route and message and follow(message, route[DELTA:]) == text:
                part.copies.append((event, field, text, (*route[: DELTA - 1], "message", *route[DELTA:])))

    def _wholes(self, part: PartBuilder) -> None:
        whole = part.joined("content")
        copied = {piece[0] for piece in part.copies}
        for (event, route), message in self._messages.items():
            if event not in copied and text_at(message, "content") == whole:
                part.echoes.append((event, "content", whole, (*route[:-1], "message", "content")))
