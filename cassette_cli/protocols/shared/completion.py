"""Replies that are text alone: completions of a prompt, one message of the assistant for each."""

from collections.abc import Callable, Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Route, Usage
from cassette_cli.protocols.base import Event, MessageBuilder, PartBuilder, Piece, ReplyBuilder, json_text, same_json


class Completion:
    """A reply as it grows, piece by piece; completions are told apart by an index."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self._texts: dict[int, PartBuilder] = {}
        self._finished: dict[int, bool] = {}
        self._again: dict[int, Piece] = {}
        self._usages: list[tuple[int, Json]] = []

    @property
    def finished(self) -> bool:
        """Whether there are completions, and each has its finish reason."""
        return bool(self._finished) and all(self._finished.values())

    def message(self, index: int = 0) -> MessageBuilder:
        """The message of a completion, made where it is not there yet."""
        message = self.out.message(index)
        if index not in self._finished:
            self._finished[index] = False
            message.role = "assistant"
        return message

    def write(self, event: int, text: str, route: Route | None, index: int = 0) -> None:
        """Take a piece of text."""
        part = self._texts.get(index)
        if part is None:
            part = self._texts[index] = self.message(index).part("text", "text")
        if text:
            part.pieces.append((event, "content", text, route))
            if self._finished[index]:
                self.out.report(Code.CONTENT_AFTER_FINISH, event, "text comes after the finish reason", once=index)

    def repeat(self, event: int, text: str, route: Route, index: int = 0) -> None:
        """Take all of a completion's text once more, or for the first time. The last one counts."""
        if index in self._texts and self._texts[index].pieces:
            self._again[index] = (event, "content", text, route)
        else:
            self.write(event, text, route, index)

    def finish(self, event: int, reason: Json, index: int = 0) -> None:
        """Take a finish reason; the last one counts."""
        message = self.message(index)
        reason = reason if isinstance(reason, str) else json_text(reason)
        if self._finished[index]:
            before = message.finish_reason
            self.out.report(
                Code.FINISH_REASON_REPEATED, event, f"the finish reason {reason} comes after {before}", once=index
            )
        self._finished[index] = True
        message.finish_reason = reason

    def count(self, event: int, raw: Json) -> None:
        """Take a usage object."""
        self._usages.append((event, raw))

    def fail(self, event: int, error: Json) -> None:
        """Take an error; the first one counts."""
        if self.out.error is None:
            self.out.error = error
        if self.streamed or self._finished:
            self.out.report(Code.ERROR_EVENT, event, "the provider reports an error within the reply")

    def close(
        self,
        events: Sequence[Event],
        *,
        ended: bool,
        usage_of: Callable[[Json], Usage] | None = None,
        gives_reasons: bool = True,
    ) -> Reading:
        """The reading, with what only the end shows: `ended` says whether the stream came to its end, `usage_of` reads
        the usage objects, `gives_reasons` says whether the protocol tells why a text ends."""
        for index, again in self._again.items():
            self._settle(self._texts[index], again)
        if self._usages and usage_of:
            self.out.usage = usage_of(self._last_usage())
        failed = self.out.error is not None
        if self.streamed:
            self.out.complete = ended
            if not self._finished and not failed:
                self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
            elif not ended and not failed:
                self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before the reply does")
        if gives_reasons and not failed and (ended or not self.streamed):
            for index in [index for index, done in self._finished.items() if not done]:
                self.out.report(Code.FINISH_REASON_MISSING, self.last, f"completion {index} has no finish reason")
        # A plain body that is no JSON is no reply, and not for a protocol to judge.
        self.out.use_all(events if self.streamed else [event for event in events if event.is_json])
        return self.out.build()

    def _settle(self, part: PartBuilder, again: Piece) -> None:
        """What came whole against what came in pieces."""
        if again[2] == part.joined("content"):
            part.echoes.append(again)
        else:
            self.out.report(Code.DONE_DISAGREES, again[0], "the text is not the one that came in pieces")

    def _last_usage(self) -> Json:
        """The last usage counts; several are named."""
        last = self._usages[-1][1]
        if len(self._usages) > 1:
            changed = any(not same_json(raw, last) for _, raw in self._usages)
            code = Code.USAGE_CUMULATIVE if changed else Code.USAGE_REPEATED
            how = "with other numbers" if changed else "the same each time"
            self.out.report(code, self._usages[1][0], f"usage comes {len(self._usages)} times, {how}; the last counts")
        return last
