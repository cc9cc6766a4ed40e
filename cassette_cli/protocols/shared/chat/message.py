"""One message of chat completions: a `delta` of a stream, the `message` of a plain reply (one big delta), or a
message of a request.

https://platform.openai.com/docs/api-reference/chat/streaming, and what others add to it: `reasoning_content`
(DeepSeek, vLLM, llama.cpp, xAI), `reasoning` (Groq, Cerebras), `reasoning_details` (OpenRouter, Vercel:
https://openrouter.ai/docs/use-cases/reasoning-tokens), `content` as a list of typed chunks (Mistral:
https://docs.mistral.ai/capabilities/reasoning/), `images` and `annotations` (OpenRouter), `audio` (OpenAI).

    {"role": "assistant", "content": "Hel"}
    {"content": "lo", "reasoning": "Hm", "reasoning_details": [{"type": "reasoning.text", "text": "Hm", "index": 0}]}
"""

from collections.abc import Callable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    ReplyBuilder,
    json_text,
    text_at,
    without,
)
from cassette_cli.protocols.shared.chat.content import TEXT_TYPES, media_part, thinking_of
from cassette_cli.protocols.shared.chat.executed_tools import ExecutedTools
from cassette_cli.protocols.shared.chat.tool_calls import CallsReader
from cassette_cli.protocols.shared.media import base64_size

# Parts stand in this order, whatever came first; tool calls follow in the order of their first appearance.
REASONING, TEXT, REFUSAL, MEDIA = (0,), (1,), (2,), (3,)

# What ends a thought: its name in `reasoning_details` and the field of a part.
SEALS = {"signature": "signature", "data": "encrypted"}
DETAILS = ("text", "summary", *SEALS)

Object: TypeAlias = dict[str, Json]


