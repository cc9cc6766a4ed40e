"""Images as OpenAI makes them, and Together, xAI and others who answer in their shape; streamed or whole.

https://platform.openai.com/docs/api-reference/images, https://platform.openai.com/docs/api-reference/images-streaming

    POST /v1/images/generations
    {"model": "gpt-image-1", "prompt": "A llama", "size": "1024x1024"}

    {"created": 1713833628, "data": [{"b64_json": "iVBORw0KGgo..."}], "output_format": "png", "usage": {...}}

    data: {"type": "image_generation.partial_image", "b64_json": "iVBORw0KGgo...", "partial_image_index": 0}
    data: {"type": "image_generation.completed", "b64_json": "iVBORw0KGgo...", "output_format": "png", "usage": {...}}

What an image was drawn from (`revised_prompt`) stands in the message's `extra`, by the image's place.
"""

import re
from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Media, Message, Prompt, Reading, Text, Unknown
from cassette_cli.protocols.base import Call, Event, ReplyBuilder, at, list_at, text_at, without
from cassette_cli.protocols.shared.chat import usage_of
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.media import base64_size, of_base64, of_url

NAME = "openai.images"

PATH = re.compile(r"/images/(generations|edits|variations)/?$")
STREAMED = re.compile(r"image_(generation|edit)\.(partial_image|completed)$")
# Of an image; all others are kept.
FIELDS = ("b64_json", "url", "index")


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    if STREAMED.match(text_at(call.response, "type") or ""):
        return True
    if not PATH.search(call.path):
        return False
    image = at(call.response, "data", 0)
    if text_at(image, "b64_json") is not None or text_at(image, "url") is not None:
        return True
    return text_at(call.request, "prompt") is not None and (
        call.response is None or error_of(call.response) is not None
    )


def prompt(request: Json) -> Prompt:
    """The request read; one with images to start from is no JSON."""
    text = text_at(request, "prompt")
    read = [name for name in ("model", "prompt") if text_at(request, name) is not None]
    return Prompt(
        model=text_at(request, "model"),
        messages=(Message("user", (Text(text),)),) if text else (),
        parameters=without(request, read),
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    out = ReplyBuilder()
    out.complete = not streamed
    for event in events:
        _read_event(out, event, streamed=streamed)
    if streamed and not out.complete and out.error is None:
        last = events[-1].number if events else None
        out.report(Code.STREAM_CUT_OFF, last, "the stream ends before an image is complete")
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    out.use_all(events if streamed else [event for event in events if event.is_json])
    return out.build()


def _read_event(out: ReplyBuilder, event: Event, *, streamed: bool) -> None:
    value = event.value
    kind = STREAMED.match(text_at(value, "type") or "")
    if kind and kind[2] == "completed":
        out.complete = True
        _put(out, event.number, 0, value, text_at(value, "output_format"))
    elif kind:
        partial = {"index": at(value, "partial_image_index"), "size": base64_size(text_at(value, "b64_json") or "")}
        out.message().keep("partial_images", [partial])
    elif isinstance(at(value, "data"), list):
        for place, image in enumerate(list_at(value, "data")):
            _put(out, event.number, place, image, text_at(value, "output_format"))
    elif error := error_of(value):
        out.error = error
        if streamed:
            out.report(Code.ERROR_EVENT, event.number, "the provider reports an error within the reply")
    elif event.is_json or (streamed and event.text.strip() not in ("", "[DONE]")):
        out.unknown(event)
    out.id, out.model = out.id or text_at(value, "id"), out.model or text_at(value, "model")
    if usage := at(value, "usage"):
        out.usage = usage_of(usage)


def _put(out: ReplyBuilder, event: int, place: int, image: Json, kind: str | None) -> None:
    data, url = text_at(image, "b64_json"), text_at(image, "url")
    media_type = f"image/{kind}" if kind else None
    part: Media | Unknown = Unknown("image", image)
    if data is not None:
        part = of_base64("image", data, media_type)
    elif url is not None:
        part = of_url("image", url, media_type)
    out.message().put((event, place), part)
    rest = without(image, FIELDS)
    if rest and "type" not in rest:  # an event says of the whole reply what it says beside the image
        out.message().keep("images", {str(place): rest})
