"""Headers of a response or request set, added and removed, in the manner of those that are there."""

import re
from collections.abc import Sequence as Many

from cassette_cli.document.arranging import stretches
from cassette_cli.document.json_string import quoted
from cassette_cli.document.lens import Fixed, Slice, lift_all
from cassette_cli.document.text import Edit, Span, moved, splice
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style, get
from cassette_cli.document.yaml_kind import kind_of
from cassette_cli.editing.interactions import holder
from cassette_cli.errors import CassetteError
from cassette_cli.header_removal import removal
from cassette_cli.model import Cassette, Header, MessageSide
from cassette_cli.proof import Said, prove, prove_rebuilt, said

# A name that YAML reads as it stands, and what a name may consist of (RFC 9110, 5.6.2).
PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# A line of a header in a message as it went over the wire.
END_OF_LINE = re.compile(r"[ \t]*(?:\r\n|\n)")


def with_header(cassette: Cassette, index: int, side: MessageSide, name: str, value: str | None) -> Cassette:
    """The cassette whose interaction has this header with this one value; without the header for None.

    Raises CassetteError where the file has no place for it, or there is no such header to remove.
    """
    if not NAME.fullmatch(name):
        raise CassetteError(f"{name!r} is no name of a header")
    if value is not None and ("\n" in value or "\r" in value):
        raise CassetteError(f"a value of the header {name} cannot hold a line break")
    there = _named(_headers(cassette, index, side), name)
    if value is None and not there:
        raise CassetteError(f"the {side} of interaction {index} has no header {name}")
    if value is None or len(there) > 1:
        cassette = _without(cassette, index, side, name, keep=value is not None)
    elif not there:
        cassette = _with_another(cassette, index, side, name)
    if value is None:
        return cassette
    header = _named(_headers(cassette, index, side), name)[0]
    return prove(cassette, [(header.value, Edit(Span(0, len(header.value.text)), value))])


def _headers(cassette: Cassette, index: int, side: MessageSide) -> Many[Header]:
    interaction = cassette.interactions[index]
    return interaction.request.headers if side == "request" else interaction.response.headers


def _named(headers: Many[Header], name: str) -> list[Header]:
    return [header for header in headers if header.name.lower() == name.lower()]


def _mapping(cassette: Cassette, index: int, side: MessageSide) -> Mapping | None:
    held = get(holder(cassette).items[index], side, "headers")
    return held if isinstance(held, Mapping) else None


def _listed(cassette: Cassette, index: int, side: MessageSide) -> Sequence | None:
    """The headers as a list of objects with a name and a value, as HAR has them; None where they are none."""
    held = get(holder(cassette).items[index], side, "headers")
    objects = isinstance(held, Sequence) and bool(held.items) and all(_name_in(item) for item in held.items)
    return held if isinstance(held, Sequence) and objects else None


def _name_in(item: Node) -> str:
    return _key(get(item, "name") or item)


def _with_another_object(
    text: str, listed: Sequence, headers: Many[Header], name: str
) -> tuple[list[Edit[str]], list[Header]]:
    """The edit that copies the last header of a list, under another name, and the headers then."""
    last, spans = listed.items[-1], [item.span for item in listed.items[-2:]]
    key = get(last, "name")
    assert key is not None
    copy = splice(text[slice(*last.span)], moved([Edit(key.span, quoted(name))], -last.span.start))
    comma = text[spans[0].end : spans[1].start] if len(spans) > 1 else ","
    end = Span(last.span.end, last.span.end)
    return [Edit(end, comma + copy)], [*headers, _copy(name, headers[-1].value.text)]


def _key(node: Node) -> str:
    return node.value if isinstance(node, Scalar) else ""


def _proven(
    cassette: Cassette, index: int, side: MessageSide, edits: Many[Edit[str]], headers: Many[Header]
) -> Cassette:
    """The edits made: nothing but the headers of one side of one interaction reads otherwise."""
    pairs = [(header.name, header.value.text) for header in headers]
    meant = [said(each) for each in cassette.interactions]
    whole: Said = meant[index]
    meant[index] = (
        whole._replace(request_headers=pairs) if side == "request" else whole._replace(response_headers=pairs)
    )
    return prove_rebuilt(cassette, edits, meant)


def _without(cassette: Cassette, index: int, side: MessageSide, name: str, *, keep: bool) -> Cassette:
    """The cassette without the headers of a name; the first of them stays to be set where it is to `keep`."""
    drop = _named(_headers(cassette, index, side), name)[keep:]
    if any(isinstance(header.value, Fixed) for header in drop):
        raise CassetteError(f"the header {name} cannot be removed: what the body looks like hangs on it")
    return prove(cassette, *removal(cassette, drop))


