"""The spelling of a JSON string: RFC 8259, section 7. The source is the whole string, quotes included."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json import JSONDecodeError, dumps, loads

from cassette_cli.document.spelling import Atom, Writer
from cassette_cli.document.text import Span

# A surrogate pair is one character; a lone surrogate is one, too.
TOKEN = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]+", re.DOTALL
)
ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[01][0-9a-fA-F]|007[fF])[0-9a-fA-F]{4}")
UNSAFE = re.compile(r"[\ud800-\udfff\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class JsonString:
    """Escapes of the old text stay; new text is escaped as the old one was: non-ASCII letters as `\\u` where the
    source does that, raw otherwise."""

    def atoms(self, source: str) -> Sequence[Atom]:
        if len(source) < 2 or source[0] != '"' or source[-1] != '"':
            raise ValueError("not a JSON string")
        return list(_tokens(source))

    def writer(self, source: str) -> Writer:
        escapes = bool(ESCAPED_LETTER.search(source))

        def write(text: str, span: Span) -> str:
            spelled = dumps(text, ensure_ascii=escapes)[1:-1]
            return spelled if escapes else UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)

        return write

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        yield f'"{self.writer(source)(text, Span(0, 0))}"'

    def fits(self, candidate: str, text: str, source: str) -> bool:
        return True


def _tokens(source: str) -> Iterator[Atom]:
    for found in TOKEN.finditer(source, 1, len(source) - 1):
        start, end = found.span()
        raw = found[0]
        if raw[0] != "\\":
            if '"' in raw:
                raise ValueError("not a JSON string")
            yield Atom(raw, start, end)
            continue
        try:
            yield Atom(loads(f'"{raw}"'), start, end)
        except JSONDecodeError as error:
            raise ValueError("not a JSON escape") from error
