"""A request or response as plain HTTP: headers worth seeing and the body, for what no protocol reads."""

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qsl

from cassette_cli.model import Header
from cassette_cli.render.elision import elided, plural, size
from cassette_cli.render.json_text import json_lines, read
from cassette_cli.render.lines import Line, Style, line, paragraph

# Headers that say what a request asks for or what an answer means, and hold no credentials. The others are shown
# with --full.
_TELLING = frozenset(
    {
        "accept",
        "content-type",
        "range",
        "content-range",
        "if-match",
        "if-none-match",
        "if-modified-since",
        "prefer",
        "depth",
        "location",
        "link",
        "allow",
        "retry-after",
        "www-authenticate",
        "x-http-method-override",
        "anthropic-beta",
        "openai-beta",
    }
)
_SAYS_NOTHING = frozenset({"*/*", "", "application/json"})  # media types
# Lines of a body that is no conversation: what follows is counted, unless all is asked for.
_LINES = 60
# A text with more of these than one in ten is no text: what UTF-8 cannot decode (PEP 383), and NUL.
_UNDECODABLE = dict.fromkeys([0, *range(0xDC80, 0xDD00)])


def header_lines(headers: Iterable[Header], indent: int, *, full: bool) -> Iterator[Line]:
    """Headers, one a line; those that tell something, or all."""
    for header in headers:
        value = header.value.text
        telling = header.name.lower() in _TELLING and value.partition(";")[0].lower() not in _SAYS_NOTHING
        if full or telling:
            yield line(indent, (header.name, Style.NAME), (": ", Style.DIM), value, hang=2)


def body_lines(body: str | bytes, media_type: str | None, indent: int, *, full: bool) -> Iterator[Line]:
    """A body: JSON and forms laid out, other text as it is, anything else as its type and size."""
    return capped(_body(body, media_type, indent), indent, full=full)


def capped(lines: Iterable[Line], indent: int, *, full: bool) -> Iterator[Line]:
    """The first lines of many, and how many more there are."""
    rest = iter(lines)
    if full:
        yield from rest
        return
    yield from islice(rest, _LINES)
    more = sum(1 for _ in rest)
    if more:
        yield line(indent, (f"… {plural(more, 'more line')} (--full shows them)", Style.DIM))


def _body(body: str | bytes, media_type: str | None, indent: int) -> Iterator[Line]:
    if not body:
        return
    text = body if isinstance(body, str) else body.decode("utf-8", "surrogateescape")
    if len(text.translate(_UNDECODABLE)) < 0.9 * len(text):
        yield line(indent, (f"<{media_type or 'binary'}, {size(len(body))}>", Style.DIM))
        return
    value, is_json = read(text)
    if is_json:
        yield from json_lines(value, indent)
    elif media_type == "application/x-www-form-urlencoded":
        for name, field in parse_qsl(text, keep_blank_values=True):
            yield line(indent, (name, Style.NAME), (" = ", Style.DIM), elided(field), hang=2)
    else:
        yield from paragraph(indent, elided(text.strip("\r\n")))
