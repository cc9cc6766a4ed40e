"""`interleave`: parallel tool calls and choices take turns, event by event, as servers that compute them at once send
them. Only where events say by an index which they belong to, and a client may not count on one coming after the other.

    call 0, call 0, call 0, call 1, call 1      becomes      call 0, call 1, call 0, call 1, call 0
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from json import loads
from typing import NamedTuple

from cassette_cli.conversation import Json
from cassette_cli.rechunking.events import Item


class Lane(NamedTuple):
    """What an event belongs to: a choice, and a call in it (None: what else the choice says). `closes` says that it
    ends a call: calls end in the order in which they begin."""

    choice: Hashable
    call: Hashable = None
    closes: bool = False


def _chat(event: Json) -> Lane | None:
    """The choice and the call that a chunk is about; None for one that is about several or none."""
    choices = event.get("choices")
    choice = choices[0] if isinstance(choices, list) and len(choices) == 1 else None
    if not isinstance(choice, dict) or not isinstance(choice.get("index"), int):
        return None
    delta = choice.get("delta")
    calls = delta.get("tool_calls") if isinstance(delta, dict) else None
    if not calls:
        return Lane(choice["index"])
    entry = calls[0] if isinstance(calls, list) and len(calls) == 1 else None
    index = entry.get("index") if isinstance(entry, dict) else None
    return None if not isinstance(index, int) or choice.get("finish_reason") else Lane(choice["index"], index)


def _responses(event: Json) -> Lane | None:
    """The function call that an event is about."""
    kind, index, item = str(event.get("type")), event.get("output_index"), event.get("item")
    about = item.get("type") if isinstance(item, dict) else None
    if not isinstance(index, int) or not ("function_call_arguments" in kind or about == "function_call"):
        return None
    return Lane(0, index, kind.endswith(".done"))


LANES: dict[str, Callable[[Json], Lane | None]] = {
    "openai.chat_completions": _chat,
    "openai.completions": _chat,
    "openai.responses": _responses,
}


def in_turns(items: Sequence[Item], protocol: str | None) -> list[Item]:
    """The events of a stream, those of parallel calls and choices in turns; as they are where the protocol sends one
    after the other."""
    lane_of = LANES.get(protocol or "")
    if lane_of is None:
        return list(items)
    laned = [(_lane(item, lane_of), item) for item in items]
    out: list[Item] = []
    for is_laned, grouped in groupby(laned, key=lambda each: each[0] is not None):
        run = list(grouped)
        out += _turns([(lane, item) for lane, item in run if lane]) if is_laned else [item for _, item in run]
    return out


def _lane(item: Item, lane_of: Callable[[Json], Lane | None]) -> Lane | None:
    data = item.data
    try:
        event = loads(data or "")
    except (ValueError, RecursionError):
        return None
    return lane_of(event) if isinstance(event, dict) else None


def _turns(entries: Sequence[tuple[Lane, Item]]) -> Iterator[Item]:
    """Choices in turns, and in each of them the calls that follow one another."""
    choices: dict[Hashable, list[tuple[Lane, Item]]] = {}
    for entry in entries:
        choices.setdefault(entry[0].choice, []).append(entry)
    return _round([list(_calls_in_turns(each)) for each in choices.values()])


def _calls_in_turns(entries: Sequence[tuple[Lane, Item]]) -> Iterator[Item]:
    for is_call, run in groupby(entries, key=lambda entry: entry[0].call is not None):
        if not is_call:
            yield from (item for _, item in run)
            continue
        calls: dict[Hashable, list[Item]] = {}
        closing: list[Item] = []
        for lane, item in run:
            (closing if lane.closes else calls.setdefault(lane.call, [])).append(item)
        yield from _round(list(calls.values()))
        yield from closing


def _round(queues: Iterable[Sequence[Item]]) -> Iterator[Item]:
    for turn in zip_longest(*queues):
        yield from (item for item in turn if item is not None)