def _line(header: Header) -> Slice:
    """The whole line of a header in a message as it went over the wire."""
    value = header.value
    if not isinstance(value, Slice):
        raise CassetteError(f"the header {header.name} is kept in a way that does not let it be removed")
    text = value.outer.text
    end = END_OF_LINE.match(text, value.span.end)
    begin = text.rfind("\n", 0, value.span.start) + 1
    return Slice(value.outer, Span(begin, end.end() if end else len(text)))


def _with_another(cassette: Cassette, index: int, side: MessageSide, name: str) -> Cassette:
    """The cassette with one header more, whose value is still that of another."""
    headers = _headers(cassette, index, side)
    mapping = _mapping(cassette, index, side)
    if listed := _listed(cassette, index, side):
        return _proven(cassette, index, side, *_with_another_object(cassette.document.text, listed, headers, name))
    if mapping is None:
        return _with_another_line(cassette, index, side, name)
    if not mapping.items:
        edit = Edit(mapping.span, f"{{{quoted(name)}: [{quoted('')}]}}")
        return _proven(cassette, index, side, [edit], [_copy(name, "")])
    model = next((at for at, pair in reversed(list(enumerate(mapping.items))) if _is_model(*pair)), None)
    if model is None:
        raise CassetteError("none of the headers that are there shows how another one is to be written")
    place = _place(mapping, name)
    edit, value = _copied(cassette.document.text, mapping, model, place, name)
    before = sum(_values(pair[1]) for pair in mapping.items[:place])
    return _proven(cassette, index, side, [edit], [*headers[:before], _copy(name, value), *headers[before:]])


def _copied(text: str, mapping: Mapping, model: int, place: int, name: str) -> tuple[Edit[str], str]:
    """The edit that puts a copy of an entry, under another name, before the entry at `place`; and its value."""
    key, held = mapping.items[model]
    value = held.items[0] if isinstance(held, Sequence) else held
    assert isinstance(value, Scalar)
    plain = (
        isinstance(key, Scalar) and key.style is Style.PLAIN and PLAIN_NAME.fullmatch(name) and kind_of(name) == "text"
    )
    spelled = name if plain else quoted(name)
    begin = mapping.items[0][0].span.start
    if not _is_block(text, mapping):
        copy = spelled + text[key.span.end : held.span.end]
        before = place < len(mapping.items)
        at = mapping.items[place][0].span.start if before else mapping.items[-1][1].span.end
        comma = text[mapping.items[0][1].span.end : mapping.items[1][0].span.start] if len(mapping.items) > 1 else ", "
        return Edit(Span(at, at), copy + comma if before else comma + copy), value.value
    spans = stretches(text, mapping)
    whole = Span(key.span.start - _indent(text, key.span.start), spans[model].end)
    shifted = moved([Edit(key.span, spelled)], -whole.start)
    copy = splice(text[slice(*whole)], shifted)
    at = spans[place].start if place < len(spans) else spans[-1].end
    if at <= begin and spans[0].start == at and place:
        at = begin
    return Edit(Span(at, at), copy if copy.endswith("\n") else f"\n{copy}"), value.value


def _indent(text: str, start: int) -> int:
    return start - (text.rfind("\n", 0, start) + 1)


def _is_block(text: str, mapping: Mapping) -> bool:
    return not text.startswith("{", mapping.span.start)


def _is_model(key: Node, value: Node) -> bool:
    """Whether an entry shows how one is written: a plain key with one value that bears no tag."""
    if isinstance(value, Sequence) and len(value.items) == 1:
        value = value.items[0]
    return all(isinstance(node, Scalar) and node.tag is None and not node.shared for node in (key, value))


def _values(node: Node) -> int:
    return len(node.items) if isinstance(node, Sequence) else 1


def _place(mapping: Mapping, name: str) -> int:
    """Where an entry goes: in order where the entries have one, else to the end."""
    names = [_key(key) for key, _ in mapping.items]
    for order in (str, str.lower):
        keys = [order(each) for each in names]
        if keys == sorted(keys):
            return sum(1 for each in keys if each <= order(name))
    return len(names)


def _copy(name: str, value: str) -> Header:
    return Header(name, Fixed(value))


def _with_another_line(cassette: Cassette, index: int, side: MessageSide, name: str) -> Cassette:
    headers = _headers(cassette, index, side)
    models = [header for header in headers if isinstance(header.value, Slice)]
    if not models:
        raise CassetteError("none of the headers that are there shows how another one is to be written")
    model = models[-1]
    line = _line(model)
    at = Span(line.span.end, line.span.end)
    start = len(model.name)
    edits = lift_all([(line.outer, Edit(at, name + line.text[start:]))])
    after = headers.index(model) + 1
    return _proven(cassette, index, side, edits, [*headers[:after], _copy(name, model.value.text), *headers[after:]])
