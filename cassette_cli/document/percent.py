"""The spelling of a percent-encoded text: RFC 3986, section 2.1; in forms and queries a plus sign is a space
(https://url.spec.whatwg.org/#application/x-www-form-urlencoded)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, unquote

from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.spelling import Atom, Writer
from cassette_cli.document.text import Edit, Span, changed, splice
from cassette_cli.errors import CassetteError

# What a value in a query need not encode: pchar, "/" and "?" without what separates parameters.
QUERY_SAFE = "!$'()*,:;@/?"
TOKEN = re.compile(r"(?:%[0-9a-fA-F]{2})+|\+|[^%+]+|%")


@dataclass(frozen=True, slots=True)
class Percent:
    """`form` says that `+` is a space; `safe` are the characters, beside letters, digits and `_.-~`, that new text
    keeps as they are. Bytes that are no UTF-8 decode to surrogates (PEP 383) and are kept."""

    form: bool = False
    safe: str = ""

    def atoms(self, source: str) -> Sequence[Atom]:
        return list(self._tokens(source))

    def writer(self, source: str) -> Writer:
        encode = quote_plus if self.form else quote

        def write(text: str, span: Span) -> str:
            return encode(text, safe=self.safe, errors="surrogateescape")

        return write

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        yield self.writer(source)(text, Span(0, 0))

    def fits(self, candidate: str, text: str, source: str) -> bool:
        return True

    def _tokens(self, source: str) -> Iterator[Atom]:
        for found in TOKEN.finditer(source):
            start, end = found.span()
            if found[0] == "+" and self.form:
                yield " ", start, end
            elif found[0][0] == "%" and end - start > 1:
                yield from _characters(found[0], start)
            else:
                yield found[0], start, end


def _characters(run: str, start: int) -> Iterator[Atom]:
    """One atom per character of a run of percent-encoded bytes."""
    for char in unquote(run, errors="surrogateescape"):
        end = start + 3 * len(char.encode("utf-8", "surrogateescape"))
        yield char, start, end
        start = end


@dataclass(frozen=True, slots=True, eq=False)
class Quoted:
    """A text percent-encoded, which lies decoded in another: the value of a parameter that a recorder keeps beside the
    URL that it was taken from. Characters that a query may hold as they are stay (RFC 3986, section 3.4)."""

    outer: Lens[str]

    @property
    def text(self) -> str:
        return quote(self.outer.text, safe=QUERY_SAFE, errors="surrogateescape")

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        target = splice(self.text, edits)
        after = unquote(target, errors="surrogateescape")
        if quote(after, safe=QUERY_SAFE, errors="surrogateescape") != target:
            raise CassetteError("this parameter is kept decoded, and the edited text is not how it is encoded")
        return [(self.outer, edit) for edit in changed(self.outer.text, after)]
