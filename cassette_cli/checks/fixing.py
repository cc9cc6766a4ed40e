"""Problems mended in the file: headers dropped, bodies written as the texts they are, lengths set to those of bodies.

A body under `!!binary` becomes a text in the scalar's own style, or in double quotes; its tag goes. VCR.py, Ruby VCR
and go-vcr load either as the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cassette_cli.checks.base import Fix
from cassette_cli.document.encoding import Base64, Utf8
from cassette_cli.document.lens import Change
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.spelling import SpelledLens
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Scalar
from cassette_cli.document.yaml_scalar import YamlScalar
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens
from cassette_cli.header_removal import removal
from cassette_cli.model import BodyLens, Cassette, MessageSide, Request, Response, size_of, stated_lengths
from cassette_cli.proof import Plan


def can_unpack(body: BodyLens, content: ContentLens) -> bool:
    """Whether a body can be written as the text that it is: it lies in base64 under a tag of YAML, and is UTF-8."""
    return scalar_of(body) is not None and isinstance(content, Utf8) and not _has_surrogates(content.text)


def scalar_of(body: BodyLens) -> Scalar | None:
    """The scalar of YAML that holds a body under a tag that says base64, None for any other."""
    outer = body.outer if isinstance(body, Base64) else None
    spelling = outer.spelling if isinstance(outer, SpelledLens) else None
    scalar = spelling.scalar if isinstance(spelling, YamlScalar) else None
    return scalar if scalar and scalar.tag and not scalar.shared else None


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def plan(cassette: Cassette, exchanges: Sequence[Exchange], fixes: Iterable[Fix]) -> Plan:
    """What `proof.prove` is to make of a cassette so that problems are mended.

    Raises CassetteError where the file cannot hold what is meant.
    """
    by_message: dict[tuple[int, MessageSide], list[Fix]] = {}
    for fix in fixes:
        by_message.setdefault((fix.interaction, fix.side), []).append(fix)
    found = {exchange.interaction.index: exchange for exchange in exchanges}
    drops = {id(header): header for each in by_message.values() for fix in each for header in fix.drop}
    changes: list[Change] = []
    untagged: list[Scalar] = []
    bodies: dict[BodyLens, str] = {}
    for (number, side), each in by_message.items():
        message, content = _message(found[number], side)
        if any(fix.unpack for fix in each) and message.body is not None and content is not None:
            scalar = scalar_of(message.body)
            if scalar is None or not isinstance(content.text, str):
                raise CassetteError(f"the {side}'s body of interaction {number} cannot be written as text")
            untagged.append(scalar)
            bodies[message.body] = content.text
            lens = lens_of(cassette.document.source, scalar._replace(tag=None))
            changes.append((lens, Edit(Span(0, len(scalar.value)), content.text)))
        changes += _lengths(message, bodies)
    removed = removal(cassette, drops.values())
    reshaping = replace(removed.reshaping, untagged=tuple(untagged), bodies=bodies)
    return Plan([*removed.changes, *changes], reshaping)


def _message(exchange: Exchange, side: MessageSide) -> tuple[Request | Response, ContentLens | None]:
    if side == "request":
        return exchange.interaction.request, exchange.request_content
    return exchange.interaction.response, exchange.content


def _lengths(message: Request | Response, bodies: dict[BodyLens, str]) -> Iterator[Change]:
    """The edits of the lengths that are stated of a body; -1 and the like state none."""
    if message.body is None:
        return
    size = str(size_of(bodies.get(message.body, message.body.text)))
    for length in stated_lengths(message):
        if length.text.isdigit() and length.text != size:
            yield length, Edit(Span(0, len(length.text)), size)
