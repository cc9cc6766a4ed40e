"""Streams cut anew, and the proof that the reply is what it was: it is read again from the new text, and compared."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cassette_cli import framing
from cassette_cli.conversation import Channel
from cassette_cli.document.lens import Change
from cassette_cli.document.text import changed, splice
from cassette_cli.editing.convert import Form
from cassette_cli.errors import CassetteError, InternalError, Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.lengths import lengths
from cassette_cli.model import Cassette
from cassette_cli.proof import prove
from cassette_cli.rechunking.events import Item, Made, rewritten
from cassette_cli.rechunking.finish import finished_early
from cassette_cli.rechunking.forms import events_in, formed
from cassette_cli.rechunking.noise import Asked, Stream, brought, noisy
from cassette_cli.rechunking.numbered import numbered
from cassette_cli.rechunking.pieces import KINDS, Kind
from cassette_cli.rechunking.recut import recut
from cassette_cli.rechunking.rules import rules_of
from cassette_cli.rechunking.strategies import cut_of
from cassette_cli.rechunking.turns import in_turns

AS_RECORDED, IN_TURNS, HOSTILE = "event", "interleave", "hostile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How streams are changed: `by` is a strategy as the command line spells it, `lossy` lets noise change replies,
    `to` is the form that replies take before."""

    by: str = AS_RECORDED
    seed: int = 0
    kinds: Collection[Kind] = KINDS
    noise: Sequence[Asked] = ()
    lossy: bool = False
    to: Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one interaction: events and the pieces of each channel, before and after. `skipped` says why
    nothing did, `left_out` which noises it cannot have, `notes` what to know of its new form."""

    index: int
    protocol: str | None
    framing: str | None
    events: tuple[int, int]
    channels: Mapping[Channel, tuple[int, int]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    skipped: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rechunked:
    """A cassette changed and proven, still unwritten."""

    cassette: Cassette
    outcomes: tuple[Outcome, ...]


def rechunked(cassette: Cassette, exchanges: Sequence[Exchange], recipe: Recipe) -> Rechunked:
    """The cassette with the streams of `exchanges` changed as the recipe says.

    Raises CassetteError where a noise asks for what is not there, or changes a reply without being allowed to;
    InternalError where the proof fails.
    """
    if recipe.to is not None:
        return _in_form(cassette, exchanges, recipe, recipe.to)
    run = _Run(cassette, exchanges, recipe)
    breaks: dict[int, set[int]] = {}
    again = run.changed(breaks)
    lost = run.lost(again)
    if lost:
        # Something that clients stumble over lay in how the pieces followed one another: there they stay apart.
        again = run.changed(lost)
    run.compare(again)
    return Rechunked(again, tuple(run.outcomes))


def _in_form(cassette: Cassette, exchanges: Sequence[Exchange], recipe: Recipe, form: Form) -> Rechunked:
    """Replies in a form; what is streamed then is cut as the recipe says."""
    found = formed(cassette, exchanges, form)
    kept = [each for each in found.exchanges if each.interaction.index not in found.skipped or each.streamed]
    cut = rechunked(found.cassette, kept, replace(recipe, to=None)) if form == "stream" else None
    by_index = {each.index: each for each in cut.outcomes} if cut else {}
    outcomes = []
    for each in found.exchanges:
        index, after = each.interaction.index, events_in(each)
        plain = Outcome(index=index, protocol=each.protocol, framing=each.framing, events=(after, after))
        outcome = by_index.get(index, plain)
        events = (found.events[index], outcome.events[1])
        skipped = None if index in by_index and events[0] != events[1] else found.skipped.get(index)
        outcomes.append(replace(outcome, events=events, skipped=skipped, notes=found.notes.get(index, ())))
    return Rechunked(cut.cassette if cut else found.cassette, tuple(outcomes))


class _Run:
    def __init__(self, cassette: Cassette, exchanges: Sequence[Exchange], recipe: Recipe) -> None:
        self.cassette = cassette
        self.exchanges = exchanges
        self.recipe = recipe
        self.outcomes: list[Outcome] = []
        self._cut = cut_of(recipe.by, recipe.seed)

    def changed(self, breaks: Mapping[int, Collection[int]]) -> Cassette:
        """The cassette with all changes, proven to read as meant."""
        made: list[Change] = []
        self.outcomes = []
        for each in self.exchanges:
            changes, outcome = self._changes(each, breaks.get(each.interaction.index, ()))
            made += changes
            self.outcomes.append(outcome)
        return prove(self.cassette, [*made, *lengths(self.exchanges, made)], with_companions=True)

    def _changes(self, each: Exchange, breaks: Collection[int]) -> tuple[Sequence[Change], Outcome]:
        before = sum(frame.number is not None for frame in each.frames)
        index = each.interaction.index
        skipped = _why_not(each)
        if skipped or each.content is None or each.framing is None:
            return [], Outcome(
                index=index, protocol=each.protocol, framing=each.framing, events=(before, before), skipped=skipped
            )
        items, counts = self._items(each, breaks)
        changes = rewritten(each, items)
        left_out: list[str] = []
        after = sum(isinstance(item, Made) or item.number is not None for item in items)
        if self.recipe.noise:
            body = splice(each.content.text, [edit for _, edit in changes])
            try:
                body, left_out = noisy(Stream(body, each.framing, each.protocol), self.recipe.noise)
            except CassetteError as error:
                raise CassetteError(f"interaction {index}: {error.message}", Where(self.cassette.path)) from None
            changes = [(each.content, edit) for edit in changed(each.content.text, body)]
            after = sum(frame.number is not None for frame in framing.named(each.framing).split(body))
        outcome = Outcome(
            index=index,
            protocol=each.protocol,
            framing=each.framing,
            events=(before, after),
            channels=counts,
            left_out=tuple(left_out),
        )
        return changes, outcome

    def _items(self, each: Exchange, breaks: Collection[int]) -> tuple[list[Item], Mapping[Channel, tuple[int, int]]]:
        name = self.recipe.by.partition(":")[0]
        if name == AS_RECORDED:
            return list(each.frames), {}
        items, counts = recut(each, self._cut, self.recipe.kinds, breaks)
        if name == HOSTILE:
            items = finished_early(items, each.protocol)
        if name == IN_TURNS:
            items = in_turns(items, each.protocol)
        return list(numbered(items, rules_of(each.protocol).counter)), counts

    def lost(self, again: Cassette) -> dict[int, set[int]]:
        """The events of anomalies that are gone, by interaction."""
        found = {}
        for old, new in self._pairs(again):
            gone = _codes(old) - _codes(new)
            events = {each.event for each in old.anomalies if each.code in gone and each.event is not None}
            if events:
                found[old.interaction.index] = events
        return found

    def compare(self, again: Cassette) -> None:
        """Raise where a reply is not what it was, or other things are wrong with it than were asked for."""
        asked = set(brought(self.recipe.noise))
        if any(noise.lossy for noise, _ in self.recipe.noise):
            return
        for old, new in self._pairs(again):
            where = Where(self.cassette.path)
            index = old.interaction.index
            if not self.recipe.noise and _silent(old) != _silent(new):
                raise InternalError(f"interaction {index} would have other comments; the file was left alone", where)
            changed_codes = set((_codes(old) - _codes(new)) | (_codes(new) - _codes(old))) - asked
            if new.reply == old.reply and not changed_codes:
                continue
            if self.recipe.noise and not self.recipe.lossy:
                names = ", ".join(each.spec for each in self.recipe.noise)
                message = f"interaction {index}: --noise {names} would change what the reply says; --lossy allows it"
                raise CassetteError(message, where)
            if not self.recipe.lossy:
                what = f"would have other anomalies ({', '.join(sorted(changed_codes))})" if changed_codes else ""
                what = what or "would have another reply"
                raise InternalError(f"interaction {index} {what}; the file was left alone", where)

    def _pairs(self, again: Cassette) -> Iterator[tuple[Exchange, Exchange]]:
        for old in self.exchanges:
            if old.streamed and old.reading is not None:
                yield old, exchange(again.interactions[old.interaction.index])


def _silent(each: Exchange) -> list[str | bytes]:
    """What of a body is no event: comments, blank lines."""
    body = each.content.text if each.content else ""
    return [body[frame.span.start : frame.span.end] for frame in each.frames if frame.number is None]


def _codes(each: Exchange) -> Counter[str]:
    return Counter(anomaly.code for anomaly in each.anomalies)


def _why_not(each: Exchange) -> str | None:
    """Why a response is left alone."""
    if each.content is None or not each.frames:
        return "it has no body"
    if not each.streamed:
        return "it is not streamed"
    if rules_of(each.protocol).whole:
        return "each event is a whole response"
    return None if each.reading else "its protocol is not known"
