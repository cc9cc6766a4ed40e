"""Headers that nobody reads, dropped: which of a recording's headers go, and how many bytes and lines that saves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cassette_cli.document.text import Edit
from cassette_cli.errors import CassetteError
from cassette_cli.header_classes import TrimSettings
from cassette_cli.header_removal import can_go, removal
from cassette_cli.matching import matching_of
from cassette_cli.model import Cassette, Header, MessageSide, size_of
from cassette_cli.proof import prove


@dataclass(frozen=True, slots=True)
class Dropped:
    """A header that goes: the number of its interaction, "request" or "response", and its place among the headers."""

    interaction: int
    side: MessageSide
    header: Header


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """A cassette without headers, still unwritten, the edits of its text that this takes, and how many bytes and lines
    fewer there are."""

    after: Cassette
    edits: Sequence[Edit[str]]
    dropped: Sequence[Dropped]
    bytes: int
    lines: int


def dropped(cassette: Cassette, settings: TrimSettings) -> Iterator[Dropped]:
    """The headers of a cassette that are to go; those of requests only where the recorder never compares them."""
    sides: tuple[MessageSide, ...] = (
        ("response",) if matching_of(cassette.recorder).headers else ("request", "response")
    )
    for interaction in cassette.interactions:
        for side in sides:
            message = interaction.request if side == "request" else interaction.response
            for header in message.headers:
                if settings.drops(header.name) and can_go(cassette, header):
                    yield Dropped(interaction.index, side, header)


def trimmed(cassette: Cassette, settings: TrimSettings) -> Trimmed:
    """A cassette without the headers that are to go.

    Raises CassetteError where one cannot be taken out, InternalError where a proof fails.
    """
    found = list(dropped(cassette, settings))
    try:
        plan = removal(cassette, [each.header for each in found])
        after = prove(cassette, *plan, with_companions=True)
        edits = plan.edits(cassette.document)
    except CassetteError as error:
        raise error if error.where.path else error.at(cassette.path) from None
    old, new = cassette.document.text, after.document.text
    return Trimmed(
        after=after,
        edits=edits,
        dropped=found,
        bytes=size_of(old) - size_of(new),
        lines=old.count("\n") - new.count("\n"),
    )
