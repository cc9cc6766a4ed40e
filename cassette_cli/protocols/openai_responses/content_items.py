"""Messages and thoughts among the output items: content parts, summaries, encrypted reasoning.

https://platform.openai.com/docs/guides/reasoning#reasoning-summaries

    {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Hello", "annotations": []},
                                                         {"type": "refusal", "refusal": "No."}]}
    {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "..."}],
     "content": [{"type": "reasoning_text", "text": "..."}], "encrypted_content": "gAAAAA..."}

Each content part and each summary is a part of its own: clients number them, and a text has one place in the order of
events. The encrypted form belongs to the item; the first of its parts holds it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route, Unknown
from cassette_cli.protocols.base import PartBuilder, PartKind, list_at, same_json, text_at
from cassette_cli.protocols.openai_responses.content import content_part, rest_of
from cassette_cli.protocols.openai_responses.items import Echo, ItemReader, Object
from cassette_cli.protocols.openai_responses.texts import TextReader


class Section(NamedTuple):
    """Texts of one name: their part, where they stand in their item, the field that holds them."""

    kind: PartKind
    rank: int
    field: str = "text"


TEXT = Section("text", 1)
SECTIONS = {
    "output_text": TEXT,
    "input_text": TEXT,
    "text": TEXT,
    "refusal": Section("refusal", 1, "refusal"),
    "summary_text": Section("reasoning", 0),
    "reasoning_text": Section("reasoning", 1),
}


class ContentItem(ItemReader):
    """A message or a thought."""

    said = ("role", "content", "summary", "encrypted_content")
    _sealed: list[tuple[int, str, Route]]

    def read(self, event: int, value: Object, route: Route, *, opening: bool) -> None:
        self.value = value
        for field in ("summary", "content"):
            parts = value.get(field)
            if isinstance(parts, str):
                name = "summary_text" if field == "summary" else self._home("output_text")
                self.take(self.text(event, name, 0), event, parts, (*route, field), opening=opening)
            for index, part in enumerate(list_at(parts)):
                self.part(event, index, part, (*route, field, index), opening=opening)
        encrypted = text_at(value, "encrypted_content")
        if encrypted:
            self.sealed.append((event, encrypted, (*route, "encrypted_content")))

    def part(self, event: int, index: int, value: Json, route: Route, *, opening: bool) -> None:
        """Take a content part or summary that lies at `route`."""
        kind = text_at(value, "type") or ""
        name = self._home(kind)
        if name != kind:
            message = f"a part of type {kind} comes in an item of type {self.kind}"
            self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=self)
        section = SECTIONS.get(name)
        if section is None:
            self._other_part(event, kind, index, value)
            return
        reader = self.text(event, name, index)
        self.take(reader, event, text_at(value, section.field) or "", (*route, section.field), opening=opening)
        self._annotate(event, reader, list_at(value, "annotations"))
        self.log(reader, list_at(value, "logprobs"))
