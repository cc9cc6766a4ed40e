"""The spelling of a YAML scalar in any of its five styles (YAML 1.1, chapter 9)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cassette_cli.document.spelling import Atom, Writer
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Scalar
from cassette_cli.document.yaml_block import block_atoms, block_writer, rewrite_block
from cassette_cli.document.yaml_flow import (
    BLANK,
    BREAK,
    BREAKS,
    double_atoms,
    double_writer,
    folded_writer,
    is_plain,
    plain_atoms,
    single_atoms,
)
from cassette_cli.document.yaml_kind import kind_of, same_kind

# The first line of the text that goes on below another one, with its indentation.
CONTINUATION = re.compile(r"[\r\n]([ \t]*+)[^ \t\r\n]")
# At the left margin these end a document, even between quotes.
MARKER = re.compile(rf"(?:\A|[{BREAKS}])(?:---|\.\.\.)(?:[{BLANK}]|\Z)")
# In flow collections a plain scalar ends at these (a colon or question mark in some parsers only).
FLOW_INDICATORS = frozenset(",[]{}?:")
# Blank lines below, one of which begins with a tab: behind plain text they are passed over, behind a quote a fault.
TAB_BELOW = re.compile(rf"[ \t]*+(?:{BREAK} *+)++\t")
LOOSE_BLANKS = re.compile(r" +\Z")
# A key may take no more characters, its tag and anchor included (YAML 1.1, section 7.4.2).
LONGEST_KEY = 1024


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """All five styles: a text that its own style cannot hold is written in the next one that can. `text` is the
    whole text that the scalar stands in."""

    scalar: Scalar
    text: str

    def atoms(self, source: str) -> Sequence[Atom]:
        if not source:
            return ()
        if source[0] in "|>":
            return list(block_atoms(source, self.scalar.indent))
        if source[0] in "'\"":
            # A block scalar ends with its last line break, and so does what is written in its place.
            read = single_atoms if source[0] == "'" else double_atoms
            return read(source.rstrip(BLANK))
        return plain_atoms(source)

    def writer(self, source: str) -> Writer:
        if source[0] in "|>":
            return block_writer(source, self.scalar.indent)
        if source[0] == '"':
            return double_writer(source)
        return self._folded(source, quoted=source[0] == "'")

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        # Behind a quote, a line that a block scalar may end with (it is blank, but for a tab) would be a fault.
        end = source[len(source.rstrip(BLANK)) :].replace(" ", "").replace("\t", "")
        for style in self._styles(source):
            try:
                for candidate in style(text, source):
                    yield candidate if candidate[:1] in ("|", ">") else candidate + end
            except ValueError:
                continue

    def fits(self, candidate: str, text: str, source: str) -> bool:
        """Text stays text: what is plain is quoted before it would turn into a number or a date."""
        if source.endswith(tuple(BREAKS)) and not candidate.endswith(tuple(BREAKS)):
            return False
        if candidate[:1] in ("|", ">"):
            return self._fits_block(text)
        if not candidate or MARKER.search(candidate) or (self.scalar.in_key and not self._fits_key(candidate, source)):
            return False
        if candidate[:1] in ("'", '"'):
            was_plain = source[:1] not in ("'", '"', "|", ">")
            return not (was_plain and not self.scalar.in_flow and TAB_BELOW.match(self.text, self.scalar.span.end))
        return self._fits_plain(candidate, text, source)

    def _fits_block(self, text: str) -> bool:
        # Blanks with which a file ends may turn into text. And where there is no text and no indentation that could
        # end it, ruamel.yaml's own parser takes what follows for text.
        is_loose = LOOSE_BLANKS.match(self.text, self.scalar.span.end) is not None
        return not is_loose and (self.scalar.indent >= 0 or text.strip("\n") != "")

    def _fits_key(self, candidate: str, source: str) -> bool:
        if len(source.splitlines()) > 1:
            # Only a key that is told by a question mark takes several lines.
            return True
        properties = self.scalar.span.end - self.scalar.span.start - len(source)
        size = properties + len(candidate)
        return len(candidate.splitlines()) == 1 and (size <= LONGEST_KEY or len(candidate) <= len(source))

    def _fits_plain(self, candidate: str, text: str, source: str) -> bool:
        if not is_plain(candidate):
            return False
        if self.scalar.in_flow and not FLOW_INDICATORS.intersection(candidate) <= set(source):
            return False
        kind = kind_of(text)
        return self.scalar.tag is not None or kind == "text" or same_kind(kind, kind_of(self.scalar.value))

    def _styles(self, source: str) -> Sequence[Callable[[str, str], Iterator[str]]]:
        """The styles to try, the source's own first."""
        match source[:1]:
            case "|" | ">":
                return (self._block, self._double)
            case '"':
                return (self._double,)
            case "'":
                return (self._single, self._double)
            case "":
                # Where there is no value, there is no place for one.
                return ()
        return (self._plain, self._single, self._double)

    def _block(self, text: str, source: str) -> Iterator[str]:
        yield from rewrite_block(text, source, self.scalar.indent)

    def _double(self, text: str, source: str) -> Iterator[str]:
        write = double_writer(source if source[0] == '"' else "")
        yield f'"{write(text, Span(0, 0))}"'

    def _single(self, text: str, source: str) -> Iterator[str]:
        if "\n" not in text or source[0] == "'":
            yield f"'{self._folded(source, quoted=True)(text, Span(0, 0))}'"

    def _plain(self, text: str, source: str) -> Iterator[str]:
        yield self._folded(source, quoted=False)(text, Span(0, 0))

    def _folded(self, source: str, *, quoted: bool) -> Writer:
        """A writer of plain or single-quoted text. A further line is indented as one that is there, else as the
        collection around asks."""
        found = CONTINUATION.search(source)
        indent = found[1] if found else " " * (max(self.scalar.indent, 0) + 2)
        newline = self._newline() if found is None else "\r\n" if "\r\n" in source else "\n"
        return folded_writer(newline, indent, quoted=quoted, one_line=not quoted and found is None)

    def _newline(self) -> str:
        """The line break that ends the scalar's last line. Looked for where it is needed: a file may be one line."""
        end = self.text.find("\n", self.scalar.span.end)
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
