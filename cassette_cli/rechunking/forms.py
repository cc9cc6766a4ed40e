"""Replies put into their other form, streamed or plain, before anything is cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cassette_cli.editing.convert import Form, converted
from cassette_cli.errors import CassetteError, InternalError, Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    """A cassette whose replies have a form, still unwritten, and the exchanges in it. By the numbers of interactions:
    how many events there were, why a reply stays as it is, and what to know of the others."""

    cassette: Cassette
    exchanges: tuple[Exchange, ...]
    events: Mapping[int, int] = field(default_factory=dict)
    skipped: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def formed(cassette: Cassette, exchanges: Sequence[Exchange], form: Form) -> Formed:
    """The cassette with the replies of `exchanges` in a form; what has no such form stays, and it is said why.

    Raises CassetteError where none of them has it, InternalError where a proof fails.
    """
    before = cassette
    skipped: dict[int, str] = {}
    notes: dict[int, tuple[str, ...]] = {}
    refused: list[CassetteError] = []
    for each in exchanges:
        index = each.interaction.index
        if each.reading is None or each.streamed == (form == "stream"):
            skipped[index] = "its protocol is not known" if each.reading is None else f"it is {_word(form)} already"
            continue
        try:
            result = converted(cassette, index, form)
        except InternalError:
            raise
        except CassetteError as error:
            refused.append(error)
            skipped[index] = error.message.removeprefix(f"interaction {index}: ")
            continue
        cassette, notes[index] = result.cassette, result.notes
    if refused and not notes:
        raise refused[0]
    if any(
        each.source.text != cassette.document.companions[name].source.text
        for name, each in before.document.companions.items()
    ):
        raise CassetteError("the body lies in another file, which this command does not change", Where(cassette.path))
    return Formed(
        cassette=cassette,
        exchanges=tuple(exchange(cassette.interactions[each.interaction.index]) for each in exchanges),
        events={each.interaction.index: events_in(each) for each in exchanges},
        skipped=skipped,
        notes=notes,
    )


def events_in(each: Exchange) -> int:
    """How many events a response has; a plain one is a single event."""
    return sum(frame.number is not None for frame in each.frames)


def _word(form: Form) -> str:
    return "streamed" if form == "stream" else form
