"""JSON text to a tree with places (RFC 8259). The standard library's parser gives values only, so this one scans.

Strings are decoded by the standard library's own scanner; nesting uses no recursion, so no depth can exhaust the stack.
"""

import re
from json import JSONDecodeError, JSONDecoder

from cassette_cli.document.document import position
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style
from cassette_cli.errors import CassetteError, Where

STRINGS = JSONDecoder()
SPACE = re.compile(r"[ \t\n\r]*")
LITERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|NaN|-?Infinity")


def parse(text: str) -> Node:
    """The tree of a JSON text (a byte order mark before it is passed over). Python's NaN and Infinity are read too,
    because recorders written in Python write them.

    Raises CassetteError with line and column where the text is no JSON.
    """
    return _Scanner(text).document()


def parse_lines(text: str) -> tuple[Node, ...]:
    """The trees of JSON texts, one behind the other (https://jsonlines.org), as `parse` reads each.

    Raises CassetteError as `parse`.
    """
    scanner = _Scanner(text)
    roots = [scanner.value()]
    while scanner.at != len(text):
        roots.append(scanner.value())
    return tuple(roots)


class _Open:
    """A collection whose end has not come yet; `key` is the name that waits for its value."""

    __slots__ = ("children", "is_mapping", "key", "start")

    def __init__(self, start: int, is_mapping: bool) -> None:
        self.start = start
        self.is_mapping = is_mapping
        self.children: list[Node] = []

    def close(self, end: int) -> Node:
        if self.is_mapping:
            return Mapping(tuple(zip(self.children[::2], self.children[1::2], strict=True)), Span(self.start, end))
        return Sequence(tuple(self.children), Span(self.start, end))


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.open: list[_Open] = []

    def document(self) -> Node:
        node = self.value()
        if self.at != len(self.text):
            raise self._fault("more text after the JSON value")
        return node

    def value(self) -> Node:
        """The value that comes next; white space behind it is passed over."""
        while True:
            node = self._value()
            while node is not None and self.open:
                node = self._after(node)
            if node is not None:
                self._skip()
                return node

    def _value(self) -> Node | None:
        """A whole value, or None after a collection was opened whose first value comes next."""
        char = self._skip()
        if char == '"':
            return self._string()
        if char and char in "{[":
            return self._enter(char == "{")
        found = LITERAL.match(self.text, self.at)
        if not found:
            raise self._fault("a JSON value is missing")
        self.at = found.end()
        return Scalar(found[0], Span(*found.span()), Style.JSON_LITERAL)

    def _enter(self, is_mapping: bool) -> Node | None:
        self.open.append(_Open(self.at, is_mapping))
        self.at += 1
        if self._skip() == ("}" if is_mapping else "]"):
            self.at += 1
            return self.open.pop().close(self.at)
        if is_mapping:
            self._key()
        return None

    def _after(self, node: Node) -> Node | None:
        """Put a value into its collection: the collection once it ends, None where another value follows."""
        collection = self.open[-1]
        collection.children.append(node)
        char = self._skip()
        if char == ("}" if collection.is_mapping else "]"):
            self.at += 1
            return self.open.pop().close(self.at)
        if char != ",":
            raise self._fault("a comma or the end of the collection is missing")
        self.at += 1
        if collection.is_mapping:
            self._key()
        return None

    def _key(self) -> None:
        if self._skip() != '"':
            raise self._fault("a name in double quotes is missing")
        self.open[-1].children.append(self._string())
        if self._skip() != ":":
            raise self._fault("a colon is missing")
        self.at += 1

    def _string(self) -> Scalar:
        start = self.at
        try:
            value, self.at = STRINGS.raw_decode(self.text, start)
        except JSONDecodeError as error:
            self.at = error.pos
            raise self._fault(error.msg) from None
        return Scalar(value, Span(start, self.at), Style.JSON_STRING)

    def _skip(self) -> str:
        """Pass over white space; the character that follows, "" at the end."""
        char = self.text[self.at : self.at + 1]
        if char and char in " \t\n\r":
            self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing, too
            char = self.text[self.at : self.at + 1]
        return char

    def _fault(self, message: str) -> CassetteError:
        return CassetteError(f"not JSON: {message}", Where(None, *position(self.text, self.at)))
