"""Secrets by place, masked where a recording is shown to people: values of headers, parts of URLs.

What is masked here is what the default rules find by place, and nothing else: no text is searched.
"""

from collections.abc import Iterable

from cassette_cli.document.lens import Fixed
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.redaction import pieces
from cassette_cli.redaction.named import by_place
from cassette_cli.redaction.rules import DEFAULT
from cassette_cli.redaction.text import Spot, Text

MASK = "<redacted>"


def masked_header(name: str, value: str) -> str:
    """The value of a header, the secret in it masked: `Bearer <redacted>`."""
    low = name.lower()
    if low in ("cookie", "set-cookie"):
        held = pieces.cookies(value, only_first=low == "set-cookie")
        spans = [each.span for each in held if _secrets(each.value, Spot.COOKIE, each.name)]
    else:
        spans = _secrets(value, Spot.HEADER, low)
    return splice(value, (Edit(span, MASK) for span in spans))


def masked_url(url: str) -> str:
    """A URL, the password and the parameters that are secrets masked: `https://user:<redacted>@host/?key=<redacted>`."""
    found = pieces.URL.match(url)
    if not found:
        return url
    spans = []
    user, colon, password = (found["userinfo"] or "").partition(":")
    if password and _secrets(password, Spot.PASSWORD):
        start = found.start("userinfo") + len(user + colon)
        spans.append(Span(start, start + len(password)))
    if found["query"]:
        query = pieces.pairs(url[: found.end("query")], found.start("query"))
        spans += [pair.span for pair in query if _secrets(pair.value, Spot.QUERY, pair.name)]
    return splice(url, (Edit(span, MASK) for span in spans))


def _secrets(value: str, spot: Spot, name: str | None = None) -> list[Span]:
    text = Text(value, lambda: Fixed(value), "", spot=spot, name=name)
    return _apart(span for span, place in by_place(text) if place.category in DEFAULT)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, without those that overlap one before."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
