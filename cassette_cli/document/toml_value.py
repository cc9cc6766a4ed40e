"""The spelling of a TOML value: its four kinds of strings, and what is unquoted (https://toml.io/en/v1.0.0#string)."""

import re
import tomllib
from collections.abc import Iterator, Sequence

from cassette_cli.document.json_string import quoted
from cassette_cli.document.spelling import Atom, Writer, atoms_of
from cassette_cli.document.text import Span

TOKEN = re.compile(r'[^\\\r]+|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\["\\bfnrt]|\\[ \t]*\r?\n[ \t\r\n]*|\r\n|\r')
MEANINGS = {r"\"": '"', r"\\": "\\", r"\b": "\b", r"\f": "\f", r"\n": "\n", r"\r": "\r", r"\t": "\t", "\r\n": "\n"}
LINE_BREAK = re.compile(r"\r?\n")


class TomlValue:
    """Escapes of the old text stay; new text is escaped only where it must be. What a literal string cannot hold makes
    it a basic one."""

    def atoms(self, source: str) -> Sequence[Atom]:
        quote = _quote(source)
        if not quote:
            return [(source, 0, len(source))]
        start = len(quote)
        # A line break right behind the quotes of several lines is none of the text.
        if start == 3 and (found := LINE_BREAK.match(source, start)):
            start = found.end()
        body = source[start : len(source) - len(quote)]
        tokens: list[str] = TOKEN.findall(body) if quote[0] == '"' else re.findall(r"[^\r]+|\r\n|\r", body)
        if sum(map(len, tokens)) != len(body):
            raise ValueError("not a TOML string")
        return atoms_of(tokens, _meaning if quote[0] == '"' else _line_break, start=start)

    def writer(self, source: str) -> Writer:
        quote = _quote(source)
        return lambda text, span: _escaped(text, quote) if quote.startswith('"') else text

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        quote = _quote(source)
        if not quote:
            yield text
            return
        several = '"""' if len(quote) == 3 else '"'
        # A line break that the text begins with would be taken for the one behind the quotes.
        lead = "\n" if len(quote) == 3 else ""
        yield f"{several}{lead}{self.writer(several)(text, Span(0, 0))}{several}"

    def fits(self, candidate: str, text: str, source: str) -> bool:
        try:
            held = tomllib.loads(f"v = {candidate}\n")
        except (ValueError, RecursionError):
            return False
        if list(held) != ["v"]:
            return False
        return held["v"] == text if _quote(source) else _is_plain(held["v"], candidate)


def _is_plain(value: object, candidate: str) -> bool:
    return not isinstance(value, str | list | dict) and "#" not in candidate and candidate == candidate.strip()


def _quote(source: str) -> str:
    if source[:1] not in ('"', "'"):
        return ""
    return source[:3] if source[:3] in ('"""', "'''") and len(source) >= 6 else source[0]


def _escaped(text: str, quote: str) -> str:
    if quote == '"':
        return quoted(text)[1:-1]
    return "\n".join(quoted(line)[1:-1] for line in text.split("\n"))


def _line_break(token: str) -> str:
    return "\n" if token == "\r\n" else token


def _meaning(token: str) -> str:
    if token in MEANINGS:
        return MEANINGS[token]
    if token[0] != "\\":
        return token
    return chr(int(token[2:], 16)) if token[1] in "uU" else ""
