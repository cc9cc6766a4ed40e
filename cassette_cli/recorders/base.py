"""What a recorder is: it reads the tree of a file into Interactions. And the reading that all recorders share."""

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import Base64, base64_lens, utf8_lens
from cassette_cli.document.lens import Change, Fixed, Joined, Lens
from cassette_cli.document.percent import Quoted
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Edit, splice
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style, elements, entries, get, is_null, text_of
from cassette_cli.errors import CassetteError, Where
from cassette_cli.model import BodyLens, Header, Interaction, Request, Response

# What headers decide, by their names in small letters, and how their values say it.
Decisions = dict[str, Callable[[str], bool]]
Decoded = TypeVar("Decoded", bound=Lens[str] | Lens[bytes])

# Base64 in a scalar: YAML's own tag (https://yaml.org/type/binary.html), and what Ruby's Psych writes for it.
BINARY_TAGS = frozenset({"tag:yaml.org,2002:binary", "!binary"})
# What stands in an interaction: its sides, and what recorders write beside them.
BESIDE = frozenset({"id", "request", "response", "recorded_at"})
# So many interactions that lack something are named.
NAMED = 8
# https://yaml.org/type/merge.html; no recorder writes it, and what it brings has no place of its own.
MERGED = "a merge key (<<), and merge keys are not followed"
SMALL_METHOD = re.compile(":?[a-z]+(?:-[a-z]+)*")
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")


class Recorder(Protocol):
    """A module of this folder: how one recorder lays out its files."""

    NAME: str

    def matches(self, root: Node) -> bool:
        """Whether a file of this root node is the recorder's, by content; at most one recorder says yes."""

    def version(self, root: Node) -> int | str | None:
        """The format's own number or word, None where the file names none."""

    def interactions(self, document: Document) -> tuple[Interaction, ...]:
        """The interactions of a file that matches, in file order. A field of a wrong shape reads as absent."""

    def faults(self, document: Document) -> Iterable[CassetteError]:
        """What a file that matches lacks that the recorder always writes, and where: most such files are cut off."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An interaction's node, its number in the file, and the two mappings in it, None where one is missing."""

    index: int
    node: Node
    request: Mapping | None
    response: Mapping | None


def recorded(document: Document, *route: str) -> Iterator[Recorded]:
    """The interactions in the list at a route of keys; the root itself where there is no key."""
    return sides(elements(get(document.root, *route)))


def sides(nodes: Iterable[Node], request: str = "request", response: str = "response") -> Iterator[Recorded]:
    """Nodes as interactions, whose sides lie under these keys."""
    for index, node in enumerate(nodes):
        asked, answered = get(node, request), get(node, response)
        yield Recorded(index, node, mapping_of(asked), mapping_of(answered))


def flat(nodes: Iterable[Node]) -> Iterator[Recorded]:
    """Nodes as interactions that have what is of both sides in one mapping."""
    for index, node in enumerate(nodes):
        yield Recorded(index, node, mapping_of(node), mapping_of(node))


def missing(document: Document, key: str, status_of: Callable[[Mapping | None], int | None]) -> Iterator[CassetteError]:
    """What the interactions under a key of the root lack, with the place of each; `status_of` reads a response's."""
    held = get(document.root, key)
    if held is not None and _is_absent(held):
        yield _lacks(document, held, f"`{key}` holds nothing")
    yield from lacking(document, recorded(document, key), status_of)


def lacking(
    document: Document, found: Iterable[Recorded], status_of: Callable[[Mapping | None], int | None]
) -> Iterator[CassetteError]:
    """What interactions lack, with the place of each; `status_of` reads a response's."""
    lacks = [(each, lack) for each in found if (lack := _lack(each, status_of))]
    for each, lack in lacks[:NAMED]:
        yield _lacks(document, each.node, f"interaction {each.index} {lack}")
    if lacks[NAMED:]:
        yield CassetteError(f"{len(lacks) - NAMED} more interactions lack something")


def _lack(found: Recorded, status_of: Callable[[Mapping | None], int | None]) -> str | None:
    if not isinstance(found.node, Mapping):
        return "is not a mapping"
    if has_merge_key(found.node):
        return f"has {MERGED}"
    if found.request is None:
        return "has neither a request nor a response" if found.response is None else "has no request"
    if found.response is None:
        return "has no response"
    return "has no status" if status_of(found.response) is None else None


def has_merge_key(node: Node | None) -> bool:
    """Whether an interaction takes fields from elsewhere: in itself, its sides or their headers."""
    sides = [get(node, side) for side in ("request", "response")]
    return any(
        isinstance(key, Scalar) and key.value == "<<" and key.style is Style.PLAIN
        for mapping in (node, *sides, *(get(side, "headers") for side in sides))
        for key, _ in entries(mapping)
    )


def _is_absent(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and is_null(node))


def _lacks(document: Document, node: Node, lack: str) -> CassetteError:
    at_end = not document.text[node.span.end :].strip()
    hint = " (is the file cut off?)" if at_end else ""
    return CassetteError(f"{lack}{hint}", Where(None, *document.position(node.span.start)))


