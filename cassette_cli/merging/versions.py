"""Three versions of a cassette to one text, which holds exactly the interactions that were meant, or to none."""

from collections.abc import Sequence
from typing import NamedTuple

from cassette_cli import files
from cassette_cli.document.conflict import conflict
from cassette_cli.document.tree import Node, Scalar, get, inside
from cassette_cli.errors import CassetteError
from cassette_cli.merging.merge import Undecided, merged
from cassette_cli.merging.pieces import Cut, Piece, cut
from cassette_cli.merging.splice import Markers, Part, Texts, decided, parts, separator, with_markers
from cassette_cli.model import Cassette


class Merged(NamedTuple):
    """The text, and how many conflicts are marked in it."""

    text: str
    conflicts: int


class _Plan(NamedTuple):
    """What a merged cassette is to hold."""

    before: Part
    held: list[Piece | Undecided]
    after: Part
    renumber: bool


def merge(base: Cassette | None, ours: Cassette, theirs: Cassette, markers: Markers) -> Merged:
    """The merged text; `base` is None where both sides made the file. What the sides disagree on stands between
    markers, and nothing else does.

    Raises CassetteError, which says why, where it cannot be done interaction by interaction.
    """
    versions = [version for version in (base, ours, theirs) if version]
    if len({version.recorder for version in versions}) > 1:
        raise CassetteError("the versions are of different recorders")
    if any(version.faults for version in versions):
        raise CassetteError("a version is not whole")
    one, other = _cut(ours), _cut(theirs)
    was = _cut(base) if base and base.interactions else None
    cuts = [each for each in (one, other, was) if each]
    if len({each.in_lines for each in cuts}) > 1:
        raise CassetteError("the versions are laid out differently")
    plan = _Plan(
        before=decided(was and was.before, one.before, other.before),
        held=list(merged(was.pieces if was else (), one.pieces, other.pieces)),
        after=decided(was and was.after, one.after, other.after),
        renumber=all(each.running for each in cuts),
    )
    return _proven(ours, plan, _written(plan, cuts, markers, ended=_ended(ours, theirs)))


def _ended(*versions: Cassette) -> bool:
    return any(version.document.text.endswith("\n") for version in versions)


def _cut(cassette: Cassette) -> Cut:
    found = cut(cassette)
    if found is None:
        raise CassetteError("the interactions are no list of their own")
    return found


def _written(plan: _Plan, cuts: Sequence[Cut], markers: Markers, *, ended: bool) -> Merged:
    pieces = list(parts(plan.before, plan.held, plan.after, renumber=plan.renumber))
    conflicts = sum(isinstance(each, Texts) for each in pieces)
    if cuts[0].in_lines:
        text = with_markers(pieces, markers)
        return Merged(text if ended or conflicts else text.rstrip("\r\n"), conflicts)
    if conflicts:
        raise CassetteError("the conflicts are in no lines of their own")
    before, *values, after = [each for each in pieces if isinstance(each, str)]
    return Merged(before + separator(*cuts).join(values) + after, 0)


def _proven(ours: Cassette, plan: _Plan, result: Merged) -> Merged:
    """The same, once each side of it, parsed again, is what was meant."""
    held = conflict(result.text) if result.conflicts else None
    texts = (held.ours.text, held.theirs.text) if held else (result.text, result.text)
    for side, text in enumerate(texts, 1):
        meant = [piece for each in plan.held for piece in ([each] if isinstance(each, Piece) else each[side])]
        before, after = (each if isinstance(each, str) else each[side] for each in (plan.before, plan.after))
        try:
            again = files.parse(ours.path, text)
        except CassetteError as error:
            raise CassetteError(f"the merged text does not parse: {error.message}") from None
        if again is None or again.recorder != ours.recorder or again.faults:
            raise CassetteError("the merged text is no cassette")
        found = cut(again) if again.interactions else None
        if found is None or (found.before.rstrip(), found.after.strip()) != (before.rstrip(), after.strip()):
            raise CassetteError("the merged text has another layout")
        if len(found.pieces) != len(meant) or not all(map(_alike, found.pieces, meant)):
            raise CassetteError("the merged text holds other interactions than were meant")
        if plan.renumber and not (found.running or result.conflicts):
            raise CassetteError("the merged text has other ids than were meant")
    return result


def _alike(one: Piece, other: Piece) -> bool:
    """Whether two interactions say the same in all but their number."""
    ids = {id(get(piece.node, "id")) for piece in (one, other) if piece.number is not None}
    waiting: list[tuple[Node, Node]] = [(one.node, other.node)]
    seen: set[int] = set()
    while waiting:
        left, right = waiting.pop()
        if (id(left) in ids and id(right) in ids) or id(left) in seen:
            continue
        seen.add(id(left))
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            if (left.value, left.style, left.tag) != (right.value, right.style, right.tag):
                return False
        elif type(left) is not type(right) or left.tag != right.tag or len(inside(left)) != len(inside(right)):
            return False
        else:
            waiting += zip(inside(left), inside(right), strict=True)
    return True
