from base64 import b64encode
from json import dumps

import pytest

from cassette_cli.conversation import Json
from cassette_cli.writing import bedrock_invoke


def wrapped(value: Json) -> Json:
    return {"bytes": b64encode(dumps(value).encode()).decode(), "p": "abc"}


def test_the_message_within() -> None:
    start = {"type": "message_start", "message": {"id": "m", "content": [], "usage": {}}}
    stop = {"type": "message_stop", "amazon-bedrock-invocationMetrics": {"inputTokenCount": 1}}

    assert bedrock_invoke.plain([wrapped(start), wrapped(stop)]) == {
        "id": "m",
        "content": [],
        "usage": {},
        "amazon-bedrock-invocationMetrics": {"inputTokenCount": 1},
    }


def test_other_vendors() -> None:
    with pytest.raises(ValueError, match="only Anthropic"):
        bedrock_invoke.plain([wrapped({"outputText": "Hi"})])


def test_the_path_says_the_form() -> None:
    url = "https://a/model/m/invoke-with-response-stream"

    assert bedrock_invoke.asking(url, {}, {}, streamed=False).url == "https://a/model/m/invoke"
    with pytest.raises(ValueError, match="bytes"):
        bedrock_invoke.stream({})
