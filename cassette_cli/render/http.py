"""A request or response as plain HTTP: headers worth seeing and the body, for what no protocol reads."""

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qsl

from cassette_cli.comparison.volatile import SAYS_NOTHING
from cassette_cli.framing.base import ContentLens
from cassette_cli.model import Header
from cassette_cli.redaction.masking import masked_header
from cassette_cli.render.elision import elided, size
from cassette_cli.render.json_text import STEP, json_lines, read
from cassette_cli.render.lines import BLANK, Line, Piece, Style, capped, line, paragraph
from cassette_cli.render.multipart import BodyPart, body_parts

# Headers that say what a request asks for or what an answer means, and hold no credentials. The others are shown
# with --full.
_TELLING = frozenset(
    {
        "accept",
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
# Lines of a body that is no conversation: what follows is counted, unless all is asked for.
BODY_LINES = 60
# A text with more of these than one in ten is no text: what UTF-8 cannot decode (PEP 383), and NUL.
_UNDECODABLE = dict.fromkeys([0, *range(0xDC80, 0xDD00)])


def header_lines(headers: Iterable[Header], indent: int, *, full: bool) -> Iterator[Line]:
    """Headers, one a line; those that tell something, or all."""
    for header in headers:
        value = header.value.text
        telling = header.name.lower() in _TELLING and value.partition(";")[0].lower() not in SAYS_NOTHING
        if full or telling:
            shown = masked_header(header.name, value)
            yield line(indent, (header.name, Style.NAME), (": ", Style.DIM), shown, hang=2)


def body_lines(content: ContentLens | None, media_type: str | None, indent: int, *, full: bool) -> Iterator[Line]:
    """A body: JSON and forms laid out, other text as it is, anything else as its type and size; nothing for none."""
    return capped(_body(content.text, media_type, indent), indent, BODY_LINES, full=full) if content else iter(())


def headers_section(title: str, headers: Iterable[Header], indent: int) -> Iterator[Line]:
    """All headers under a title; nothing where there are none."""
    lines = list(header_lines(headers, indent + STEP, full=True))
    return iter([line(indent, (title, Style.DIM)), *lines] if lines else [])


def plain_section(
    title: str, headers: Iterable[Header], media_type: str | None, body: Iterable[Line], indent: int, *, full: bool
) -> Iterator[Line]:
    """A side of an interaction as HTTP: a title with the media type, headers, and the body's lines (already indented
    by STEP more); nothing where there is neither."""
    told = list(header_lines(headers, indent + STEP, full=full))
    rest = iter(body)
    first = list(islice(rest, 1))
    if told or first:
        yield line(indent, (title, Style.STRONG), (f"  {media_type}" if media_type and first else "", Style.DIM))
    yield from told
    if told and first:
        yield BLANK
    yield from first
    yield from rest


def _body(body: str | bytes, media_type: str | None, indent: int) -> Iterator[Line]:
    if not body:
        return
    parts = list(body_parts(body)) if (media_type or "").startswith("multipart/") else []
    text = None if parts else _as_text(body)
    if parts:
        for part in parts:
            yield from _part(part, indent)
    elif text is None:
        yield line(indent, (f"<{media_type or 'binary'}, {size(len(body))}>", Style.DIM))
    else:
        yield from _text(text, media_type, indent)


def _as_text(body: str | bytes) -> str | None:
    """A body as text, None where it is none."""
    text = body if isinstance(body, str) else body.decode("utf-8", "surrogateescape")
    return None if len(text.translate(_UNDECODABLE)) < 0.9 * len(text) else text


def _text(text: str, media_type: str | None, indent: int) -> Iterator[Line]:
    value, is_json = read(text.removeprefix("\ufeff"))
    if is_json:
        yield from json_lines(value, indent)
    elif media_type == "application/x-www-form-urlencoded":
        for name, field in parse_qsl(text, keep_blank_values=True):
            yield line(indent, (name, Style.NAME), (" = ", Style.DIM), elided(field), hang=2)
    else:
        yield from paragraph(indent, elided(text.strip("\r\n")))


def _part(part: BodyPart, indent: int) -> Iterator[Line]:
    """A part of a multipart body: a field as in a form; anything else by its name, type and size, text below."""
    text = _as_text(part.data)
    if part.name is not None and part.filename is None and text is not None and "\n" not in text:
        yield line(indent, (part.name, Style.NAME), (" = ", Style.DIM), elided(text), hang=2)
        return
    names: list[Piece] = [(f"{part.name}  ", Style.NAME)] if part.name else []
    names += [(f"{part.filename}  ", Style.PLAIN)] if part.filename else []
    yield line(indent, *names, (f"<{part.media_type}, {size(len(part.data))}>", Style.DIM))
    if text:
        yield from _text(text, part.media_type, indent + STEP)