def first_recorded(root: Node, key: str) -> Recorded | None:
    """The first interaction under a key of the root that has both sides: what recorders are told apart by."""
    return first_whole(elements(get(root, key)))


def first_whole(nodes: Iterable[Node]) -> Recorded | None:
    """The first of nodes that has both sides of an interaction."""
    return next((each for each in sides(nodes) if each.request is not None and each.response is not None), None)


def is_empty(root: Node) -> bool:
    """Whether a file says `interactions` with nothing in it, and nothing else but a version. VCR.py loads an empty
    mapping there as it loads an empty list."""
    held = get(root, "interactions")
    return names_of(root) <= {"interactions", "version"} and isinstance(held, Sequence | Mapping) and not held.items


def is_beginning(root: Node, key: str, fields: frozenset[str]) -> bool:
    """Whether a file may be a cut-off one: it holds nothing but a key and a version, and what is under the key is
    nothing yet, or interactions whose sides have no other fields than these."""
    held = get(root, key)
    if held is None or not names_of(root) <= {key, "version"}:
        return False
    return (_is_absent(held) or bool(elements(held))) and all(_begins(node, fields) for node in elements(held))


def _begins(node: Node, fields: frozenset[str]) -> bool:
    sides = [side for name in ("request", "response") if (side := get(node, name)) is not None]
    return names_of(node) <= BESIDE and all(names_of(side) <= fields for side in sides)


def names_of(node: Node) -> set[str]:
    """The keys of a mapping that are scalars."""
    return {name.value for name, _ in entries(node) if isinstance(name, Scalar)}


def version_of(root: Node) -> int | str | None:
    """The root's `version`: a whole number where it is one."""
    held = get(root, "version")
    number = whole_number(held)
    return text_of(held) if number is None else number


def whole_number(node: Node | None) -> int | None:
    """A scalar's value as a whole number, however it is quoted; None for anything else."""
    text = text_of(node)
    return int(text) if text is not None and WHOLE_NUMBER.fullmatch(text) else None


def scalar_lens(document: Document, scalar: Scalar) -> Base64 | Lens[str]:
    """The lens of a scalar's text, or of the bytes within where its tag says base64. A text under that tag that is no
    base64 (a placeholder put there by hand) stays text."""
    lens = lens_of(document.source, scalar)
    return decoded_by(base64_lens, lens) if scalar.tag in BINARY_TAGS else lens


def decoded_by(decode: Callable[[Lens[str]], Decoded], lens: Lens[str]) -> Decoded | Lens[str]:
    """What a text holds in a coding; the text where it is not coded so: a placeholder put there by hand."""
    try:
        return decode(lens)
    except CassetteError:
        return lens


def mapping_of(node: Node | None) -> Mapping | None:
    """A node that is a mapping, None for any other."""
    return node if isinstance(node, Mapping) else None


def text_lens(document: Document, node: Node | None) -> Lens[str] | None:
    """The lens of a scalar, of the UTF-8 text within where it holds base64; None for null and for collections."""
    if not isinstance(node, Scalar) or is_null(node):
        return None
    lens = scalar_lens(document, node)
    return utf8_lens(lens) if isinstance(lens, Base64) else lens


def body_of(document: Document, side: Mapping | None) -> BodyLens | None:
    """The body of a request or a response that has it under `body`."""
    return body_lens(document, get(side, "body"))


def interaction(
    document: Document,
    found: Recorded,
    *,
    url: str,
    status: int | None,
    reason: str | None = None,
    body: Callable[[Document, Mapping | None], BodyLens | None] = body_of,
    recorded_at: str = "recorded_at",
    decisive: Decisions | None = None,
) -> Interaction:
    """An interaction as VCR lays it out, and many after it: sides with `method`, `headers` and `body`, and the URL and
    the time under these keys. `decisive` are names of headers, in small letters, and what of the body they decide."""
    asked, answered = found.request, found.response
    return Interaction(
        index=found.index,
        span=found.node.span,
        recorded_at=text_of(get(found.node, recorded_at)),
        request=Request(
            method=_method(text_of(get(asked, "method"))),
            url=text_lens(document, get(asked, url)),
            headers=with_decisive(listed_headers(document, get(asked, "headers")), decisive or {}),
            body=body(document, asked),
        ),
        response=Response(
            status=status,
            reason=reason,
            headers=with_decisive(listed_headers(document, get(answered, "headers")), decisive or {}),
            body=body(document, answered),
        ),
    )


def _method(word: str | None) -> str | None:
    """The method as it was sent: Ruby VCR and ExVCR keep it in small letters, old Ruby VCR as a symbol (`:get`)."""
    if word is None:
        return None
    return word.removeprefix(":").upper() if SMALL_METHOD.fullmatch(word) else word


