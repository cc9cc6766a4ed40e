"""OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses and .../responses-streaming

    {"type": "response.completed", "sequence_number": 9, "response": {"id": "resp_1", "status": "completed", ...}}

The last event of a stream holds the whole plain reply.
"""

from collections.abc import Iterator, Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Request, Sent, dumps, list_of, objects

NAME = "openai.responses"
FRAMING = "sse"

ENDS = ("response.completed", "response.incomplete", "response.failed")
# What an event stream says first of a reply that is not there yet.
BEGUN: dict[str, Json] = {"status": "in_progress", "output": [], "usage": None, "completed_at": None}


def plain(values: Sequence[Json]) -> Json:
    """The reply that the last event holds; items that it lacks are those that were done before."""
    done: dict[int, Json] = {}
    whole: Json = None
    for value in objects(values):
        if value.get("type") == "response.output_item.done":
            done[value.get("output_index", len(done))] = value.get("item")
        elif value.get("type") in ENDS:
            whole = value.get("response")
    if not isinstance(whole, dict):
        raise ValueError("the stream ends without the event that holds the whole reply")
    if not whole.get("output") and done:
        whole = {**whole, "output": [done[index] for index in sorted(done)]}
    return whole


def stream(value: Json) -> list[Sent]:
    """The events of a reply, each text and each call's arguments in one delta."""
    if not isinstance(value, dict) or not isinstance(value.get("output"), list):
        raise ValueError("the reply has no output")
    begun = {name: BEGUN.get(name, item) for name, item in value.items()}
    status = value.get("status") if f"response.{value.get('status')}" in ENDS else "completed"
    events = [
        {"type": "response.created", "response": begun},
        {"type": "response.in_progress", "response": begun},
        *(event for index, item in enumerate(objects(value["output"])) for event in item_events(index, item)),
        {"type": f"response.{status}", "response": value},
    ]
    return [
        Sent(str(event["type"]), dumps({**event, "sequence_number": number})) for number, event in enumerate(events)
    ]


def item_events(index: int, item: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """The events of one item of the output, without their numbers."""
    kind = item.get("type")
    at = {"output_index": index, "item_id": item.get("id")}
    opened = dict(item)
    inside: list[dict[str, Json]] = []
    if kind == "message":
        opened["content"] = []
        for place, part in enumerate(objects(list_of(item.get("content")))):
            inside += _part_events({**at, "content_index": place}, part)
    elif kind == "reasoning":
        opened["summary"] = []
        for place, part in enumerate(objects(list_of(item.get("summary")))):
            inside += _summary_events({**at, "summary_index": place}, part)
    elif kind == "function_call" and isinstance(item.get("arguments"), str):
        opened["arguments"] = ""
        name = "response.function_call_arguments"
        inside.append({"type": f"{name}.delta", **at, "delta": item["arguments"]})
        inside.append({"type": f"{name}.done", **at, "arguments": item["arguments"]})
    if "status" in opened and (kind in ("message", "function_call")):
        opened["status"] = "in_progress"
    yield {"type": "response.output_item.added", "output_index": index, "item": opened}
    yield from inside
    yield {"type": "response.output_item.done", "output_index": index, "item": item}


def _part_events(at: dict[str, Json], part: dict[str, Json]) -> Iterator[dict[str, Json]]:
    field, name = ("refusal", "response.refusal") if part.get("type") == "refusal" else ("text", "response.output_text")
    text = part.get(field)
    opened = {**part, field: ""} if isinstance(text, str) else part
    if "annotations" in opened:
        opened = {**opened, "annotations": []}
    more = {"logprobs": list_of(part.get("logprobs"))} if field == "text" else {}
    yield {"type": "response.content_part.added", **at, "part": opened}
    if isinstance(text, str):
        yield {"type": f"{name}.delta", **at, "delta": text, **more}
        for number, each in enumerate(list_of(part.get("annotations"))):
            added = {"annotation_index": number, "annotation": each}
            yield {"type": "response.output_text.annotation.added", **at, **added}
        yield {"type": f"{name}.done", **at, field: text, **more}
    yield {"type": "response.content_part.done", **at, "part": part}


def _summary_events(at: dict[str, Json], part: dict[str, Json]) -> Iterator[dict[str, Json]]:
    text = part.get("text") or ""
    yield {"type": "response.reasoning_summary_part.added", **at, "part": {**part, "text": ""}}
    yield {"type": "response.reasoning_summary_text.delta", **at, "delta": text}
    yield {"type": "response.reasoning_summary_text.done", **at, "text": text}
    yield {"type": "response.reasoning_summary_part.done", **at, "part": part}


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """`stream`, and the options that go with it."""
    return Request({"stream": streamed, "stream_options": None}, url)
