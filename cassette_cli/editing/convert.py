"""A streamed reply as the plain one that the provider gives for the same request, and the other way round."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from cassette_cli.conversation import Json, Message, Reply, Usage
from cassette_cli.document import from_json
from cassette_cli.document.arranging import arranged
from cassette_cli.document.encoding import Utf8
from cassette_cli.document.lens import Change
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Edit, Span, changed
from cassette_cli.document.tree import Mapping, Node, Scalar
from cassette_cli.editing.edit import Edited
from cassette_cli.editing.headers import with_header
from cassette_cli.editing.json_edits import set_at
from cassette_cli.editing.meant import same_reply
from cassette_cli.editing.placing import holds_bytes, placed
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.framing import eventstream
from cassette_cli.framing.base import is_text
from cassette_cli.framing.encoding import Latin1
from cassette_cli.lengths import lengths
from cassette_cli.model import Cassette, header_value
from cassette_cli.proof import prove
from cassette_cli.writing import named
from cassette_cli.writing.base import Request, Sent, Writer, dumps, loads

Form: TypeAlias = Literal["plain", "stream"]

MEDIA_TYPES = {"sse": "text/event-stream", "ndjson": "application/x-ndjson", "eventstream": eventstream.MEDIA_TYPE}
JSON = "application/json"
# Google ends the lines of its events so.
CRLF = "google.generate_content"


def converted(cassette: Cassette, index: int, form: Form) -> Edited:
    """The cassette in which an interaction has its reply in this form, its request asks for it, and headers say so.

    Raises CassetteError where the reply has no such form, or the recording no place for it; InternalError where a
    proof fails.
    """
    try:
        return _converted(cassette, index, form)
    except CassetteError as error:
        raise type(error)(f"interaction {index}: {error.message}", error.where).at(cassette.path) from None


def _converted(cassette: Cassette, index: int, form: Form) -> Edited:
    found = exchange(cassette.interactions[index])
    writer = _writer(found, form)
    if writer is None:
        return Edited(cassette)
    body, whole = _written(writer, found, form)
    place, at = _place(cassette, found, body)
    changes = _whole(at, body)
    changes += _asked(at, writer, whole, streamed=form == "stream")
    again = prove(place, [*changes, *lengths([at], changes)], with_companions=True)
    again = _with_headers(again, index, writer, form)
    now = exchange(again.interactions[index])
    if now.reply is None or now.protocol != found.protocol or now.streamed != (form == "stream"):
        raise InternalError("the reply would not be read as it was; the file was left alone")
    assert found.reply is not None
    return Edited(again, tuple(_lost(found.reply, now.reply)))


def _writer(found: Exchange, form: Form) -> Writer | None:
    """What writes the form; None where the reply has it already."""
    if found.reply is None or found.protocol is None or found.content is None:
        raise CassetteError("this is plain HTTP or a protocol that is not known, so there is no reply to convert")
    if found.streamed == (form == "stream"):
        return None
    writer = named(found.protocol)
    if writer is None:
        raise CassetteError(
            f"how {found.protocol} writes a {'streamed' if form == 'stream' else 'plain'} reply is not known here"
        )
    if found.reply.error is not None or (found.interaction.response.status or 200) >= 400:
        raise CassetteError("the reply is an error, which has one form only")
    if form == "plain" and not found.reply.complete:
        raise CassetteError("the stream is cut off, and a plain reply would be whole")
    return writer


def _place(cassette: Cassette, found: Exchange, body: str | bytes) -> tuple[Cassette, Exchange]:
    """The cassette with a place for such a body, and the exchange there."""
    assert found.content is not None
    of_bytes = isinstance(body, bytes)
    is_structure = isinstance(found.content, JsonText) and found.framing == "whole"
    if not (is_structure or (of_bytes and not holds_bytes(cassette, found.content))):
        return cassette, found
    cassette = placed(cassette, found.interaction.index, of_bytes=of_bytes)
    return cassette, exchange(cassette.interactions[found.interaction.index])


def _written(writer: Writer, found: Exchange, form: Form) -> tuple[str | bytes, Json]:
    """The body of the reply in the form, and the JSON of the plain one."""
    try:
        if form == "plain":
            values = [_value(frame.data) for frame in found.frames if frame.data]
            whole = writer.plain(values)
            return dumps(whole), whole
        assert found.content is not None
        whole = loads(found.frames[0].data or "")
        return _streamed(writer, writer.stream(whole)), whole
    except ValueError as error:
        raise CassetteError(f"the reply has no {form} form: {error}") from None
    except (TypeError, AttributeError, KeyError, IndexError, RecursionError):
        raise CassetteError(f"the reply has no {form} form: a field of it has an unexpected shape") from None


def _value(data: str) -> Json:
    try:
        return loads(data)
    except (ValueError, RecursionError):
        return None


def _streamed(writer: Writer, events: Sequence[Sent]) -> str | bytes:
    if writer.FRAMING == eventstream.NAME:
        return b"".join(eventstream.event(event.type or "", event.data) for event in events)
    if writer.FRAMING == "ndjson":
        return "".join(f"{event.data}\n" for event in events)
    end = "\r\n" if writer.NAME == CRLF else "\n"
    return "".join(
        (f"event: {event.type}{end}" if event.type else "") + f"data: {event.data}{end}{end}" for event in events
    )


def _whole(found: Exchange, body: str | bytes) -> list[Change]:
    """The edit that puts a body in the place of the content: a text as bytes where it lies in such, and bytes under a
    text."""
    content = found.content
    assert content is not None
    if isinstance(body, bytes) and isinstance(content, Utf8 | Latin1):
        return [(content.outer, Edit(Span(0, len(content.outer.text)), body))]
    if is_text(content):
        text = body if isinstance(body, str) else body.decode("utf-8", "surrogateescape")
        return [(content, Edit(Span(0, len(content.text)), text))]
    return [(content, Edit(Span(0, len(content.text)), body.encode() if isinstance(body, str) else body))]


def _asked(found: Exchange, writer: Writer, whole: Json, *, streamed: bool) -> list[Change]:
    """The edits of the request: of its body, and of its URL."""
    url, content = found.interaction.request.url, found.request_content
    body = _value(content.text) if content and is_text(content) else None
    try:
        request = writer.asking(url.text if url else "", body, whole, streamed=streamed)
    except ValueError:
        request = Request({}, url.text if url else "")
    changes: list[Change] = [(url, edit) for edit in changed(url.text, request.url)] if url else []
    if content and is_text(content) and isinstance(body, dict):
        changes += [(content, edit) for edit in changed(content.text, _asking(content.text, body, request.fields))]
    return changes


def _asking(text: str, body: dict[str, Json], fields: dict[str, Json]) -> str:
    for name, value in fields.items():
        if value is not None and (name not in body or body[name] != value):
            edit = set_at(text, (name,), dumps(value))
        elif value is None and name in body:
            root = from_json.parse(text)
            assert isinstance(root, Mapping)
            order = [at for at, (key, _) in enumerate(root.items) if not _is(key, name)]
            edit = arranged(text, root, order)
        else:
            continue
        text = text[: edit.span.start] + edit.new + text[edit.span.end :]
    return text


def _is(key: Node, name: str) -> bool:
    return isinstance(key, Scalar) and key.value == name


def _with_headers(cassette: Cassette, index: int, writer: Writer, form: Form) -> Cassette:
    """What the headers say of the body's type, and of how it is sent."""
    response = cassette.interactions[index].response
    media_type = JSON if form == "plain" else MEDIA_TYPES[writer.FRAMING]
    held = header_value(response.headers, "content-type")
    if held is not None:
        _, semicolon, parameters = held.partition(";")
        cassette = with_header(cassette, index, "response", "content-type", media_type + semicolon + parameters)
    gone = "transfer-encoding" if form == "plain" else "content-length"
    try:
        return with_header(cassette, index, "response", gone, None)
    except InternalError:
        raise
    except CassetteError:  # it is not there, or has to stay for what the body looks like
        return cassette


