"""The promise that nothing is lost: a change is made on a copy of the text, and what the copy says is compared with
what was meant, before anything is written.

What was meant is known without trusting any layer's way back: each lens that a change passed on its way to the file
has a text, and the change says how that text is to read afterwards.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from collections.abc import Mapping as Map
from collections.abc import Sequence as Many
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from cassette_cli import files
from cassette_cli.document.document import Companion, Document
from cassette_cli.document.lens import Change, Lens, Source, layers, lift_all
from cassette_cli.document.removal import removal
from cassette_cli.document.text import Edit, Span, in_order, splice
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style, inside
from cassette_cli.document.yaml_kind import kind_of
from cassette_cli.errors import CassetteError, InternalError, Where
from cassette_cli.model import Cassette, Interaction

# A lens, its edits, and how its text is to read after them.
Meant = tuple[Lens[Any], list[Edit[Any]], Any]

NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshaping:
    """What changes of a file beside texts. `gone` are items of sequences, and keys of mappings, that are taken out;
    `headers` are the values of the headers that go with them, or with a change of the text that they stand in.
    `untagged` are scalars that lose their tag, and `bodies` says how the bodies in them are to read then."""

    gone: tuple[Node, ...] = ()
    headers: tuple[Lens[Any], ...] = ()
    untagged: tuple[Scalar, ...] = ()
    bodies: Map[Lens[Any], str] = field(default_factory=dict)

    def edits(self, document: Document) -> list[Edit[str]]:
        """What it edits of the file's text. Raises CassetteError where it cannot."""
        return [*removal(document, self.gone), *(_untagged(document, scalar) for scalar in self.untagged)]


SAME_SHAPE = Reshaping()


class Plan(NamedTuple):
    """What is to become of a file."""

    changes: Many[Change]
    reshaping: Reshaping

    def edits(self, document: Document) -> list[Edit[str]]:
        """All edits of the file's text, in order of place. Raises CassetteError where a layer cannot express one."""
        return in_order([*lift_all(self.changes, document.source), *self.reshaping.edits(document)])


TAG = re.compile(r"![^ \t\r\n]*[ \t]+")


def prove(
    cassette: Cassette,
    changes: Iterable[Change],
    reshaping: Reshaping = SAME_SHAPE,
    *,
    with_companions: bool = False,
) -> Cassette:
    """The cassette with `changes` made (edits of any of its lenses); its text is `document.text`, still unwritten, and
    those of other files that its bodies lie in are in `document.companions`. Only who writes these, too
    (`files.store`), may ask for changes of them: `with_companions`.

    It holds that each scalar that no change touches is there with the value, tag and style that it had, that each
    scalar that one touches has the value that was meant, that the collections around them are the same, and that when
    the recorder reads the new text, each URL, header and body reads as meant where a change passed it, and as before
    everywhere else; and that nothing is missing or new but what `reshaping` says.

    Raises CassetteError where a layer cannot express a change, InternalError where any of the above fails.
    """
    passed = [(lens, edits, splice(lens.text, edits)) for lens, edits in layers(changes)]
    texts = {id(lens): after for lens, _, after in passed if isinstance(lens, Source) and after != lens.text}
    structural = reshaping.edits(cassette.document)
    if not texts and not structural:
        return cassette
    edits = [edit for lens, each, _ in passed if lens is cassette.document.source for edit in each]
    meant = [entry for entry in passed if not isinstance(entry[0], Source)]
    if structural:
        texts[id(cassette.document.source)] = splice(cassette.document.text, [*structural, *edits])
    again = _parsed_again(cassette, texts, with_companions=with_companions)
    _compare_scalars(cassette, again.document, edits, meant, reshaping)
    _compare_lenses(cassette, again, meant, reshaping)
    return again


def _untagged(document: Document, scalar: Scalar) -> Edit[str]:
    tag = TAG.match(document.text, scalar.span.start)
    if tag is None or scalar.shared:
        raise CassetteError("a tag cannot be taken away here")
    return Edit(Span(scalar.span.start, tag.end()), "")


class Said(NamedTuple):
    """All that a recorder reads of an interaction, as plain values; headers are names with values."""

    id: str | None
    method: str | None
    url: str | None
    request_headers: Many[tuple[str, Any]]
    request_body: Any
    status: int | None
    reason: str | None
    response_headers: Many[tuple[str, Any]]
    response_body: Any
    duration_ms: float | None
    recorded_at: str | None


