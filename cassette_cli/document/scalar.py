"""The lens of a scalar: its value, and how an edit of the value is written in the scalar's own style."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cassette_cli.document.json_string import JsonString
from cassette_cli.document.lens import Fixed, Lens
from cassette_cli.document.spelling import Atom, SpelledLens
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Scalar, Style
from cassette_cli.document.yaml_block import block_atoms, rewrite_block, spell_block
from cassette_cli.document.yaml_flow import (
    double_atoms,
    plain_atoms,
    single_atoms,
    spell_double,
    spell_folded,
)
from cassette_cli.document.yaml_kind import Kind, kind_of

# Tag and anchor, in either order, with the white space behind them.
PROPERTIES = re.compile(r"(?:[!&][^ \t\r\n]*+(?:[ \t\r\n]++|$))*")
CONTINUATION = re.compile(r"[\r\n]([ \t]*)[^ \t\r\n]")


def lens_of(outer: Lens[str], scalar: Scalar) -> Lens[str]:
    """The lens of a scalar whose span counts characters of `outer.text`; `text` is the scalar's value.

    A scalar that an alias names, too, cannot be edited: the edit would show in both places.
    """
    if scalar.shared:
        return Fixed(scalar.value)
    start, end = scalar.span
    if scalar.style is Style.JSON_STRING:
        return SpelledLens(outer, scalar.span, scalar.value, JsonString())
    if scalar.style in (Style.JSON_LITERAL, Style.VERBATIM):
        return SpelledLens(outer, scalar.span, scalar.value, Verbatim())
    if scalar.tag is not None or outer.text[start : start + 1] in ("!", "&"):
        start = PROPERTIES.match(outer.text, start, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    return SpelledLens(outer, Span(start, end), scalar.value, YamlScalar(scalar))


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that stands for itself: a JSON number, true, false or null, a message of a trace."""

    def atoms(self, source: str) -> Sequence[Atom]:
        return [Atom(source, 0, len(source))]

    def spell(self, text: str, source: str, span: Span) -> str:
        return text

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        yield text


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """All five styles of YAML: a text that its own style cannot hold is written in the next one that can.

    What means text without quotes stays text, so that no edit makes a number or a date of it.
    """

    scalar: Scalar

    @property
    def kind(self) -> Kind:
        """What the unedited scalar means."""
        untagged = self.scalar.style is Style.PLAIN and self.scalar.tag is None
        return kind_of(self.scalar.value) if untagged else "text"

    @property
    def parent(self) -> int:
        """The column of the block collection around the scalar."""
        return self.scalar.indent

    def atoms(self, source: str) -> Sequence[Atom]:
        if source[:1] in ("|", ">"):
            return list(block_atoms(source, self.parent))
        if source[:1] in ("'", '"'):
            read = single_atoms if source[0] == "'" else double_atoms
            return list(read(source.rstrip(" \t\r\n")))
        if not source and self.kind == "null":
            return []
        atoms = list(plain_atoms(source))
        if self.kind == "text" and kind_of("".join(atom.text for atom in atoms)) != "text":
            raise ValueError("it would no longer be text")
        return atoms

    def spell(self, text: str, source: str, span: Span) -> str:
        if source[0] in "|>":
            return spell_block(text, source, span, self.parent)
        if source[0] == '"':
            return spell_double(text, source)
        if source[0] == "'":
            return self._folded(text.replace("'", "''"), source)
        if "\n" in text and not CONTINUATION.search(source):
            # On one line a plain scalar may be a key, which must stay on one.
            raise ValueError("it needs a second line")
        return self._folded(text, source)

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        if not source:
            raise ValueError("there is no value")
        end = source[len(source.rstrip(" \t\r\n")) :] if source[0] in "|>" else ""
        for write in self._writers(source):
            try:
                yield from (
                    candidate + ("" if candidate[:1] in ("|", ">") else end) for candidate in write(text, source)
                )
            except ValueError:
                continue

    def _writers(self, source: str) -> Sequence[Callable[[str, str], Iterator[str]]]:
        if source[0] in "|>":
            return (self._block, self._double)
        if source[0] == '"':
            return (self._double,)
        return (self._single, self._double) if source[0] == "'" else (self._plain, self._single, self._double)

    def _block(self, text: str, source: str) -> Iterator[str]:
        yield from rewrite_block(text, source, self.parent)

    def _double(self, text: str, source: str) -> Iterator[str]:
        yield f'"{spell_double(text, source if source[0] == chr(34) else "")}"'

    def _single(self, text: str, source: str) -> Iterator[str]:
        if "\n" not in text or source[0] == "'":
            yield "'" + self._folded(text.replace("'", "''"), source) + "'"

    def _plain(self, text: str, source: str) -> Iterator[str]:
        yield self.spell(text, source, Span(0, len(source)))

    def _folded(self, text: str, source: str) -> str:
        """Text with its newlines folded; a further line is indented as one that is there, else as its parent asks."""
        found = CONTINUATION.search(source)
        indent = found[1] if found else " " * (max(self.parent, 0) + 2)
        return spell_folded(text, "\r\n" if "\r\n" in source else "\n", indent)
