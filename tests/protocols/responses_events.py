"""Events of the Responses API for its tests: single ones, and whole streams of given output items."""

from collections.abc import Callable, Iterator

from cassette_cli.conversation import Json

Object = dict[str, Json]
# How a text is cut into deltas.
Cut = Callable[[str], list[str]]


def message(*texts: str, id_: str = "msg_1", **fields: Json) -> Object:
    content = [{"type": "output_text", "text": text, "annotations": []} for text in texts]
    return {"type": "message", "id": id_, "status": "completed", "role": "assistant", "content": content, **fields}


def thought(*summaries: str, id_: str = "rs_1", **fields: Json) -> Object:
    return {
        "type": "reasoning",
        "id": id_,
        "summary": [{"type": "summary_text", "text": text} for text in summaries],
        **fields,
    }


def call(
    arguments: Json = "{}", id_: str = "fc_1", call_id: str = "call_1", name: str = "add", **fields: Json
) -> Object:
    ids = {"id": id_, "call_id": call_id}
    return {"type": "function_call", **ids, "status": "completed", "name": name, "arguments": arguments, **fields}


def event(kind: str, index: int | None = 0, **fields: Json) -> Object:
    """An event about the output item of this index."""
    return {"type": f"response.{kind}", **({} if index is None else {"output_index": index}), **fields}


def delta(text: Json, index: int | None = 0, item_id: str | None = "msg_1", content_index: int | None = 0) -> Object:
    """A piece of a message's text."""
    fields = {"item_id": item_id, "content_index": content_index, "delta": text}
    return event("output_text.delta", index, **{name: field for name, field in fields.items() if field is not None})


def arguments(text: Json, index: int = 0, item_id: str = "fc_1") -> Object:
    """A piece of a call's arguments."""
    return event("function_call_arguments.delta", index, item_id=item_id, delta=text)


def added(item: Object, index: int | None = 0) -> Object:
    """The announcement of an item: its texts and lists are empty."""
    empty: dict[type, Json] = {str: "", list: []}
    texts = ("arguments", "input", "content", "summary", "code")
    opened = {name: empty.get(type(value)) if name in texts else value for name, value in item.items()}
    return event("output_item.added", index, item={**opened, "status": "in_progress"})


def part_added(index: int = 0, item_id: str = "msg_1", content_index: int = 0, kind: str = "output_text") -> Object:
    part = {"type": kind, "text": ""}
    return event("content_part.added", index, item_id=item_id, content_index=content_index, part=part)


def done(item: Object, index: int | None = 0) -> Object:
    return event("output_item.done", index, item=item)


def response(status: str | None = None, output: list[Json] | None = None, **fields: Json) -> Object:
    header = {"id": "resp_1", "object": "response", "model": "m", "status": status, "output": output or []}
    return {**header, "error": None, "incomplete_details": None, "usage": None, **fields}


CREATED: Json = {"type": "response.created", "response": response("in_progress")}


def ended(*output: Json, status: str = "completed", **fields: Json) -> Object:
    """The event that ends a stream with all of its items."""
    return {"type": f"response.{status}", "response": response(status, list(output), **fields)}


def stream(*events: Json, output: tuple[Json, ...] = ()) -> list[Json]:
    """A stream around the events of its items; the first of them is event 1."""
    return [CREATED, *events, ended(*output)]


def streamed(items: list[Object], cut: Cut) -> list[Json]:
    """A well-formed stream of these items, numbered."""
    events: list[Object] = [{"type": "response.created", "response": response("in_progress")}]
    events.append({"type": "response.in_progress", "response": response("in_progress")})
    for index, item in enumerate(items):
        events += [added(item, index), *_texts_of(item, index, cut), done(item, index)]
    events.append(ended(*items))
    return [{**each, "sequence_number": number} for number, each in enumerate(events)]


# The text of each type of call, and the events that bring it.
CALLS = {
    "function_call": ("arguments", "function_call_arguments"),
    "mcp_call": ("arguments", "mcp_call_arguments"),
    "custom_tool_call": ("input", "custom_tool_call_input"),
    "code_interpreter_call": ("code", "code_interpreter_call_code"),
}
PARTS = {
    "output_text": ("text", "output_text"),
    "refusal": ("refusal", "refusal"),
    "reasoning_text": ("text", "reasoning_text"),
}


def _texts_of(item: Object, index: int, cut: Cut) -> Iterator[Object]:
    place = {"item_id": item["id"]}
    if item["type"] in CALLS:
        field, name = CALLS[item["type"]]
        yield from _text_events(name, index, field, item[field], cut, place)
    for number, part in enumerate(item.get("summary", ())):
        at = {**place, "summary_index": number}
        yield event("reasoning_summary_part.added", index, **at, part={**part, "text": ""})
        yield from _text_events("reasoning_summary_text", index, "text", part["text"], cut, at)
        yield event("reasoning_summary_part.done", index, **at, part=part)
    for number, part in enumerate(item.get("content", ())):
        field, name = PARTS[part["type"]]
        at = {**place, "content_index": number}
        yield event("content_part.added", index, **at, part={**part, field: "", "annotations": []})
        yield from _text_events(name, index, field, part[field], cut, at)
        for annotation in part.get("annotations", ()):
            yield event("output_text.annotation.added", index, **at, annotation=annotation)
        yield event("content_part.done", index, **at, part=part)


def _text_events(name: str, index: int, field: str, text: str, cut: Cut, place: Object) -> Iterator[Object]:
    for piece in cut(text):
        yield event(f"{name}.delta", index, **place, delta=piece, obfuscation="k3J")
    yield event(f"{name}.done", index, **place, **{field: text})
