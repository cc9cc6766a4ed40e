"""Images: which calls they are, what requests say, and what comes back, streamed or whole."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Media, Message, Part, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, openai_images
from cassette_cli.protocols.base import Call

URL = "https://api.openai.com/v1/images/generations"
ASKS: Json = {"model": "m", "prompt": "A llama", "size": "1024x1024"}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, {"created": 1, "data": [{"b64_json": "aGVsbG8="}]}),
        (URL, ASKS, None),
        (URL, ASKS, {"error": {"message": "no"}}),
        ("https://api.together.xyz/v1/images/generations", ASKS, {"data": [{"index": 0, "url": "https://a.b/c"}]}),
        ("https://api.openai.com/v1/images/edits", None, {"data": [{"b64_json": "aGVsbG8="}]}),
        ("/draw", None, {"type": "image_edit.partial_image", "b64_json": ""}),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is openai_images


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, None, None),
        (URL, ASKS, {"data": []}),
        ("https://app.example/photos", None, {"data": [{"url": "https://a.b/c"}]}),
        ("", None, {"type": "image_generation.mood"}),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not openai_images.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    assert openai_images.prompt(ASKS) == Prompt(
        model="m", messages=(Message("user", (Text("A llama"),)),), parameters={"size": "1024x1024"}
    )


def said(*parts: Part, **extra: Json) -> tuple[Message, ...]:
    return (Message(None, parts, extra=extra or None),)


def test_plain_replies() -> None:
    usage = {"input_tokens": 5, "output_tokens": 100, "total_tokens": 105}
    images = [{"b64_json": "aGVsbG8=", "revised_prompt": "A woolly llama"}, {"url": "https://a.b/c"}, {"x": 1}]
    reading = read(openai_images, [{"data": images, "output_format": "png", "usage": usage}], streamed=False)
    assert reading.reply.messages == said(
        Media("image", "image/png", 5),
        Media("image", "image/png", uri="https://a.b/c"),
        Unknown("image", {"x": 1}),
        images={"0": {"revised_prompt": "A woolly llama"}, "2": {"x": 1}},
    )
    assert reading.reply.usage == Usage(input_tokens=5, output_tokens=100, total_tokens=105, raw=usage)
    assert reading.anomalies == ()
    refused = read(openai_images, [{"error": {"message": "no"}}], streamed=False)
    assert (refused.reply.error, refused.anomalies) == ({"message": "no"}, ())
    page = openai_images.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())


PARTIAL: Json = {"type": "image_generation.partial_image", "b64_json": "AAAA", "partial_image_index": 0}
COMPLETED: Json = {"type": "image_generation.completed", "b64_json": "aGVsbG8=", "output_format": "webp"}
KEPT: Json = [{"index": 0, "size": 3}]

STREAMS = [
    Case("an image", [PARTIAL, COMPLETED, "[DONE]"], said(Media("image", "image/webp", 5), partial_images=KEPT)),
    Case("cut off", [PARTIAL], said(partial_images=KEPT), [("stream-cut-off", 0)], complete=False),
    Case(
        "an error",
        [PARTIAL, {"error": {"message": "no"}}],
        said(partial_images=KEPT),
        [("error-event", 1)],
        complete=False,
    ),
    Case(
        "unknown",
        [{"type": "mood"}, COMPLETED],
        said(Media("image", "image/webp", 5), Unknown("mood", {"type": "mood"})),
        [("unknown-event", 0)],
    ),
    Case("nothing", [], (), [("stream-cut-off", None)], complete=False),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(openai_images, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete
