"""One text of a reply, which the Responses API sends several times: in deltas, then whole in the `done` events of the
text, of its content part and of its item, and once more in the response that ends the stream.

https://platform.openai.com/docs/api-reference/responses-streaming

    {"type": "response.output_text.delta", "delta": "Hel", ...}
    {"type": "response.output_text.delta", "delta": "lo", ...}
    {"type": "response.output_text.done", "text": "Hello", ...}
    {"type": "response.content_part.done", "part": {"type": "output_text", "text": "Hello", ...}, ...}
"""

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route
from cassette_cli.protocols.base import PartBuilder, ReplyBuilder


class TextReader:
    """A text as it grows. What comes whole counts more than deltas, and the later whole more than the earlier one;
    only an empty one takes nothing away. `echoes` are the places that repeat the whole text."""

    def __init__(self, out: ReplyBuilder, part: PartBuilder, field: str, name: str) -> None:
        self.out, self.part, self.field, self.name = out, part, field, name
        self.echoes: list[tuple[int, Route]] = []
        self.logprobs: list[Json] = []
        self._length = 0
        self._is_whole = False

    def add(self, event: int, text: str, route: Route) -> None:
        """Take a delta."""
        if not text:
            return
        if self._is_whole:
            self.out.report(
                Code.BLOCK_OUT_OF_ORDER, event, f"a piece of {self.name} comes after it was done", once=self
            )
            self.echoes.clear()
        self.part.pieces.append((event, self.field, text, route))
        self._length += len(text)

    def whole(self, event: int, text: str, route: Route) -> None:
        """Take the whole text as an event gives it."""
        self._is_whole = True
        if text and self._length == len(text) and self.part.joined(self.field) == text:
            self.echoes.append((event, route))
        elif text:
            if self._length:
                self._disagrees(event, text)
            self.part.pieces = [(event, self.field, text, route)]
            self.echoes.clear()
            self._length = len(text)
        elif self._length:
            message = f"{self.name} is empty here; the text that came before it stays"
            self.out.report(Code.DONE_INCOMPLETE, event, message, once=self)

    def _disagrees(self, event: int, text: str) -> None:
        message = f"{self.name} is {len(text)} characters here and was {self._length} others before; the later counts"
        self.out.report(Code.DONE_DISAGREES, event, message, once=self)
