"""Two interactions compared as HTTP: method and URL, headers, status, and bodies that no protocol reads."""

import hashlib
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, unquote

from cassette_cli.comparison.changes import ABSENT, Change, Part, Value, Verdict, cosmetic
from cassette_cli.comparison.context import RENAMED, Context
from cassette_cli.comparison.identities import is_moment
from cassette_cli.comparison.places import step
from cassette_cli.comparison.volatile import REQUEST_HEADERS, RESPONSE_HEADERS, SAYS_NOTHING, header_reason
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens
from cassette_cli.model import Header, Request, split_url
from cassette_cli.protocols.base import parse_json
from cassette_cli.redaction.masking import masked_header, masked_url

LEFT_OUT = "one of the recorders leaves it out"
WHO_ASKS = "who asks"


def url_changes(context: Context, old: Exchange, new: Exchange) -> Iterator[Change]:
    """The changes of method and URL, credentials masked. A model in the path is the prompt's to tell."""
    before, after = old.interaction.request, new.interaction.request
    yield from context.value("request.method", Part.URL, Verdict.REQUEST, before.method, after.method)
    one, other = (split_url(each.url.text if each.url else "") for each in (before, after))
    if one.netloc and other.netloc:
        hosts = [each.netloc.rpartition("@")[2] for each in (one, other)]
        yield from context.value("request.url.host", Part.URL, Verdict.REQUEST, *hosts)
    yield from _path_changes(context, _without_model(one.path, old), _without_model(other.path, new))
    queries = [dict(parse_qsl(each.query, keep_blank_values=True)) for each in (one, other)]
    masks = [dict(parse_qsl(split_url(_masked(each)).query, keep_blank_values=True)) for each in (before, after)]
    for name in dict.fromkeys([*queries[0], *queries[1]]):
        values = [each.get(name) for each in queries]
        shown = [each.get(name) for each in masks]
        if values[0] == values[1]:
            continue
        where = step("request.url.query", name)
        if values != shown:
            yield cosmetic(where, Part.URL, _or_absent(shown[0]), _or_absent(shown[1]), WHO_ASKS)
        else:
            yield from context.value(where, Part.URL, Verdict.REQUEST, *map(_or_absent, values))


def _path_changes(context: Context, old: str, new: str) -> Iterator[Change]:
    if old == new:
        return
    where = "request.url.path"
    if context.ids.same_path(old, new):
        yield cosmetic(where, Part.IDS, old, new, RENAMED)
    else:
        yield Change(where=where, part=Part.URL, verdict=Verdict.REQUEST, old=old, new=new)


def _masked(request: Request) -> str:
    return masked_url(request.url.text) if request.url else ""


def _without_model(path: str, exchange: Exchange) -> str:
    model = exchange.prompt.model if exchange.prompt else None
    return unquote(path).replace(model, "{model}") if model else path


def header_changes(side: str, old: Sequence[Header], new: Sequence[Header], *, same_recorder: bool) -> Iterator[Change]:
    """The changes of the headers of a side, "request" or "response", credentials masked. Those that ask for something
    or mean something have the class of their side, unless only one recording has them at all."""
    matter = REQUEST_HEADERS if side == "request" else RESPONSE_HEADERS
    strong = Verdict.REQUEST if side == "request" else Verdict.BEHAVIOUR
    before, after = _grouped(old), _grouped(new)
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name, []), after.get(name, [])
        if one == other:
            continue
        where = f"{side}.headers.{name}"
        was, now = (
            ", ".join(masked_header(name, value) for value in each) if each else ABSENT for each in (one, other)
        )
        part, reason = header_reason(name)
        if name not in matter or (name == "accept" and {*one, *other} <= SAYS_NOTHING):
            yield cosmetic(where, part, was, now, reason)
        elif not (one and other) and (not same_recorder or not (old and new) or name in ("content-type", "accept")):
            yield cosmetic(where, Part.HEADERS, was, now, LEFT_OUT)
        elif name == "content-type" and [_media_type(each) for each in one] == [_media_type(each) for each in other]:
            yield cosmetic(where, Part.HEADERS, was, now, "the same media type")
        else:
            yield Change(where=where, part=Part.HEADERS, verdict=strong, old=was, new=now)


def _grouped(headers: Sequence[Header]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for header in headers:
        found.setdefault(header.name.lower(), []).append(header.value.text)
    return found


def _media_type(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def body_changes(
    context: Context,
    where: str,
    verdict: Verdict,
    old: tuple[ContentLens | None, str | None],
    new: tuple[ContentLens | None, str | None],
) -> Iterator[Change]:
    """The changes of a body that no protocol reads, given with its media type on each side: JSON and forms by path,
    other text as text, bytes by size and hash."""
    before, after = (_value(content, media_type) for content, media_type in (old, new))
    if isinstance(before, dict | list) and isinstance(after, dict | list):
        yield from context.json(where, Part.BODY, verdict, before, after, free=True)
    elif before != after:
        if is_moment(before, after) or context.ids.renamed(before, after):
            yield cosmetic(where, Part.IDS, before, after, RENAMED)
        else:
            yield Change(where=where, part=Part.BODY, verdict=verdict, old=before, new=after)


def _value(content: ContentLens | None, media_type: str | None) -> Value:
    """A body as a value: of JSON and forms the value, of text the text, of bytes a line about them."""
    if content is None or not content.text:
        return ABSENT
    body = content.text
    if isinstance(body, bytes):
        return f"<{media_type or 'binary'}, {len(body):,} bytes, sha256 {hashlib.sha256(body).hexdigest()[:12]}>"
    value, is_json = parse_json(body.removeprefix("\ufeff"))
    if is_json:
        return value
    if media_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body, keep_blank_values=True))
    if media_type is not None and media_type.startswith("multipart/"):
        return _without_boundary(body)
    return body


def _without_boundary(body: str) -> str:
    """A multipart body (RFC 2046, 5.1.1) with one boundary for all: its first line says what it is."""
    first = body.lstrip("\r\n").partition("\n")[0].strip()
    return body.replace(first[2:], "boundary") if first.startswith("--") and len(first) > 2 else body


def status_changes(context: Context, old: Exchange, new: Exchange) -> Iterator[Change]:
    """The changes of the status, and of whether a response is streamed."""
    before, after = old.interaction.response, new.interaction.response
    yield from context.value("response.status", Part.STATUS, Verdict.BEHAVIOUR, before.status, after.status)
    yield from context.value("response.streamed", Part.STATUS, Verdict.BEHAVIOUR, old.streamed, new.streamed)


def _or_absent(value: str | None) -> Value:
    return ABSENT if value is None else value
