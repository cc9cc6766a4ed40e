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
    only an empty one takes nothing away. All places that hold the whole text but the one that brought it are echoes."""

    def __init__(self, out: ReplyBuilder, part: PartBuilder, field: str, name: str) -> None:
        self.out, self.part, self.field, self.name = out, part, field, name
        self.logprobs: list[Json] = []
        self._length = 0
        self._joined: str | None = None

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.part.joined(self.field) if self._joined is None else self._joined

    def add(self, event: int, text: str, route: Route) -> None:
        """Take a delta."""
        if not text:
            return
        if self._joined is not None:
            message = f"a piece of {self.name} comes after it was done"
            self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=self)
            self.part.echoes.clear()
            self._joined = None
        self.part.pieces.append((event, self.field, text, route))
        self._length += len(text)

    def whole(self, event: int, text: str, route: Route) -> None:
        """Take the whole text as an event gives it."""
        if text and len(text) == self._length and text == self.text:
            self.part.echoes.append((event, self.field, text, route))
        elif text:
            if self._length:
                message = f"{self.name} has {len(text)} characters here, and others than the {self._length} before"
                self.out.report(Code.DONE_DISAGREES, event, message, once=self)
            self.part.pieces = [(event, self.field, text, route)]
            self.part.echoes.clear()
            self._length = len(text)
        elif self._length:
            message = f"{self.name} is empty here; the text that came before it stays"
            self.out.report(Code.DONE_INCOMPLETE, event, message, once=self)
            return
        self._joined = text
