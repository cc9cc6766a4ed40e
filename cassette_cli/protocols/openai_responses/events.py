"""The events of a stream that bring something into an output item.

https://platform.openai.com/docs/api-reference/responses-streaming; vLLM adds `response.reasoning_part`

    {"type": "response.content_part.added", "output_index": 0, "content_index": 0, "part": {"type": "output_text", ...}}
    {"type": "response.output_text.delta", "output_index": 0, "content_index": 0, "delta": "Hi", "obfuscation": "k3J"}
    {"type": "response.output_text.done", "output_index": 0, "content_index": 0, "text": "Hi"}
    {"type": "response.web_search_call.searching", "output_index": 1, "item_id": "ws_1"}
"""

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Route
from cassette_cli.protocols.base import AT_END, ReplyBuilder, at, int_at, list_at, text_at
from cassette_cli.protocols.openai_responses.call_items import CallItem, ShellOutputItem
from cassette_cli.protocols.openai_responses.content_items import ContentItem
from cassette_cli.protocols.openai_responses.items import ItemReader, Object
from cassette_cli.protocols.openai_responses.output import OutputReader
from cassette_cli.protocols.openai_responses.texts import TextReader
from cassette_cli.protocols.shared.media import base64_size

DELTA: Route = ("delta",)


class Subject(NamedTuple):
    """What text events of a name are about: the type of item, the text's name in it, the event's field that counts
    such texts, and the one in which `done` holds all of it."""

    kind: str
    name: str
    counter: str
    whole: str


TEXTS = {
    "response.output_text": Subject("message", "output_text", "content_index", "text"),
    "response.refusal": Subject("message", "refusal", "content_index", "refusal"),
    "response.reasoning_text": Subject("reasoning", "reasoning_text", "content_index", "text"),
    "response.reasoning_summary_text": Subject("reasoning", "summary_text", "summary_index", "text"),
    "response.function_call_arguments": Subject("function_call", "arguments", "", "arguments"),
    "response.mcp_call_arguments": Subject("mcp_call", "arguments", "", "arguments"),
    "response.custom_tool_call_input": Subject("custom_tool_call", "input", "", "input"),
    "response.code_interpreter_call_code": Subject("code_interpreter_call", "code", "", "code"),
    "response.code_interpreter_call.code": Subject("code_interpreter_call", "code", "", "code"),
}
DELTAS = {f"{name}.delta": about for name, about in TEXTS.items()}
DONES = {f"{name}.done": about for name, about in TEXTS.items()}

# How far the provider's own work has come; nothing to keep.
STATES = {
    "web_search_call": ("in_progress", "searching", "completed"),
    "file_search_call": ("in_progress", "searching", "completed"),
    "code_interpreter_call": ("in_progress", "interpreting", "completed"),
    "image_generation_call": ("in_progress", "generating", "completed"),
    "mcp_call": ("in_progress", "completed", "failed"),
    "mcp_list_tools": ("in_progress", "completed", "failed"),
    "compaction": ("compacting",),
    "audio": ("done", "transcript.done"),
}
PROGRESS = frozenset(f"response.{name}.{state}" for name, states in STATES.items() for state in states)


