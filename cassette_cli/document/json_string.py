"""The spelling of a JSON string: RFC 8259, section 7. The source is the whole string, quotes included."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json import dumps

from cassette_cli.document.spelling import Atom, Writer, atoms_of

# A surrogate pair is one character; a lone surrogate is one, too.
TOKEN = re.compile(
    r'[^\\"]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]|["\\]'
)
MEANINGS = {
    r"\"": '"', r"\\": "\\", r"\/": "/", r"\b": "\b", r"\f": "\f", r"\n": "\n", r"\r": "\r", r"\t": "\t",
}  # fmt: skip
# An escape that its character does not need. (Go's encoder escapes these others: <, >, & and the two separators.)
ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7]|202[89])[0-9a-fA-F]{4}")
# Characters that are escaped where JSON allows them raw.
UNSAFE = re.compile(r"[\ud800-\udfff\x7f\u2028\u2029]")


def quoted(text: str, *, escape_letters: bool = False) -> str:
    """A text as a JSON string; letters beyond ASCII stay as they are or become escapes."""
    spelled = dumps(text, ensure_ascii=escape_letters)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


def units(source: str) -> Sequence[str]:
    """How each character of a JSON string is spelled; joined, they are what stands between the quotes."""
    inside = source[1:-1]
    if "\\" not in inside:
        return inside
    tokens: list[str] = TOKEN.findall(inside)
    return [unit for token in tokens for unit in ((token,) if token[0] == "\\" else token)]


@dataclass(frozen=True, slots=True)
class JsonString:
    """Escapes of the old text stay; new text is escaped as the old one was: letters beyond ASCII as `\\u` where the
    source does that, raw otherwise."""

    def atoms(self, source: str) -> Sequence[Atom]:
        if len(source) < 2 or source[0] != '"' or source[-1] != '"':
            raise ValueError("not a JSON string")
        tokens: list[str] = TOKEN.findall(source, 1, len(source) - 1)
        if '"' in tokens or "\\" in tokens:
            raise ValueError("a quote or a backslash stands alone")
        return atoms_of(tokens, _meaning, start=1)

    def writer(self, source: str) -> Writer:
        escape_letters = bool(ESCAPED_LETTER.search(source))
        return lambda text, span: quoted(text, escape_letters=escape_letters)[1:-1]

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        yield quoted(text, escape_letters=bool(ESCAPED_LETTER.search(source)))

    def fits(self, candidate: str, text: str, source: str) -> bool:
        return True


def _meaning(token: str) -> str:
    if token in MEANINGS:
        return MEANINGS[token]
    if token[0] != "\\":
        return token
    code = int(token[2:6], 16)
    if len(token) > 6:
        code = 0x10000 + (code - 0xD800) * 0x400 + int(token[8:], 16) - 0xDC00
    return chr(code)
