"""What models that complete a text send through Bedrock's InvokeModel, plain and in events.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html

    Titan     {"inputTextTokenCount": 5, "results": [{"tokenCount": 1, "outputText": "Hi", "completionReason": ...}]}
              {"outputText": "Hi", "index": 0, "totalOutputTextTokenCount": 1, "completionReason": "FINISH", ...}
    Llama     {"generation": "Hi", "prompt_token_count": 5, "generation_token_count": 1, "stop_reason": "stop"}
    Claude 2  {"completion": "Hi", "stop_reason": "stop_sequence", "stop": "\\n\\nHuman:"}
    Mistral   {"outputs": [{"text": "Hi", "stop_reason": "stop"}]}
    Cohere    {"id": "...", "generations": [{"id": "...", "text": "Hi", "finish_reason": "COMPLETE"}], "prompt": "..."}
              {"text": "Hi", "is_finished": false} ... {"finish_reason": "COMPLETE", "is_finished": true}
    imported  {"choices": [{"index": 0, "text": "Hi", "finish_reason": "stop"}], ...}

But for Titan and Cohere events have the shape of the plain reply.
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import list_of, objects

# The text of an event that is one piece, and the field that has a list of completions.
FLAT = ("generation", "completion")
LISTS = ("outputs", "generations", "choices")
TITAN, COHERE = "outputText", "text"
TEXTS = (*FLAT, TITAN, COHERE)
# What says only which piece of a stream an event is.
NOISE = ("index", "is_finished", "event_type")
# Titan's name for the count of tokens of one result in the plain form, and in the last event.
COUNT, TOTAL = "tokenCount", "totalOutputTextTokenCount"


def plain(events: Sequence[dict[str, Json]]) -> dict[str, Json]:
    """The reply of a stream's events. Raises ValueError for events of a shape that is not known."""
    name = next((name for event in events for name in LISTS if isinstance(event.get(name), list)), None)
    if name is not None:
        return _listed(events, name)
    fields: dict[str, Json] = {}
    for event in events:
        _grow(fields, event)
    if TITAN in fields:
        result = {
            COUNT: fields.pop(TOTAL, None),
            TITAN: fields.pop(TITAN),
            "completionReason": fields.pop("completionReason", None),
        }
        return {**fields, "results": [result]}
    if COHERE in fields:
        generation = {each: fields.pop(each) for each in ("finish_reason", "id", COHERE) if each in fields}
        return {"generations": [generation], **fields}
    if any(each in fields for each in FLAT):
        return fields
    raise ValueError("events of this shape have no plain form that is known here")


def _listed(events: Sequence[dict[str, Json]], name: str) -> dict[str, Json]:
    """Events that have a list of completions each: these grow by their numbers."""
    rest: dict[str, Json] = {}
    items: dict[int, dict[str, Json]] = {}
    for event in events:
        _grow(rest, {key: item for key, item in event.items() if key != name})
        for place, item in enumerate(objects(list_of(event.get(name)))):
            index = item.get("index", place)
            held = items.setdefault(index if isinstance(index, int) else place, {})
            _grow(held, item, ())
    return {**rest, name: [items[index] for index in sorted(items)]}


def _grow(held: dict[str, Json], event: dict[str, Json], skip: Sequence[str] = NOISE) -> None:
    """Texts grow; of anything else, counts above all, the last that is said is what holds."""
    for name, item in event.items():
        if name in TEXTS and isinstance(item, str):
            held[name] = (held.get(name) or "") + item
        elif name not in skip and (item is not None or name not in held):
            held[name] = item


def events(value: dict[str, Json]) -> list[dict[str, Json]]:
    """One event for all texts of a reply, two for several of Titan's. Raises ValueError for what is no such reply."""
    results = value.get("results")
    if isinstance(results, list):
        counts = {name: item for name, item in value.items() if name != "results"}
        return [_titan(index, result, counts) for index, result in enumerate(objects(results))]
    if any(isinstance(value.get(name), str) for name in FLAT) or any(
        isinstance(item.get(COHERE), str) for name in LISTS for item in objects(list_of(value.get(name)))
    ):
        return [value]
    raise ValueError("no stream is known of what this model gives")


def _titan(index: int, result: dict[str, Json], counts: dict[str, Json]) -> dict[str, Json]:
    rest = {name: item for name, item in result.items() if name not in (COUNT, TITAN, "completionReason")}
    return {
        TITAN: result.get(TITAN) or "",
        "index": index,
        TOTAL: result.get(COUNT),
        "completionReason": result.get("completionReason"),
        **rest,
        **counts,
    }
