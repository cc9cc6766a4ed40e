"""Lenses between texts and bytes: base64 and hexadecimal digits (RFC 4648), and UTF-8."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.text import Edit, Span, changed, splice
from cassette_cli.errors import CassetteError

SPACE = re.compile(r"\s+")
HEX = re.compile("[0-9a-fA-F]*")


@dataclass(frozen=True, slots=True, eq=False)
class Base64:
    """Bytes that lie in a text as base64, white space and line breaks anywhere in it; `text` is the bytes.

    What stands before the first changed byte stays, and what stands behind the last one where the length stays; the
    line length and the line ends are those of the old text. Made by `base64_lens`.
    """

    outer: Lens[str]
    text: bytes

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[bytes]]) -> Sequence[Change]:
        after = splice(self.text, edits)
        if after == self.text:
            # It may be written in a way that no encoder writes, and stays so.
            return []
        before = self.outer.text
        return [(self.outer, edit) for edit in changed(before, _wrapped(after, before))]


def base64_lens(outer: Lens[str]) -> Base64:
    """The bytes in a base64 text. Raises CassetteError where the text is no base64."""
    try:
        return Base64(outer, base64.b64decode(SPACE.sub("", outer.text), validate=True))
    except ValueError as error:
        raise CassetteError(f"not base64: {error}") from error


def _wrapped(data: bytes, model: str) -> str:
    """Base64 of `data`, laid out as `model` is: line length, line break with indentation, final break."""
    encoded = base64.b64encode(data).decode("ascii")
    body = model.strip()
    lead, tail = model[: len(model) - len(model.lstrip())], model[len(model.rstrip()) :]
    found = SPACE.search(body)
    if not found:
        return lead + encoded + tail
    width = found.start()
    lines = [encoded[start : start + width] for start in range(0, len(encoded), width)]
    return lead + found[0].join(lines) + tail


@dataclass(frozen=True, slots=True, eq=False)
class Hex:
    """Bytes that lie in a text as pairs of hexadecimal digits, without anything between them; `text` is the bytes. New
    digits are small letters unless the old ones are capitals. Made by `hex_lens`."""

    outer: Lens[str]
    text: bytes

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[bytes]]) -> Sequence[Change]:
        capitals = self.outer.text.upper() == self.outer.text != self.outer.text.lower()
        changes: list[Change] = []
        for (start, end), new in ((edit.span, edit.new) for edit in edits):
            if new != self.text[start:end]:
                digits = new.hex().upper() if capitals else new.hex()
                changes.append((self.outer, Edit(Span(2 * start, 2 * end), digits)))
        return changes


def hex_lens(outer: Lens[str]) -> Hex:
    """The bytes in a text of hexadecimal digits. Raises CassetteError where the text is none."""
    if len(outer.text) % 2 or not HEX.fullmatch(outer.text):
        raise CassetteError("not hexadecimal digits")
    return Hex(outer, bytes.fromhex(outer.text))


@dataclass(frozen=True, slots=True, eq=False)
class Utf8:
    """A text that lies in bytes as UTF-8. Bytes that are none come as surrogates (PEP 383) and are kept."""

    outer: Lens[bytes]
    text: str

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        changes: list[Change] = []
        chars = size = 0
        for edit in edits:
            start = size + len(_utf8(self.text[chars : edit.span.start]))
            end = start + len(_utf8(self.text[edit.span.start : edit.span.end]))
            chars, size = edit.span.end, end
            changes.append((self.outer, Edit(Span(start, end), _utf8(edit.new))))
        after = splice(self.outer.text, [edit for _, edit in changes])
        if after.decode("utf-8", "surrogateescape") != splice(self.text, edits):
            raise CassetteError("bytes that are no UTF-8 would become a character next to this text")
        return changes


def utf8_lens(outer: Lens[bytes]) -> Utf8:
    """The text in UTF-8 bytes; no bytes are refused."""
    return Utf8(outer, outer.text.decode("utf-8", "surrogateescape"))


@dataclass(frozen=True, slots=True, eq=False)
class Bytes:
    """The bytes of a text in which bytes that are no UTF-8 lie as surrogates (PEP 383): the way back of `Utf8`."""

    outer: Lens[str]

    @property
    def text(self) -> bytes:
        return _utf8(self.outer.text)

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[bytes]]) -> Sequence[Change]:
        after = splice(self.text, edits).decode("utf-8", "surrogateescape")
        return [(self.outer, edit) for edit in changed(self.outer.text, after)]


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise CassetteError("a lone surrogate has no UTF-8 encoding") from error
