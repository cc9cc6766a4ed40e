"""One tool call more, as each protocol has it in a plain reply and in the events of a stream."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import at
from cassette_cli.writing import anthropic_messages, cohere_chat, openai_chat, openai_responses
from cassette_cli.writing.base import list_of, loads, objects

Path: TypeAlias = tuple[str | int, ...]


class Call(NamedTuple):
    """A call to be added to a message: `arguments` is JSON text."""

    message: int
    id: str
    name: str
    arguments: str

    @property
    def value(self) -> Json:
        """The arguments as a value, numbers as they are spelled."""
        return loads(self.arguments)


class Event(NamedTuple):
    """An event to be put into a stream: its type, the number of the event that it is spelled like, and its JSON."""

    type: str | None
    like: int
    value: Json


class Added(NamedTuple):
    """What adds a call: values at paths of events, by their numbers, and events before the event of a number."""

    sets: Sequence[tuple[int, Path, Json]] = ()
    events: Sequence[Event] = ()
    before: int = 0


# From the JSON of a plain reply, or of all events (None where one is no JSON), to what adds the call.
# Raises ValueError, with the reason, where that cannot be done.
Adding: TypeAlias = Callable[[Sequence[Json], Call], Added]


def _in_list(value: Json, path: Path, item: Json) -> tuple[int, Path, Json]:
    """An item at the end of a list that may not be there yet."""
    held = at(value, *path)
    return (0, (*path, len(held)), item) if isinstance(held, list) else (0, path, [item])


def _function(call: Call) -> Json:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}


def _chat(values: Sequence[Json], call: Call) -> Added:
    return Added([_in_list(values[0], ("choices", call.message, "message", "tool_calls"), _function(call))])


def _chat_stream(values: Sequence[Json], call: Call) -> Added:
    last, end = None, None
    count: set[Json] = set()
    for number, value in enumerate(values):
        for choice in objects(list_of(value.get("choices"))) if isinstance(value, dict) else ():
            if choice.get("index", 0) != call.message:
                continue
            delta = choice.get("delta")
            calls = objects(list_of(delta.get("tool_calls"))) if isinstance(delta, dict) else []
            count.update(each.get("index") for each in calls)
            if choice.get("finish_reason") and end is None:
                end = number
            elif end is None:
                last = number
    like = end if last is None else last
    if like is None:
        raise ValueError("the stream has no chunk of this message")
    envelope = {name: item for name, item in values[like].items() if name not in ("choices", "usage", "obfuscation")}
    events = [
        Event(
            None,
            like,
            {**envelope, "choices": [{"index": call.message, "delta": {"tool_calls": [delta]}, "finish_reason": None}]},
        )
        for delta in openai_chat.call_deltas(len(count), _function(call))
    ]
    return Added(events=events, before=like + 1 if end is None else end)


def _use(call: Call) -> Json:
    return {"type": "tool_use", "id": call.id, "name": call.name, "input": call.value}


def _anthropic(values: Sequence[Json], call: Call) -> Added:
    return Added([_in_list(values[0], ("content",), _use(call))])


def _anthropic_stream(values: Sequence[Json], call: Call) -> Added:
    index = 1 + max((value.get("index", 0) for value in objects(values) if "index" in value), default=-1)
    events = _typed(values, anthropic_messages.block_events(index, _use(call)))
    return Added(events=events, before=_first(values, ("message_delta", "message_stop")))


def _item(call: Call, index: int) -> dict[str, Json]:
    more = {"id": f"fc_added_{index}", "type": "function_call", "status": "completed"}
    return {**more, "arguments": call.arguments, "call_id": call.id, "name": call.name}


def _responses(values: Sequence[Json], call: Call) -> Added:
    return Added([_in_list(values[0], ("output",), _item(call, len(list_of(values[0].get("output")))))])


def _responses_stream(values: Sequence[Json], call: Call) -> Added:
    end = _first(values, openai_responses.ENDS)
    index = 1 + max((value.get("output_index", 0) for value in objects(values) if "output_index" in value), default=-1)
    item = _item(call, index)
    number = values[end].get("sequence_number")
    made = list(openai_responses.item_events(index, item))
    if isinstance(number, int):
        made = [{**event, "sequence_number": number + place} for place, event in enumerate(made)]
    _, path, value = _in_list(values[end], ("response", "output"), item)
    sets: list[tuple[int, Path, Json]] = [(end, path, value)]
    for later in range(end, len(values)):
        if isinstance(number, int) and isinstance(values[later], dict) and "sequence_number" in values[later]:
            sets.append((later, ("sequence_number",), values[later]["sequence_number"] + len(made)))
    return Added(sets, _typed(values, made), end)


def _gemini(values: Sequence[Json], call: Call) -> Added:
    """Into the event with the finish reason, of a plain reply and of a stream alike."""
    place = None
    for number, value in enumerate(values):
        for which, candidate in enumerate(objects(list_of(value.get("candidates")))) if isinstance(value, dict) else ():
            if candidate.get("index", which) == call.message:
                place = (number, which, candidate)
    if place is None:
        raise ValueError("the reply has no candidate")
    number, which, candidate = place
    part = {"functionCall": {"name": call.name, "args": call.value}}
    base: Path = ("candidates", which, "content")
    if not isinstance(candidate.get("content"), dict):
        return Added([(number, base, {"parts": [part], "role": "model"})])
    _, path, item = _in_list(values[number], (*base, "parts"), part)
    return Added([(number, path, item)])


def _ollama(values: Sequence[Json], call: Call) -> Added:
    """Into the last line that is not the end, of a plain reply into the only one."""
    lines = [
        number
        for number, value in enumerate(values)
        if isinstance(value, dict) and isinstance(value.get("message"), dict)
    ]
    if not lines:
        raise ValueError("the reply has no message")
    open_ = [number for number in lines if not values[number].get("done")]
    number = (open_ or lines)[-1]
    item = {"function": {"name": call.name, "arguments": call.value}}
    _, path, value = _in_list(values[number], ("message", "tool_calls"), item)
    return Added([(number, path, value)])


def _cohere(values: Sequence[Json], call: Call) -> Added:
    if not isinstance(values[0].get("message"), dict):
        raise ValueError("only version 2 of Cohere's chat is known here")
    return Added([_in_list(values[0], ("message", "tool_calls"), _function(call))])


def _cohere_stream(values: Sequence[Json], call: Call) -> Added:
    end = _first(values, ("message-end",))
    index = len({value.get("index") for value in objects(values) if value.get("type") == "tool-call-start"})
    made = cohere_chat.call_events(index, _function(call))
    return Added(events=_typed(values, made), before=end)


def _converse(values: Sequence[Json], call: Call) -> Added:
    use = {"toolUse": {"toolUseId": call.id, "name": call.name, "input": call.value}}
    return Added([_in_list(values[0], ("output", "message", "content"), use)])


def _first(values: Sequence[Json], types: Sequence[str]) -> int:
    found = [place for place, value in enumerate(values) if isinstance(value, dict) and value.get("type") in types]
    if not found:
        raise ValueError("the stream ends before the place for a call")
    return found[0]


def _typed(values: Sequence[Json], made: Iterable[dict[str, Json]]) -> list[Event]:
    """Events spelled like those of their type, where there are such, else like the last one."""
    likes = {value.get("type"): place for place, value in enumerate(values) if isinstance(value, dict)}
    last = max(likes.values())
    return [Event(str(value["type"]), likes.get(value["type"], last), value) for value in made]


PLAIN: dict[str, Adding] = {
    "openai.chat_completions": _chat,
    "openai.responses": _responses,
    "anthropic.messages": _anthropic,
    "google.generate_content": _gemini,
    "ollama.chat": _ollama,
    "cohere.chat": _cohere,
    "aws.bedrock.converse": _converse,
}
STREAM: dict[str, Adding] = {
    "openai.chat_completions": _chat_stream,
    "openai.responses": _responses_stream,
    "anthropic.messages": _anthropic_stream,
    "google.generate_content": _gemini,
    "ollama.chat": _ollama,
    "cohere.chat": _cohere_stream,
}
