"""Messages and thoughts among the output items: content parts, summaries, encrypted reasoning.

https://platform.openai.com/docs/guides/reasoning#reasoning-summaries

    {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Hello", "annotations": []},
                                                         {"type": "refusal", "refusal": "No."}]}
    {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "..."}],
     "content": [{"type": "reasoning_text", "text": "..."}], "encrypted_content": "gAAAAA..."}

Each content part and each summary is a part of its own: clients number them, and a text has one place in the order of
events. The encrypted form belongs to the item; the first of its parts holds it.
"""

from collections import deque
from typing import NamedTuple

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route, Unknown
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    PartKind,
    ReplyBuilder,
    list_at,
    same_json,
    text_at,
)
from cassette_cli.protocols.openai_responses.content import TEXTS, content_part
from cassette_cli.protocols.openai_responses.items import ItemReader, Object
from cassette_cli.protocols.openai_responses.texts import TextReader
from cassette_cli.protocols.shared.media import base64_size


class Section(NamedTuple):
    """Texts of one name: their part, where they stand in their item, the field that holds them, the part's field."""

    kind: PartKind
    rank: int
    key: str = "text"
    field: str = "content"


SECTIONS = {
    "output_text": Section("text", 1),
    "refusal": Section("refusal", 1, "refusal"),
    "summary_text": Section("reasoning", 0),
    "reasoning_text": Section("reasoning", 1),
    "output_audio": Section("audio", 1, "transcript", "transcript"),
}


