"""The text of an httprr trace to a tree with places.

    httprr trace v1
    375 769                                          <- sizes in bytes, of the request and of the response
    POST https://api.example.com/v1/chat HTTP/1.1    <- the request, as it went over the wire
    ...
    HTTP/2.0 200 OK                                  <- the response, right behind it
    ...

https://pkg.go.dev/golang.org/x/oscar/internal/httprr (langchaingo has a copy of it). The tree is a list of mappings
with `request_size`, `response_size`, `request` and `response`, as if it were written so in YAML.

Messages are bytes, and a compressed body is no UTF-8; such bytes stand in the text as surrogates (PEP 383).
"""

import re

from cassette_cli.document.document import position
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Scalar, Sequence, Style
from cassette_cli.errors import CassetteError, Where

MAGIC = "httprr trace v1\n"
TAG = "httprr"
SIZES = re.compile(r"(\d{1,12}) (\d{1,12})\n")


def parse(text: str) -> Sequence:
    """The tree of a trace. It ends before a record whose sizes do not fit the text.

    Raises CassetteError with line and column where no text of a trace begins, or where its first record is such.
    """
    if not text.startswith(MAGIC):
        raise _fault(text, 0, f"the first line is not {MAGIC.strip()!r}")
    records: list[Mapping] = []
    end = len(MAGIC)
    try:
        while end < len(text):
            records.append(_record(text, end))
            end = records[-1].span.end
    except CassetteError:
        if not records:
            raise
    return Sequence(tuple(records), Span(0, end), TAG)


def rest_fault(text: str, end: int) -> CassetteError | None:
    """Why a tree ends here, before its text does; None where the text ends here, too."""
    try:
        if end < len(text):
            _record(text, end)
    except CassetteError as error:
        return error
    return None


def _record(text: str, start: int) -> Mapping:
    sizes = SIZES.match(text, start)
    if not sizes:
        raise _fault(text, start, "two sizes are missing")
    middle = _end(text, sizes.end(), int(sizes[1]))
    end = _end(text, middle, int(sizes[2]))
    spans = (
        ("request_size", Span(*sizes.span(1))),
        ("response_size", Span(*sizes.span(2))),
        ("request", Span(sizes.end(), middle)),
        ("response", Span(middle, end)),
    )
    return Mapping(tuple((_name(name), _scalar(text, span)) for name, span in spans), Span(start, end))


def _end(text: str, start: int, size: int) -> int:
    """Where `size` bytes of UTF-8 end that begin at a character."""
    # No character takes less than a byte, so no more characters than bytes are looked at.
    data = text[start : start + size].encode("utf-8", "surrogateescape")[:size]
    end = start + len(data.decode("utf-8", "surrogateescape"))
    if len(data) < size or text[start:end].encode("utf-8", "surrogateescape") != data:
        raise _fault(text, start, f"a message of {size} bytes does not end where its size says (is the file cut off?)")
    return end


def _name(name: str) -> Scalar:
    return Scalar(name, Span(0, 0), Style.VERBATIM)


def _scalar(text: str, span: Span) -> Scalar:
    return Scalar(text[span.start : span.end], span, Style.VERBATIM)


def _fault(text: str, offset: int, message: str) -> CassetteError:
    return CassetteError(f"not an httprr trace: {message}", Where(None, *position(text, offset)))