class EventReader:
    """Takes events into the items that they are about."""

    def __init__(self, out: ReplyBuilder, output: OutputReader) -> None:
        self.out, self.output = out, output
        # Which text an event's type, indexes and ids mean, so that thousands of deltas look it up once.
        self._texts: dict[tuple[object, ...], TextReader] = {}

    def delta(self, number: int, kind: str, about: Subject, value: Object) -> bool:
        """Take a piece of a text; False where the event holds none."""
        key = (kind, value.get("output_index"), value.get("item_id"), value.get(about.counter))
        try:
            reader = self._texts.get(key)
        except TypeError:  # an index that is a list or an object
            reader = None
        if reader is None:
            reader = self._find(number, about, value)
            with suppress(TypeError):
                self._texts[key] = reader
        delta = value.get("delta")
        if not isinstance(delta, str):
            return delta is None
        reader.add(number, delta, DELTA)
        logprobs = value.get("logprobs")
        if logprobs and isinstance(logprobs, list):
            reader.logprobs.extend(logprobs)
        return True

    def read(self, number: int, kind: str, value: Object) -> bool:
        """Take an event that is no delta of a text; False for one that is not known here."""
        if kind in DONES:
            return self._text_done(number, DONES[kind], value)
        if kind in READERS:
            READERS[kind](self, number, value)
            return True
        return kind in PROGRESS

    def _find(self, number: int, about: Subject, value: Object) -> TextReader:
        index = int_at(value, about.counter) or 0
        item = self._item(number, value, about.kind)
        if isinstance(item, ContentItem) and item.value and (about.name, index) not in item.texts:
            message = f"no event has announced {about.name} {index} of item {item.index}"
            self.out.report(Code.BLOCK_START_MISSING, number, message, once=item)
        return item.text(number, about.name, index)

    def _item(self, number: int, value: Object, kind: str) -> ItemReader:
        index, id_ = int_at(value, "output_index"), text_at(value, "item_id") or None
        return self.output.find(number, index, id_, kind, {})

    def _text_done(self, number: int, about: Subject, value: Object) -> bool:
        reader = self._find(number, about, value)
        name, logprobs = text_at(value, "name"), list_at(value, "logprobs")
        if name and not reader.part.fields.get("name", name):
            reader.part.fields["name"] = name
        if logprobs:
            reader.logprobs = list(logprobs)
        text = value.get(about.whole)
        if isinstance(text, str):
            reader.whole(number, text, (about.whole,))
        return text is None or isinstance(text, str)

    def _added(self, number: int, value: Object) -> None:
        self._texts.clear()
        self.output.added(number, value)

    def _finished(self, number: int, value: Object) -> None:
        self._texts.clear()
        self.output.finished(number, value)

    def _part_added(self, number: int, value: Object) -> None:
        self._part(number, value, opening=True)

    def _part_done(self, number: int, value: Object) -> None:
        self._part(number, value, opening=False)

    def _part(self, number: int, value: Object, *, opening: bool) -> None:
        """Take a content part or summary. In a thought the item's type says what a part is."""
        part, is_summary = value.get("part"), "summary_index" in value
        is_thought = is_summary or text_at(part, "type") == "reasoning_text"
        item = self._item(number, value, "reasoning" if is_thought else "message")
        if isinstance(item, ContentItem):
            index = int_at(value, "summary_index" if is_summary else "content_index") or 0
            item.part(number, index, part, ("part",), opening=opening, is_summary=is_summary)

    def _annotation(self, number: int, value: Object) -> None:
        reader = self._find(number, TEXTS["response.output_text"], value)
        reader.part.annotations.append(value.get("annotation"))

    def _partial_image(self, number: int, value: Object) -> None:
        item = self._item(number, value, "image_generation_call")
        image = text_at(value, "partial_image_b64")
        if isinstance(item, CallItem) and image:
            item.show(image, text_at(value, "output_format"))

    def _command(self, number: int, value: Object) -> None:
        self._take_command(number, value, text_at(value, "delta"), whole=False)

    def _whole_command(self, number: int, value: Object) -> None:
        self._take_command(number, value, text_at(value, "command"), whole=True)

    def _take_command(self, number: int, value: Object, text: str | None, *, whole: bool) -> None:
        item = self._item(number, value, "shell_call")
        if isinstance(item, CallItem) and text is not None:
            item.command(number, int_at(value, "command_index") or 0, text, whole=whole)

    def _shell_output(self, number: int, value: Object) -> None:
        item = self._item(number, value, "shell_call_output")
        if isinstance(item, ShellOutputItem):
            item.output(int_at(value, "command_index") or 0, at(value, "delta"), at(value, "output"))

    def _audio(self, number: int, value: Object) -> None:
        fields = self.out.message().part("audio", "audio", AT_END).fields
        fields["size"] = fields.get("size", 0) + base64_size(text_at(value, "delta") or "")

    def _transcript(self, number: int, value: Object) -> None:
        part = self.out.message().part("audio", "audio", AT_END)
        if text := text_at(value, "delta"):
            part.add(number, "transcript", text, DELTA)


READERS: dict[str, Callable[[EventReader, int, Object], None]] = {
    "response.output_item.added": EventReader._added,
    "response.output_item.done": EventReader._finished,
    "response.content_part.added": EventReader._part_added,
    "response.content_part.done": EventReader._part_done,
    "response.reasoning_part.added": EventReader._part_added,
    "response.reasoning_part.done": EventReader._part_done,
    "response.reasoning_summary_part.added": EventReader._part_added,
    "response.reasoning_summary_part.done": EventReader._part_done,
    "response.output_text.annotation.added": EventReader._annotation,
    "response.image_generation_call.partial_image": EventReader._partial_image,
    "response.shell_call_command.added": EventReader._whole_command,
    "response.shell_call_command.delta": EventReader._command,
    "response.shell_call_command.done": EventReader._whole_command,
    "response.shell_call_output_content.delta": EventReader._shell_output,
    "response.shell_call_output_content.done": EventReader._shell_output,
    "response.audio.delta": EventReader._audio,
    "response.audio.transcript.delta": EventReader._transcript,
}