def said(interaction: Interaction) -> Said:
    """An interaction's values, to be compared. A text that cannot be read is why it cannot."""
    request, response = interaction.request, interaction.response
    return Said(
        id=interaction.id,
        method=request.method,
        url=_read(request.url),
        request_headers=[(header.name, _read(header.value)) for header in request.headers],
        request_body=_read(request.body),
        status=response.status,
        reason=response.reason,
        response_headers=[(header.name, _read(header.value)) for header in response.headers],
        response_body=_read(response.body),
        duration_ms=interaction.duration_ms,
        recorded_at=interaction.recorded_at,
    )


def prove_rebuilt(cassette: Cassette, edits: Iterable[Edit[str]], meant: Many[Said]) -> Cassette:
    """The cassette with `edits` made of its text, which may alter its structure; the text is still unwritten.

    It holds that the recorder reads the new text as `meant`, interaction by interaction, and that the parser sees the
    rest of the file as before. Raises InternalError where that fails.
    """
    source = cassette.document.source
    again = _parsed_again(cassette, {id(source): splice(source.text, edits)}, with_companions=False)
    if len(again.interactions) != len(meant):
        raise _fault(cassette, None, f"{len(again.interactions)} interactions would be there, not {len(meant)}")
    for interaction, wanted in zip(again.interactions, meant, strict=True):
        if said(interaction) != wanted:
            raise _fault(cassette, None, f"interaction {interaction.index} would not read as meant")
    return again


def _parsed_again(cassette: Cassette, texts: dict[int, str], *, with_companions: bool) -> Cassette:
    document = cassette.document
    beside = {}
    for name, each in document.companions.items():
        text = texts.get(id(each.source), each.source.text)
        if text != each.source.text and not with_companions:
            raise CassetteError("the body in this file cannot be changed by this command", Where(each.path))
        beside[name] = Companion(each.path, Source(text))
    try:
        again = files.parse(cassette.path, texts.get(id(document.source), document.text), beside)
    except CassetteError as error:
        raise _fault(cassette, None, f"the changed text does not parse: {error.message}") from None
    if again is None or again.recorder != cassette.recorder or again.version != cassette.version:
        raise _fault(cassette, None, f"the changed text is no cassette of {cassette.recorder} any more")
    return again


def _compare_scalars(
    cassette: Cassette, after: Document, edits: Many[Edit[str]], meant: Many[Meant], reshaping: Reshaping
) -> None:
    pairs = _pairs(cassette, after, reshaping)
    in_place = sorted((old for old, _ in pairs), key=attrgetter("span"))
    values = _meant_values(in_place, meant, cassette.document.source)
    touched = [scalar.span for scalar in in_place if id(scalar) in values]
    for edit in edits:
        if not _around(touched, edit.span):
            raise _fault(cassette, edit.span.start, "a change lies where no text was meant to change")
    for old, new in pairs:
        if id(old) in values:
            if new.value != values[id(old)] or _kind(new) not in (_kind(old), "text"):
                raise _fault(cassette, old.span.start, "a changed text does not read as meant")
        elif (old.value, old.style) != (new.value, new.style):
            raise _fault(cassette, old.span.start, "a text changed that was not meant to")


def _pairs(cassette: Cassette, after: Document, reshaping: Reshaping) -> list[tuple[Scalar, Scalar]]:
    """The scalars of both trees side by side, without those that are gone; what an alias names is there once."""
    pairs = []
    seen = set()
    gone, untagged = ({id(node) for node in nodes} for nodes in (reshaping.gone, reshaping.untagged))
    roots = Sequence(cassette.document.roots, NOWHERE), Sequence(after.roots, NOWHERE)
    waiting: list[tuple[Node, Node]] = [roots]
    while waiting:
        old, new = waiting.pop()
        if id(old) in seen:
            continue
        seen.add(id(old))
        tag = None if id(old) in untagged else old.tag
        kept, found = _left(old, gone), inside(new)
        if type(old) is not type(new) or tag != new.tag or len(kept) != len(found):
            raise _fault(cassette, old.span.start, "a change would alter the structure of the file")
        if isinstance(old, Scalar) and isinstance(new, Scalar):
            pairs.append((old, new))
        waiting.extend(reversed(list(zip(kept, found, strict=True))))
    return pairs


