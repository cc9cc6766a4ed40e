"""A tool call added to a reply, as the provider would have sent it."""

from collections.abc import Iterator, Sequence

from cassette_cli import framing
from cassette_cli.conversation import Json, ToolCall
from cassette_cli.document.lens import Change
from cassette_cli.document.text import Edit, Span
from cassette_cli.editing.asked import AddToolCall
from cassette_cli.editing.calls import calls_of
from cassette_cli.editing.json_edits import set_at
from cassette_cli.editing.meant import Meant
from cassette_cli.editing.trial import Trial
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import BOM, Exchange
from cassette_cli.framing.base import Frame, Place
from cassette_cli.protocols.base import parse_json
from cassette_cli.writing.base import dumps, loads
from cassette_cli.writing.calls import PLAIN, STREAM, Call, Event

PREFIXES = {"anthropic.messages": "toolu", "aws.bedrock.converse": "tooluse"}


def with_call(trial: Trial, asked: AddToolCall) -> tuple[list[Change], Meant]:
    """The changes after which a reply has one call more, and the reply that is meant.

    Raises CassetteError where the protocol's calls are not known here, or the arguments are no JSON object.
    """
    arguments = parse_json(asked.arguments)[0]
    if not isinstance(arguments, dict):
        raise CassetteError(f"the arguments of {asked.name} are no JSON object: {asked.arguments}")
    exchange = trial.exchange
    adding = (STREAM if exchange.streamed else PLAIN).get(exchange.protocol or "")
    if adding is None:
        form = "streamed" if exchange.streamed else "plain"
        raise CassetteError(f"how a {form} reply of {exchange.protocol} has a further tool call is not known here")
    call = Call(asked.message, _id(trial), asked.name, asked.arguments.strip())
    values = [_value(event.text) for event in trial.events]
    try:
        added = adding(values, call)
    except ValueError as error:
        raise CassetteError(f"a tool call cannot be added here: {error}") from None
    except (TypeError, AttributeError, KeyError, IndexError):
        raise CassetteError("a tool call cannot be added here: a field of the reply has an unexpected shape") from None
    changes = [change for number, path, value in added.sets for change in _set(trial, number, path, value)]
    changes += _inserted(exchange, added.events, added.before)
    return changes, Meant(trial.reply, added=ToolCall(None, asked.name, arguments, ""))


def _value(text: str) -> Json:
    try:
        return loads(text.removeprefix(BOM))
    except (ValueError, RecursionError):
        return None


def _id(trial: Trial) -> str:
    """An id that no call of the reply has."""
    taken = {each.call.id for each in calls_of(trial.reply)}
    prefix = PREFIXES.get(trial.exchange.protocol or "", "call")
    number = next(number for number in range(len(taken) + 1) if f"{prefix}_added_{number}" not in taken)
    return f"{prefix}_added_{number}"


def _set(trial: Trial, number: int, path: Sequence[str | int], value: Json) -> Iterator[Change]:
    payload = trial.places.payload(trial.events[number].number)
    assert payload is not None
    yield payload, set_at(payload.text, tuple(path), dumps(value))


def _inserted(exchange: Exchange, events: Sequence[Event], before: int) -> list[Change]:
    """New frames before the frame of an event, each spelled as the event that it is like."""
    content = exchange.content
    if not events or content is None or exchange.framing is None:
        return []
    frames = [frame for frame in exchange.frames if frame.number is not None and frame.data is not None]
    write = framing.named(exchange.framing).writer(content.text, exchange.frames)
    place = frames[before].span.start if before < len(frames) else len(content.text)
    raws = [
        _retyped(write(frames[each.like], dumps(each.value), Place(False, False)), frames[each.like], each)
        for each in events
    ]
    return [(content, Edit(Span(place, place), raws[0][:0].join(raws)))]


def _retyped(raw: str, like: Frame, event: Event) -> str:
    """A frame with the type of its event, where the one that it is like has another."""
    if event.type is None or like.event in (None, event.type):
        return raw
    if not isinstance(raw, str):
        raise CassetteError(f"the stream has no {event.type} that shows how one is written")
    return raw.replace(str(like.event), event.type, 1)
