"""A parsed text: the text itself, what the parser made of it, and a lens for each of its scalars."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cassette_cli.document.lens import Source
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Node


@dataclass(frozen=True, slots=True, eq=False)
class Companion:
    """Another file that texts of a document lie in. Bytes that are no UTF-8 are surrogates in `source` (PEP 383)."""

    path: str
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """`text` is the file's, to the character (byte order mark and line ends included); `roots` has one node per
    YAML document or JSON text, none for an empty file. `lines` are the file's lines, from 1, where the text is not all
    of it; `companions` are other files, by the names that this one has for them."""

    text: str
    roots: tuple[Node, ...]
    lines: tuple[int, ...] | None = None
    companions: Mapping[str, Companion] = field(default_factory=dict)
    source: Source = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", Source(self.text))

    @property
    def root(self) -> Node | None:
        """The first document's node, None for an empty file."""
        return self.roots[0] if self.roots else None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, both from 1, of a character."""
        line, column = position(self.text, offset)
        return self._in_file(line), column

    def lines_at(self, offsets: Iterable[int]) -> Iterator[int]:
        """The lines in the file, from 1, of characters given in order of place."""
        return map(self._in_file, lines_at(self.text, offsets))

    def _in_file(self, line: int) -> int:
        return in_file(self.lines, line)

    def source_of(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]


def in_file(lines: tuple[int, ...] | None, line: int) -> int:
    """The line in the file of a line of a text that has these lines of it; behind the last, that one."""
    return line if lines is None else lines[min(line, len(lines)) - 1] if lines else 1


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character; CR, LF and CRLF end lines."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def lines_at(text: str, offsets: Iterable[int]) -> Iterator[int]:
    """The lines, from 1, of characters given in order of place; linear in the text, however many there are."""
    line, done = 1, 0
    for offset in offsets:
        between = text[done:offset]
        line += between.count("\n") + between.count("\r") - between.count("\r\n")
        done = offset
        yield line