def _left(node: Node, gone: Container[int]) -> Many[Node]:
    """What a collection holds, less what is taken out of it."""
    if isinstance(node, Mapping):
        return [each for pair in node.items if id(pair[0]) not in gone for each in pair]
    return [item for item in inside(node) if id(item) not in gone]


def _kind(scalar: Scalar) -> str:
    """What a scalar is to a loader that resolves tags: a text that turns into a number does not read as meant."""
    if scalar.style is Style.JSON_LITERAL:
        return "literal"
    return kind_of(scalar.value) if scalar.style is Style.PLAIN and scalar.tag is None else "text"


def _meant_values(scalars: Many[Scalar], meant: Iterable[Meant], source: Source) -> dict[int, str]:
    """How the scalars that were changed are to read, by identity; `scalars` come in order of place."""
    spans = [scalar.span for scalar in scalars]
    edits_of: dict[int, list[Edit[str]]] = {}
    for lens, edits, _ in meant:
        if lens.depth != 1:
            continue
        places = [edit.span for outer, edit in lens.lift(edits) if outer is source]
        around = _around(spans, places[0]) if places else ()
        for place in [each for each in around if scalars[each].value == lens.text][:1]:
            edits_of.setdefault(place, []).extend(edits)
    return {id(scalars[place]): splice(scalars[place].value, edits) for place, edits in edits_of.items()}


def _around(spans: Many[Span], inner: Span) -> Many[int]:
    """The numbers of the spans (disjoint, in order of place) that `inner` lies in: two where one ends and the next
    begins at it."""
    last = bisect_right(spans, inner.start, key=attrgetter("start")) - 1
    return [place for place in (last, last - 1) if place >= 0 and spans[place].end >= inner.end]


def _compare_lenses(cassette: Cassette, again: Cassette, meant: Iterable[Meant], reshaping: Reshaping) -> None:
    texts = {id(lens): text for lens, _, text in meant} | {id(lens): text for lens, text in reshaping.bodies.items()}
    gone = {id(lens) for lens in reshaping.headers}
    spans = {node.span for node in reshaping.gone}
    kept = [each for each in cassette.interactions if each.span not in spans]
    before = [(each, lens) for each in kept for lens in _lenses(each) if id(lens) not in gone]
    after = [lens for each in again.interactions for lens in _lenses(each)]
    if len(before) != len(after):
        raise _fault(cassette, None, "a change would alter what the recording holds")
    for (interaction, old), new in zip(before, after, strict=True):
        if id(old) not in texts:
            as_meant, what = _read(old) == _read(new), "does not read as before where nothing was meant to change"
        else:
            # A body that is emptied is none to some recorders.
            meant_text, what = texts[id(old)], "does not read as meant"
            as_meant = _same((new.text if new else meant_text[:0]), meant_text)
        if not as_meant:
            raise _fault(cassette, interaction.span.start, f"interaction {interaction.index} {what}")


def _same(text: str | bytes, meant: str | bytes) -> bool:
    """Whether a text is the one that was meant. Bytes that have become text read as text, with some recorders."""
    if type(text) is type(meant):
        return text == meant
    one, other = (each.encode("utf-8", "surrogateescape") if isinstance(each, str) else each for each in (text, meant))
    return one == other


def _read(lens: Lens[Any] | None) -> Any:
    """The text of a lens; of one that cannot be read why not, so that the rest of its file can be changed."""
    try:
        return lens.text if lens else None
    except CassetteError as error:
        return error.message, error.where


def _lenses(interaction: Interaction) -> Iterator[Lens[Any] | None]:
    """Every text of an interaction that a change may name, None where there is none."""
    request, response = interaction.request, interaction.response
    yield request.url
    for header in (*request.headers, *response.headers):
        yield header.value
    yield request.body
    yield response.body


def _fault(cassette: Cassette, offset: int | None, what: str) -> InternalError:
    line, column = (None, None) if offset is None else cassette.document.position(offset)
    where = Where(cassette.path, line, column)
    return InternalError(f"{what}; the file was left alone", where)
