"""Secrets replaced, and the proof that only they were: what was meant reads as meant, and the streams have as many
events as before."""

from collections.abc import Sequence
from typing import NamedTuple

from cassette_cli.errors import InternalError, Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette
from cassette_cli.proof import prove
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.replace import Placeholders, changes


class Replaced(NamedTuple):
    """A cassette with its findings replaced, still unwritten, and what was understood of it."""

    cassette: Cassette
    exchanges: Sequence[Exchange]


def replaced(
    cassette: Cassette,
    exchanges: Sequence[Exchange],
    findings: Sequence[Finding],
    placeholders: Placeholders,
    *,
    with_companions: bool = False,
) -> Replaced:
    """The findings of a cassette replaced; `with_companions` as in `proof.prove`.

    Raises CassetteError where a place cannot hold its placeholder, InternalError where a proof fails.
    """
    again = prove(cassette, changes(exchanges, findings, placeholders), with_companions=with_companions)
    after = [exchange(each) for each in again.interactions]
    for old, new in zip(exchanges, after, strict=True):
        if len(old.frames) != len(new.frames):
            message = (
                f"interaction {old.interaction.index} would have another number of events; the file was left alone"
            )
            raise InternalError(message, Where(cassette.path))
    return Replaced(again, after)
