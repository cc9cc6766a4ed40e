"""Secrets replaced, and the proof that only they were: what was meant reads as meant, the streams have as many events
as before, and what was found is found nowhere any more."""

from collections.abc import Sequence
from typing import NamedTuple

from cassette_cli.errors import InternalError, Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette
from cassette_cli.proof import prove
from cassette_cli.redaction.find import Finder, Finding
from cassette_cli.redaction.replace import Placeholders, changes


class Replaced(NamedTuple):
    """A cassette with its findings replaced, still unwritten, and where their values stand all the same: in what cannot
    be edited, or in what was let through."""

    cassette: Cassette
    left: list[Finding]


def replaced(
    cassette: Cassette, exchanges: Sequence[Exchange], findings: Sequence[Finding], placeholders: Placeholders
) -> Replaced:
    """The findings of a cassette replaced.

    Raises CassetteError where a place cannot hold its placeholder, InternalError where a proof fails.
    """
    again = prove(cassette, changes(exchanges, findings, placeholders))
    after = [exchange(each) for each in again.interactions]
    for old, new in zip(exchanges, after, strict=True):
        if len(old.frames) != len(new.frames):
            message = (
                f"interaction {old.interaction.index} would have another number of events; the file was left alone"
            )
            raise InternalError(message, Where(cassette.path))
    return Replaced(again, Finder(()).knowing(findings).find(again, after))
