"""Bedrock InvokeModel of Anthropic's models: what Anthropic streams, each event as base64 in `bytes`.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
"""

from base64 import b64decode
from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, Request, Sent, loads, objects
from cassette_cli.writing.shared import message

NAME = "aws.bedrock.invoke"
FRAMING = "eventstream"

PLAIN, STREAM = "/invoke", "/invoke-with-response-stream"
METRICS = "amazon-bedrock-invocationMetrics"


def plain(values: Sequence[Json]) -> Json:
    """The message within. What other vendors stream through Bedrock has no plain form that is known here."""
    events = [loads(b64decode(value["bytes"]).decode()) for value in objects(values) if "bytes" in value]
    if not any(isinstance(event, dict) and event.get("type") == "message_start" for event in events):
        raise ValueError("only Anthropic's messages are known within Bedrock's events")
    rest = Kept()
    for event in objects(events):
        if METRICS in event:
            rest.add({METRICS: event[METRICS]})
    whole: dict[str, Json] = message(
        [{name: item for name, item in event.items() if name != METRICS} for event in objects(events)]
    )
    return {**whole, **rest.fields}


def stream(value: Json) -> list[Sent]:
    """Not written yet: messages of an event stream are bytes, and the place of a plain body holds text."""
    raise ValueError("AWS streams bytes, which the place of a plain body cannot hold")


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """The path says the form."""
    old, new = (PLAIN, STREAM) if streamed else (STREAM, PLAIN)
    return Request({}, url.removesuffix(old) + new if url.endswith(old) else url)
