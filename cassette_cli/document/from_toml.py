"""TOML text to a tree with places (https://toml.io/en/v1.0.0). The standard library's parser gives values only; it says
whether the text is TOML, and what each string means, and this one finds the places.

    [[interactions]]                 interactions:
    [interactions.request]    as     - request:
    method = "GET"                       method: GET
"""

import re
import tomllib
from typing import Any

from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style
from cassette_cli.errors import CassetteError, Where

# Blanks, line breaks and comments.
BETWEEN = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
STRING = r'"""(?:\\[\s\S]|[^\\])*?"""(?!")|\'\'\'[\s\S]*?\'\'\'(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
KEY = re.compile(rf"(?:{STRING}|[A-Za-z0-9_-]+)")
# A number, a truth value or a date, which may have a blank before its time.
VALUE = re.compile(rf"{STRING}|\d{{4}}-\d\d-\d\d [0-9:.]+(?:[Zz]|[+-][0-9:]+)?|[^\s,\]}}#]+")
PLACE = re.compile(r"(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


def parse(text: str) -> Mapping:
    """The tree of a TOML text. Raises CassetteError with line and column where the text is none."""
    try:
        tomllib.loads(text)
        return _Scanner(text).document()
    except RecursionError:
        raise CassetteError("tables or arrays are nested too deeply") from None
    except ValueError as error:  # not only tomllib's own: numbers may have more digits than Python reads
        found = PLACE.fullmatch(str(error))
        where = Where(None, int(found["line"]), int(found["column"])) if found and found["line"] else Where()
        raise CassetteError(f"not TOML: {found['message'] if found else error}", where) from None


class _Table:
    """A table that statements may still add to. `items` are keys and values; a list is an array of tables."""

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.items: dict[str, tuple[Scalar, Any]] = {}

    def within(self, key: Scalar) -> "_Table":
        """The table under a key, made where there is none; of an array of tables the last."""
        held = self.items.setdefault(key.value, (key, _Table(key.span.start)))[1]
        table = held[-1] if isinstance(held, list) else held
        assert isinstance(table, _Table)  # else tomllib would have refused
        return table

    def frozen(self) -> Mapping:
        pairs = tuple((key, _frozen(held)) for key, held in self.items.values())
        return Mapping(pairs, Span(self.start, self.end))


def _frozen(held: Any) -> Node:
    if isinstance(held, _Table):
        return held.frozen()
    if isinstance(held, list):
        tables = tuple(each.frozen() for each in held)
        return Sequence(tables, Span(tables[0].span.start, tables[-1].span.end))
    assert isinstance(held, Scalar | Sequence)
    return held


class _Scanner:
    """Reads a text that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def document(self) -> Mapping:
        root = _Table(0)
        path = [root]
        while self._next():
            path = self._header(root) if self.text[self.at] == "[" else path
            if self._next() and self.text[self.at] != "[":
                self._assign(path[-1])
            for table in path:
                table.end = max(table.end, self.at)
        return root.frozen()

    def _header(self, root: _Table) -> list[_Table]:
        """The tables from the root to the one that a header opens."""
        start = self.at
        brackets = 2 if self.text.startswith("[[", start) else 1
        self.at += brackets
        *before, last = self._keys()
        self._next()
        self.at += brackets
        path = [root]
        for key in before:
            path.append(path[-1].within(key))
        if brackets == 2:
            path[-1].items.setdefault(last.value, (last, []))[1].append(_Table(start))
        path.append(path[-1].within(last))
        for table in path:
            table.end = max(table.end, self.at)
        return path

    def _keys(self) -> list[Scalar]:
        keys = []
        while True:
            self._next()
            keys.append(self._scalar(KEY))
            if self._next() and self.text[self.at] != ".":
                return keys
            self.at += 1

    def _assign(self, table: _Table) -> None:
        *before, last = self._keys()
        self.at += 1  # the equals sign
        for key in before:
            table = table.within(key)
        table.items[last.value] = (last, self._value())
        table.end = self.at

    def _value(self) -> Any:
        self._next()
        start = self.at
        if self.text[start] == "[":
            return self._array(start)
        if self.text[start] == "{":
            return self._inline(start)
        return self._scalar(VALUE)

    def _array(self, start: int) -> Sequence:
        items: list[Node] = []
        self.at += 1
        while self._next() and self.text[self.at] != "]":
            items.append(_frozen(self._value()))
            self._comma()
        self.at += 1
        return Sequence(tuple(items), Span(start, self.at))

    def _inline(self, start: int) -> _Table:
        table = _Table(start)
        self.at += 1
        while self._next() and self.text[self.at] != "}":
            self._assign(table)
            self._comma()
        self.at += 1
        table.end = self.at
        return table

    def _comma(self) -> None:
        if self._next() and self.text[self.at] == ",":
            self.at += 1

    def _scalar(self, pattern: re.Pattern[str]) -> Scalar:
        found = pattern.match(self.text, self.at)
        assert found  # else tomllib would have refused
        self.at = found.end()
        source = found[0]
        value = str(tomllib.loads(f"v = {source}")["v"]) if source[0] in "\"'" else source
        return Scalar(value, Span(*found.span()), Style.TOML)

    def _next(self) -> bool:
        """Pass over what stands between; whether anything follows."""
        self.at = BETWEEN.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing, too
        return self.at < len(self.text)
