"""Transcriptions and translations of speech, as OpenAI makes them and Groq, Azure and others; and streamed speech.

https://platform.openai.com/docs/api-reference/audio

    POST /v1/audio/transcriptions          a form with the file

    {"text": "Ruby is a language.", "usage": {"type": "tokens", "input_tokens": 37, "output_tokens": 7, ...}}

    data: {"type": "transcript.text.delta", "delta": "Ruby is"}
    data: {"type": "transcript.text.segment", "text": " Ruby is a language.", "speaker": "A", "start": 0.0}
    data: {"type": "transcript.text.done", "text": "Ruby is a language.", "usage": {...}}

    POST /v1/audio/speech
    {"model": "gpt-4o-mini-tts", "input": "Hello", "voice": "alloy", "stream_format": "sse"}

    data: {"type": "speech.audio.delta", "audio": "SUQzBAAA..."}
    data: {"type": "speech.audio.done", "usage": {...}}

A transcription may also be text, whole. Speech that is not streamed is bytes, and HTTP like any other.
"""

import re
from collections.abc import Callable, Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Prompt, Reading
from cassette_cli.protocols.base import Call, Event, PartBuilder, ReplyBuilder, at, text_at, without
from cassette_cli.protocols.shared.chat import usage_of
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of
from cassette_cli.protocols.shared.media import base64_size

NAME = "openai.audio"

PATH = re.compile(r"/audio/(transcriptions|translations)/?$")
STREAMED = ("transcript.text.", "speech.audio.")


def matches(call: Call) -> bool:
    """By the type of a streamed response's events, or by path."""
    if (text_at(call.response, "type") or "").startswith(STREAMED):
        return True
    if not PATH.search(call.path) or call.method.upper() not in ("POST", ""):
        return False
    is_text = text_at(call.response, "text") is not None
    return call.response is None or is_text or error_of(call.response) is not None


def prompt(request: Json) -> Prompt:
    """The request of speech read; that of a transcription is no JSON."""
    read = [name for name in ("model", "input") if at(request, name)]
    return Prompt(
        model=text_at(request, "model"),
        messages=messages_of(at(request, "input")),
        parameters=without(request, read),
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = _Reader(streamed=streamed)
    for event in events:
        reader.event(event)
    return reader.close()


class _Reader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self.ended = False
        self._text: PartBuilder | None = None

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, value = event.number, event.value
        self.last = number
        kind = text_at(value, "type")
        if kind in READERS:
            READERS[kind](self, number, value)
        elif not self.streamed and text_at(value, "text") is not None:
            self._whole(number, value)
        elif not event.is_json and not self.streamed:
            if event.text.lstrip().startswith("<"):
                return  # a web page, which is no reply
            self._plain(number, event.text)
        elif error := error_of(value):
            self._fail(number, error)
        elif event.is_json or event.text.strip() not in ("", "[DONE]"):
            self.out.unknown(event)
        self.out.use(number)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        if self.streamed:
            self.out.complete = self.ended
            if not self.ended and self.out.error is None:
                self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before all is said")
        return self.out.build()

    def _fail(self, number: int, error: Json) -> None:
        self.out.error = error
        if self.streamed:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")

    def _part(self) -> PartBuilder:
        if self._text is None:
            self._text = self.out.message().part("text", "text")
        return self._text

    def _whole(self, number: int, value: dict[str, Json]) -> None:
        if value["text"]:
            self._part().add(number, "content", value["text"], ("text",))
        self._count(value)
        for name, item in without(value, ("text", "usage")).items():
            if item is not None:
                self.out.message().keep(name, item)

    def _plain(self, number: int, text: str) -> None:
        """A transcription as text, or in one of the formats of subtitles."""
        if text.strip():
            self._part().add(number, "content", text, ())

    def _delta(self, number: int, value: dict[str, Json]) -> None:
        if text := text_at(value, "delta"):
            self._part().pieces.append((number, "content", text, ("delta",)))
        if value.get("logprobs"):
            self.out.message().keep("logprobs", value["logprobs"])

    def _segment(self, number: int, value: dict[str, Json]) -> None:
        self.out.message().keep("segments", [without(value, ("type",))])

    def _done(self, number: int, value: dict[str, Json]) -> None:
        self._count(value)
        if self.ended:
            self.out.report(Code.EVENT_AFTER_END, number, "the transcription is done a second time", once=self)
            return
        self.ended = True
        text, part = text_at(value, "text"), self._part()
        if not text:
            return
        if not part.pieces:
            part.add(number, "content", text, ("text",))
        elif text == part.joined("content"):
            part.echoes.append((number, "content", text, ("text",)))
        else:
            self.out.report(Code.DONE_DISAGREES, number, "the text is not the one that came in pieces")

    def _audio(self, number: int, value: dict[str, Json]) -> None:
        fields = self.out.message().part("audio", "audio").fields
        fields["size"] = fields.get("size", 0) + base64_size(text_at(value, "audio") or "")

    def _audio_done(self, number: int, value: dict[str, Json]) -> None:
        self.ended = True
        self._count(value)

    def _count(self, value: dict[str, Json]) -> None:
        if usage := value.get("usage"):
            self.out.usage = usage_of(usage)


READERS: dict[str | None, Callable[[_Reader, int, dict[str, Json]], None]] = {
    "transcript.text.delta": _Reader._delta,
    "transcript.text.segment": _Reader._segment,
    "transcript.text.done": _Reader._done,
    "speech.audio.delta": _Reader._audio,
    "speech.audio.done": _Reader._audio_done,
}