@dataclass(frozen=True, slots=True, eq=False)
class Decisive:
    """A text that decides how something is read, the value of a header how the body is: an edit may not change what it
    decides."""

    outer: Lens[str]
    decides: Callable[[str], bool]
    reason: str = "this header says how the body is kept in the recording, and cannot be edited so"

    @property
    def text(self) -> str:
        return self.outer.text

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Many[Edit[str]]) -> Many[Change]:
        if self.decides(splice(self.text, edits)) != self.decides(self.text):
            raise CassetteError(self.reason)
        return [(self.outer, edit) for edit in edits]


def with_decisive(headers: tuple[Header, ...], decisive: Decisions) -> tuple[Header, ...]:
    """Headers, those that decide something as `Decisive`."""
    if not decisive:
        return headers
    return tuple(
        Header(each.name, Decisive(each.value, decisive[each.name.lower()])) if each.name.lower() in decisive else each
        for each in headers
    )


def lengths_of(document: Document, *nodes: Node | None) -> tuple[Lens[str], ...]:
    """The lenses of fields that state how long a body is."""
    return tuple(lens for node in nodes if (lens := text_lens(document, node)) is not None)


def headers_of(document: Document, node: Node | None) -> tuple[Header, ...]:
    """The headers of a mapping of names to a value or a list of values; a null value is an empty one."""
    return tuple(
        Header(name, value)
        for key, held in entries(node)
        if (name := _header_name(document, key)) is not None
        for value in _header_values(document, held)
    )


def listed_headers(document: Document, node: Node | None) -> tuple[Header, ...]:
    """The headers of a list: mappings with `name` and `value`, pairs, or names and values in turn; of a mapping,
    too, as `headers_of` reads it."""
    if not isinstance(node, Sequence):
        return headers_of(document, node)
    pairs = [(get(item, "name"), get(item, "value")) for item in node.items if isinstance(item, Mapping)]
    pairs += [(get(item, 0), get(item, 1)) for item in node.items if isinstance(item, Sequence)]
    flat = [item for item in node.items if isinstance(item, Scalar)]
    pairs += zip(flat[::2], flat[1::2], strict=False)
    return tuple(
        Header(name, value)
        for key, held in pairs
        if key is not None and held is not None and (name := _header_name(document, key)) is not None
        for value in _header_values(document, held)
    )


def _header_name(document: Document, key: Node) -> str | None:
    """The name of a key. PyYAML dumps a subclass of `str` as a tagged node of the arguments that construct it:

    ? !!python/object/apply:multidict._multidict.istr
    - Accept
    : - application/json
    """
    if isinstance(key, Scalar) and key.tag is None:
        return None if is_null(key) else key.value
    if not isinstance(key, Scalar):
        arguments = get(key, "args") or key
        key = get(arguments, 0) or key
    lens = text_lens(document, key)
    return None if lens is None else lens.text


def _header_values(document: Document, held: Node) -> Iterator[Lens[str]]:
    for node in held.items if isinstance(held, Sequence) else (held,):
        if isinstance(node, Scalar):
            yield text_lens(document, node) or Fixed("")


def chunked_lens(
    outer: Lens[str], chunks: Iterable[Node], decode: Callable[[Lens[str]], BodyLens] = lambda lens: lens
) -> BodyLens | None:
    """A body kept as a list of its chunks, strings in `outer` each of which `decode` reads; None where there is none.

    Raises CassetteError where one of them is no string, or is not coded so.
    """
    pieces: list[Any] = []  # all of them texts, or all of them bytes
    for item in chunks:
        if not isinstance(item, Scalar) or item.style is Style.JSON_LITERAL:
            raise CassetteError("a chunk of a body is no text")
        pieces.append(decode(lens_of(outer, item)))
    return Joined(tuple(pieces)) if pieces else None


def fields_lens(document: Document, node: Node | None) -> Joined[str] | None:
    """A query or a form that is kept decoded, as a list of mappings with `name` and `value`; None where it is empty."""
    pieces: list[Lens[str]] = []
    for item in elements(node):
        name, value = (text_lens(document, get(item, key)) for key in ("name", "value"))
        if name is not None:
            pieces += [*([Fixed("&")] if pieces else []), Quoted(name), Fixed("=")]
            pieces += [Quoted(value)] if value is not None else []
    return Joined(tuple(pieces)) if pieces else None


def body_lens(document: Document, node: Node | None) -> BodyLens | None:
    """A body: text, or bytes where the scalar holds base64; in itself, or under `string` or `base64_string`. A body
    kept as any other structure is the JSON text of it. None where there is none."""
    if isinstance(node, Mapping):
        encoded = get(node, "base64_string")
        if isinstance(encoded, Scalar) and not is_null(encoded):
            return decoded_by(base64_lens, lens_of(document.source, encoded))
        names = names_of(node)
        if "string" in names or names <= {"encoding", "base64_string"}:
            node = get(node, "string")
    if isinstance(node, Mapping | Sequence):
        return JsonText(document.source, node)
    return None if node is None or is_null(node) else scalar_lens(document, node)