class MessageReader:
    """A message as it grows, delta by delta. `streamed` says whether it comes in more than one."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder, *, streamed: bool) -> None:
        self.out, self.message = out, message
        self.calls = CallsReader(out, message, streamed=streamed)
        self.executed = ExecutedTools(message)
        self.finished = False
        self.has_delta = False
        self._delta: Object = {}
        self._thought_in: str | None = None
        self._text: PartBuilder | None = None
        self._refusal: PartBuilder | None = None
        self._audio: PartBuilder | None = None
        self._thought: PartBuilder | None = None
        self._thoughts = 0
        self._sealed = False
        self._has_role_again = False

    def read(self, event: int, value: Object, route: Route) -> None:
        """Take a delta or message that lies at `route` of the event's payload."""
        self._delta = value
        self._thought_in = None
        for name, item in value.items():
            if item:
                READERS.get(name, MessageReader._other)(self, event, item, (*route, name))

    def finish(self, event: int, reason: Json) -> None:
        """Take the provider's finish reason; the last one that says something counts."""
        reason = reason if isinstance(reason, str) else json_text(reason)
        if self.finished:
            before = self.message.finish_reason
            self.out.report(
                Code.FINISH_REASON_REPEATED, event, f"the finish reason {reason} comes after {before}", once=self
            )
        self.finished = True
        self.message.finish_reason = reason

    def close(self) -> None:
        self.calls.close()

    def _late(self, event: int, what: str) -> None:
        self.out.report(Code.CONTENT_AFTER_FINISH, event, f"{what} comes after the finish reason", once=self)

    def _role(self, event: int, role: Json, route: Route) -> None:
        if not isinstance(role, str):
            self.message.keep("role", role)
        elif self.message.role is None:
            self.message.role = role
        elif not self._has_role_again:
            self._has_role_again = True
            self.out.report(Code.ROLE_REPEATED, event, f"the role {role} comes again")

    def _content(self, event: int, content: Json, route: Route) -> None:
        if isinstance(content, str):
            self._write(event, content, route)
        elif isinstance(content, list):
            for place, chunk in enumerate(content):
                self._chunk(event, chunk, (*route, place))
        else:
            self.message.keep("content", content)

    def _write(self, event: int, text: str, route: Route) -> None:
        if self._text is None:
            self._text = self.message.part("text", "text", TEXT)
        if self.finished:
            self._late(event, "text")
        self._text.pieces.append((event, "content", text, route))

    def _chunk(self, event: int, chunk: Json, route: Route) -> None:
        """A typed chunk of `content` (Mistral): text, thinking, a refusal, or media."""
        kind = text_at(chunk, "type")
        text, place = (chunk, route) if isinstance(chunk, str) else (text_at(chunk, "text"), (*route, "text"))
        if text is not None and kind in TEXT_TYPES:
            if text:
                self._write(event, text, place)
        elif kind == "thinking":
            for thought, inner in thinking_of(chunk):
                self._think(event, thought, (*route, *inner))
            if signature := text_at(chunk, "signature"):
                self._seal(event, "signature", signature, (*route, "signature"))
        elif kind == "refusal" and (refusal := text_at(chunk, "refusal")):
            self._refuse(event, refusal, (*route, "refusal"))
        else:
            self.message.put(("chunk", event, route), media_part(chunk), MEDIA)

    def _refuse(self, event: int, refusal: Json, route: Route) -> None:
        if not isinstance(refusal, str):
            self.message.keep("refusal", refusal)
            return
        if self._refusal is None:
            self._refusal = self.message.part("refusal", "refusal", REFUSAL)
        if self.finished:
            self._late(event, "a refusal")
        self._refusal.pieces.append((event, "content", refusal, route))

    def _reason(self, event: int, text: Json, route: Route) -> None:
        """Reasoning as text. A delta may bear one thought under several names, and then it is read once."""
        name = str(route[-1])
        if not isinstance(text, str):
            self.message.keep(name, text)
            self.out.report(Code.REASONING_NOT_TEXT, event, f"{name} is no text", once=self)
        elif self._thought_in is None:
            self._thought_in = name
            self._think(event, text, route)
        elif self._thought_in != name:
            self._twice(event, text, route)

    def _details(self, event: int, details: Json, route: Route) -> None:
        """Reasoning in typed pieces: text where nothing else bears it, signatures, encrypted forms."""
        for name in ("reasoning_content", "reasoning"):
            if (text := self._delta.get(name)) and isinstance(text, str):
                self._reason(event, text, (*route[:-1], name))
        if not isinstance(details, list):
            self.message.keep("reasoning_details", details)
            return
        for place, detail in enumerate(details):
            for name in ("text", "summary"):
                text = text_at(detail, name)
                if text and self._thought_in not in (None, "reasoning_details"):
                    self._twice(event, text, (*route, place, name))
                elif text:
                    self._thought_in = "reasoning_details"
                    self._think(event, text, (*route, place, name))
            for name, field in SEALS.items():
                if text := text_at(detail, name):
                    self._seal(event, field, text, (*route, place, name))
            self._keep_rest(detail)

    def _keep_rest(self, detail: Json) -> None:
        """What clients must send back with a thought (its id and format); all of a detail of an unknown type."""
        is_read = any(text_at(detail, name) is not None for name in DETAILS)
        rest = without(detail, ("type", "index", *DETAILS)) if is_read else without(detail, ())
        if rest := {name: item for name, item in rest.items() if item is not None}:
            self.message.keep("reasoning_details", {str(max(self._thoughts - 1, 0)): rest})

    def _twice(self, event: int, text: str, route: Route) -> None:
        """The same thought under another name: a copy, where it is the same to the letter."""
        self.out.report(Code.REASONING_TWICE, event, "one delta bears its reasoning under two names", once=self)
        if self._thought and self._thought_in and text == self._delta.get(self._thought_in):
            self._thought.copies.append((event, "content", text, route))

    def _think(self, event: int, text: str, route: Route) -> None:
        if self.finished:
            self._late(event, "reasoning")
        self._open_thought().pieces.append((event, "content", text, route))

    def _seal(self, event: int, field: str, text: str, route: Route) -> None:
        """A signature or the encrypted form ends the thought that it belongs to."""
        self._open_thought().pieces.append((event, field, text, route))
        self._sealed = True

    def _open_thought(self) -> PartBuilder:
        if self._thought is None or self._sealed:
            self._thought = self.message.part(("reasoning", self._thoughts), "reasoning", REASONING)
            self._thoughts += 1
            self._sealed = False
        return self._thought

    def _tool_calls(self, event: int, calls: Json, route: Route) -> None:
        if self.finished:
            self._late(event, "a tool call")
        self.calls.read(event, calls, route)

    def _executed_tools(self, event: int, entries: Json, route: Route) -> None:
        self.executed.read(event, entries, route)

    def _function_call(self, event: int, call: Json, route: Route) -> None:
        if self.finished:
            self._late(event, "a function call")
        self.calls.read_legacy(event, call, route)

    def _images(self, event: int, images: Json, route: Route) -> None:
        if not isinstance(images, list):
            self.message.keep("images", images)
            return
        for place, image in enumerate(images):
            self.message.put(("image", event, place), media_part(image), MEDIA)

    def _annotate(self, event: int, annotations: Json, route: Route) -> None:
        if self._text is None:
            self._text = self.message.part("text", "text", TEXT)
        self._text.annotations.extend(annotations if isinstance(annotations, list) else [annotations])

    def _hear(self, event: int, audio: Json, route: Route) -> None:
        """Audio: an id, base64 in pieces, and the transcript in pieces."""
        if not isinstance(audio, dict):
            self.message.keep("audio", audio)
            return
        if self._audio is None:
            self._audio = self.message.part("audio", "audio", MEDIA)
        fields = self._audio.fields
        if data := text_at(audio, "data"):
            fields["size"] = fields.get("size", 0) + base64_size(data)
        if id_ := text_at(audio, "id"):
            fields["uri"] = id_
        if transcript := text_at(audio, "transcript"):
            self._audio.add(event, "transcript", transcript, (*route, "transcript"))
        if audio.get("expires_at") is not None:
            self.message.keep("audio", {"expires_at": audio["expires_at"]})

    def _other(self, event: int, item: Json, route: Route) -> None:
        self.message.keep(str(route[-1]), item)


READERS: dict[str, Callable[[MessageReader, int, Json, Route], None]] = {
    "role": MessageReader._role,
    "content": MessageReader._content,
    "reasoning_content": MessageReader._reason,
    "reasoning": MessageReader._reason,
    "reasoning_details": MessageReader._details,
    "refusal": MessageReader._refuse,
    "tool_calls": MessageReader._tool_calls,
    "function_call": MessageReader._function_call,
    "executed_tools": MessageReader._executed_tools,
    "images": MessageReader._images,
    "annotations": MessageReader._annotate,
    "audio": MessageReader._hear,
}