def _lost(old: Reply, new: Reply) -> list[str]:
    """What the new form does not say as the old one did. Raises CassetteError where that is part of the reply."""
    if same_reply(old, new):
        return []
    bare = [replace(each, messages=tuple(_bare(message) for message in each.messages)) for each in (old, new)]
    if _same_counts(old.usage, new.usage):
        bare = [replace(each, usage=old.usage) for each in bare]
    if not same_reply(*bare):
        raise CassetteError(f"the other form would not say the same: {_difference(*bare)}")
    names = sorted(
        {
            name
            for one, other in zip(old.messages, new.messages, strict=True)
            for name in {*(one.extra or {}), *(other.extra or {})}
            if (one.extra or {}).get(name) != (other.extra or {}).get(name)
        }
    )
    if not names:
        return []
    return [f"what stands beside the message is not the same in the other form: {', '.join(names)}"]


def _same_counts(old: Usage | None, new: Usage | None) -> bool:
    """Whether the provider's counts are the same but for their names, which some have other ones of in each form."""
    if old is None or new is None or replace(old, raw=None) != replace(new, raw=None):
        return False
    raws = [each.raw for each in (old, new) if isinstance(each.raw, dict)]
    counts = [sorted(str(count) for count in raw.values() if count is not None) for raw in raws]
    return len(counts) == 2 and counts[0] == counts[1]


def _bare(message: Message) -> Message:
    """A message without what stands beside it. A stream may leave out who speaks."""
    return replace(message, role=message.role or "assistant", extra=None)


def _difference(one: Reply, other: Reply) -> str:
    names = [
        name for name in ("id", "model", "usage", "error", "complete") if getattr(one, name) != getattr(other, name)
    ]
    return ", ".join(names) or "its messages differ"
