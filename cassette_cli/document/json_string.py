"""The spelling of a JSON string: RFC 8259, section 7. The source is the whole string, quotes included."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json import dumps

from cassette_cli.document.spelling import Atom, Writer
from cassette_cli.document.text import Span

# A surrogate pair is one character; a lone surrogate is one, too.
TOKEN = re.compile(
    r'[^\\"]+|\\(?:u(?P<pair>[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|u(?P<code>[0-9a-fA-F]{4})'
    r'|(?P<letter>["\\/bfnrt]))|(?P<bad>["\\])'
)
LETTERS = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
# An escape that its character does not need. (Go's encoder escapes these others: <, >, & and the two separators.)
ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7]|202[89])[0-9a-fA-F]{4}")
# Characters that are escaped where JSON allows them raw.
UNSAFE = re.compile(r"[\ud800-\udfff\x7f\u2028\u2029]")


def quoted(text: str, *, escape_letters: bool = False) -> str:
    """A text as a JSON string; letters beyond ASCII stay as they are or become escapes."""
    spelled = dumps(text, ensure_ascii=escape_letters)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


@dataclass(frozen=True, slots=True)
class JsonString:
    """Escapes of the old text stay; new text is escaped as the old one was: letters beyond ASCII as `\\u` where the
    source does that, raw otherwise."""

    def atoms(self, source: str) -> Sequence[Atom]:
        if len(source) < 2 or source[0] != '"' or source[-1] != '"':
            raise ValueError("not a JSON string")
        tokens = TOKEN.finditer(source, 1, len(source) - 1)
        return [Atom(_meaning(found), *found.span()) for found in tokens]

    def writer(self, source: str) -> Writer:
        escape_letters = bool(ESCAPED_LETTER.search(source))
        return lambda text, span: quoted(text, escape_letters=escape_letters)[1:-1]

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        yield quoted(text, escape_letters=bool(ESCAPED_LETTER.search(source)))

    def fits(self, candidate: str, text: str, source: str) -> bool:
        return True


def _meaning(found: re.Match[str]) -> str:
    match found.lastgroup:
        case None:
            return found[0]
        case "letter":
            return LETTERS[found["letter"]]
        case "code":
            return chr(int(found["code"], 16))
        case "pair":
            high, low = int(found["pair"][:4], 16), int(found["pair"][6:], 16)
            return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)
    raise ValueError("not a JSON string")