class ContentItem(ItemReader):
    """A message or a thought."""

    def __init__(
        self, out: ReplyBuilder, message: MessageBuilder, kind: str, index: int, serial: int, value: Object
    ) -> None:
        super().__init__(out, message, kind, index, serial, value)
        self.said = ("role", "content", "summary", "encrypted_content")
        self._sealed: list[tuple[int, str, Route]] = []
        self._indexes: dict[int, set[int]] = {}
        self._highest = 0

    def read(self, event: int, value: Object, route: Route, *, opening: bool) -> None:
        self.value = value
        if self.kind == "message" and "role" not in value:
            self.out.report(Code.ROLE_MISSING, event, "a message has no role", once=self)
        for field in ("summary", "content"):
            parts = value.get(field)
            is_summary = field == "summary"
            if isinstance(parts, str) and parts:
                self.part(event, 0, parts, (*route, field), opening=opening, is_summary=is_summary)
            elif isinstance(parts, list):
                if not opening:
                    self._renumber(parts, is_summary)
                for index, part in enumerate(parts):
                    self.part(event, index, part, (*route, field, index), opening=opening, is_summary=is_summary)
        encrypted = value.get("encrypted_content")
        if encrypted and isinstance(encrypted, str):
            self._sealed.append((event, encrypted, (*route, "encrypted_content")))

    def part(self, event: int, index: int, value: Json, route: Route, *, opening: bool, is_summary: bool) -> None:
        """Take a content part or summary that lies at `route`; some servers send it as its mere text."""
        name = self._name(value, is_summary)
        if isinstance(value, str):
            self._take(self.text(event, name, index), event, value, route, opening=opening)
            return
        if name == "reasoning_text" and value.get("type") != name:
            message = f"a part of type {value.get('type')} comes in an item of type {self.kind}"
            self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=self)
        section = SECTIONS.get(name)
        if section is None:
            self._other_part(event, index, value)
            return
        reader = self.text(event, name, index)
        self._take(reader, event, value.get(section.key), (*route, section.key), opening=opening)
        if section.kind == "audio" and (data := text_at(value, "data")):
            reader.part.fields["size"] = base64_size(data)
        if value.get("annotations"):
            self._annotate(event, reader, list_at(value, "annotations"))
        if value.get("logprobs"):
            reader.logprobs = list(list_at(value, "logprobs"))

    def open(self, event: int, name: str, index: int) -> TextReader:
        section = SECTIONS[name]
        self._count(event, section.rank, index)
        order = (*self.order, section.rank, index)
        part = self.message.part((*self.key, section.kind, section.rank, index), section.kind, order)
        part.began = event
        return TextReader(self.out, part, section.field, f"{name} {index} of item {self.index}")

    def close(self) -> None:
        super().close()
        if self._sealed or (self.kind == "reasoning" and not self.texts):
            self._seal(self._first())
        for _, reader in sorted(self.texts.items(), key=lambda entry: entry[0][1]):
            if reader.logprobs:
                self.message.keep("logprobs", reader.logprobs)

    def _take(self, reader: TextReader, event: int, text: Json, route: Route, *, opening: bool) -> None:
        """Take the text of a part: the first piece of it where deltas are to follow."""
        text = text if isinstance(text, str) else ""
        if opening:
            reader.add(event, text, route)
        else:
            reader.whole(event, text, route)

    def _name(self, value: Json, is_summary: bool) -> str:
        """What a part is in this item, which its own type does not always say: vLLM opens thoughts with parts of type
        output_text."""
        kind = text_at(value, "type") or ""
        has_text = isinstance(value, str) or text_at(value, "text") is not None
        if kind in TEXTS or has_text:
            if is_summary:
                return "summary_text"
            if self.kind == "reasoning":
                return "reasoning_text"
        return "output_text" if kind in TEXTS or (has_text and not kind) else kind

    def _count(self, event: int, rank: int, index: int) -> None:
        """Take note of the index of a part, which clients take for its place in the item's list."""
        indexes = self._indexes.setdefault(rank, set())
        if index not in indexes and index != len(indexes):
            message = f"a part of item {self.index} has index {index} where {len(indexes)} is next"
            self.out.report(Code.INDEX_NOT_NEXT, event, message, once=self)
        indexes.add(index)
        self._highest = max(self._highest, index)

    def _renumber(self, parts: list[Json], is_summary: bool) -> None:
        """Before an item's list is read: texts whose index lies outside of it (vLLM counts them over all items) are
        those at the places of the list that have none."""
        if self._highest < len(parts):
            return
        places = [(self._name(part, is_summary), place) for place, part in enumerate(parts)]
        empty = [key for key in places if key not in self.texts and key[0] in SECTIONS]
        if not empty:
            return
        outside = deque(sorted(key for key in self.texts if key[1] >= len(parts)))
        for name, place in empty:
            if outside and outside[0][0] == name:
                self.texts[name, place] = self.texts.pop(outside.popleft())

    def _other_part(self, event: int, index: int, value: Json) -> None:
        self._count(event, 1, index)
        part = content_part(value)
        self.message.put((*self.key, "part", index), part, (*self.order, 1, index))
        if isinstance(part, Unknown):
            self.out.report(Code.UNKNOWN_PART, event, f"a part is of a kind unknown here: {part.kind}", once=self)

    def _annotate(self, event: int, reader: TextReader, annotations: list[Json]) -> None:
        """Take all annotations of a text, which events may have brought one by one."""
        before = reader.part.annotations
        if before and not same_json(before, annotations):
            message = f"{len(annotations)} annotations are others than the {len(before)} before; the later count"
            self.out.report(Code.DONE_DISAGREES, event, message, once=(self, "annotations"))
        reader.part.annotations = list(annotations)

    def _seal(self, part: PartBuilder) -> None:
        """Give a thought its encrypted form: the last that came, because an item opens with another one."""
        for place, (event, text, route) in enumerate(self._sealed, start=1):
            if place == len(self._sealed):
                part.pieces.append((event, "encrypted", text, route))
            elif text == self._sealed[-1][1]:
                part.echoes.append((event, "encrypted", text, route))

    def _first(self) -> PartBuilder:
        """The part that stands first, made where a thought says nothing."""
        thoughts = [key for key in self.texts if SECTIONS[key[0]].kind == "reasoning"]
        if not thoughts:
            return self.message.part((*self.key, "thought"), "reasoning", self.order)
        return self.texts[min(thoughts, key=lambda key: (SECTIONS[key[0]].rank, key[1]))].part
