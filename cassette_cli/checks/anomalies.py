"""What clients stumble over in a response, as findings; docs/anomalies.md explains each code."""

from collections.abc import Iterator, Sequence

from cassette_cli.anomalies import Code
from cassette_cli.checks.base import Check, Problem, Scene, number_of
from cassette_cli.checks.settings import Level
from cassette_cli.conversation import Anomaly
from cassette_cli.exchange import Exchange, Places

# The recording is damaged: no server sends this.
ERRORS = frozenset(
    {
        *(Code.LINE_ENDS_LOST, Code.BODY_UNREADABLE, Code.BODY_CUT_OFF, Code.STREAM_CUT_OFF, Code.FRAME_BROKEN),
        Code.CHECKSUM_MISMATCH,
    }
)
# Something went wrong when it was recorded, or a client fails that keeps to the protocol. All others are habits.
WARNINGS = frozenset(
    {
        *(Code.REQUEST_NOT_JSON, Code.STREAM_EMPTY, Code.EVENT_NOT_CLOSED, Code.DATA_NOT_JSON, Code.UNKNOWN_FIELD),
        *(Code.ERROR_EVENT, Code.SEQUENCE_GAP, Code.SEQUENCE_REPEATED, Code.ID_NOT_UNIQUE, Code.ARGUMENTS_NOT_JSON),
        *(Code.BLOCK_NOT_CLOSED, Code.BLOCK_START_MISSING, Code.BLOCK_REPEATED, Code.DONE_DISAGREES),
        *(Code.MESSAGE_START_MISSING, Code.SECOND_MESSAGE_START, Code.EVENT_AFTER_END),
    }
)


def _level(code: Code) -> Level:
    return Level.ERROR if code in ERRORS else Level.WARNING if code in WARNINGS else Level.NOTE


CHECKS = {code.value: Check(_level(code), code.summary) for code in Code}


def find(scene: Scene) -> Iterator[Problem]:
    """The anomalies of each response, those of one code as one."""
    for exchange in scene.exchanges:
        held: dict[str, list[tuple[int | None, str]]] = {}
        for code, event, message in _without_echoes(exchange.anomalies):
            held.setdefault(code, []).append((event, message))
        places = Places(exchange)
        for code, found in held.items():
            event, message = found[0]
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            place = places.payload(event) if event is not None and _has_payloads(exchange) else None
            yield Problem(code, message + more, number_of(exchange), event, place)


def _without_echoes(found: Sequence[Anomaly]) -> Iterator[Anomaly]:
    """Anomalies without those that a cut through the last event brings along."""
    cut = any(each.code == Code.STREAM_CUT_OFF for each in found)
    last = max((each.event for each in found if each.event is not None), default=None)
    for each in found:
        if not (cut and each.event == last and each.code in (Code.EVENT_NOT_CLOSED, Code.DATA_NOT_JSON)):
            yield each


def _has_payloads(exchange: Exchange) -> bool:
    return exchange.streamed and exchange.content is not None
