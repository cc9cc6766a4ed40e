"""A redacted recording of VCR.py plays in VCR.py, and the vendors' SDKs give the redacted reply.

The SDKs are no part of the test environment: `.ci/run` gives CASSETTE_SDK_PYTHON, that of samples/make.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from planted import put, secret, vcrpy

from cassette_cli import cli

KEY = secret()
SAID = f"Your key is {KEY}, keep it."
NOW = "Your key is <openai-api-key-1>, keep it."
PYTHON = os.environ.get("CASSETTE_SDK_PYTHON", sys.executable)

HAS_SDKS = (
    subprocess.run([PYTHON, "-c", "import anthropic, openai, vcr"], capture_output=True, check=False).returncode == 0
)
pytestmark = pytest.mark.skipif(not HAS_SDKS, reason="vcrpy and the vendors' SDKs are not installed")

OPENAI = """
import json, sys, openai, vcr
path, prompt = sys.argv[1:]
client = openai.OpenAI(api_key="none", base_url="https://api.example/v1", max_retries=0)
with vcr.use_cassette(path, record_mode="none", match_on=["method", "uri", "body"]):
    messages = [{"role": "user", "content": prompt}]
    stream = client.chat.completions.create(model="example-mini-1", messages=messages, stream=True)
    chunks = [chunk.choices[0].delta.content for chunk in stream if chunk.choices]
print(json.dumps([len(chunks), "".join(chunk or "" for chunk in chunks)]))
"""
ANTHROPIC = """
import json, sys, anthropic, vcr
path, prompt = sys.argv[1:]
client = anthropic.Anthropic(api_key="none", base_url="https://api.example", max_retries=0)
with vcr.use_cassette(path, record_mode="none", match_on=["method", "uri"]):
    messages = [{"role": "user", "content": prompt}]
    with client.messages.stream(model="example-large-1", max_tokens=9, messages=messages) as stream:
        chunks = list(stream.text_stream)
        message = stream.get_final_message()
print(json.dumps([len(chunks), message.content[0].text, message.content[1].input]))
"""


def pieces(text: str, size: int = 6) -> list[str]:
    return [text[place : place + size] for place in range(0, len(text), size)]


def played(script: str, *args: str) -> Any:
    done = subprocess.run([PYTHON, "-c", script, *args], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_chat_completions(tmp_path: Path) -> None:
    path = put(tmp_path, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}"}, prompt=SAID, reply=pieces(SAID)))
    before = played(OPENAI, str(path), SAID)
    assert cli.run(["redact", str(path)]) == 0
    assert KEY not in path.read_text()
    # The same number of chunks, and the request matches with the redacted prompt.
    assert before == [len(pieces(SAID)) + 2, SAID]
    assert played(OPENAI, str(path), NOW) == [len(pieces(SAID)) + 2, NOW]


def messages(texts: Sequence[str], arguments: Sequence[str]) -> str:
    """The body of a streamed reply with a text and a tool call."""
    start = {"id": "msg_1", "type": "message", "role": "assistant", "model": "example-large-1", "content": []}
    usage = {"input_tokens": 1, "output_tokens": 1}
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**start, "stop_reason": None, "stop_sequence": None, "usage": usage}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}} for text in texts),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "content_block_start",
            "index": 1,
            "content_block": {"type": "tool_use", "id": "toolu_1", "name": "login", "input": {}},
        },
        *(
            {"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": text}}
            for text in arguments
        ),
        {"type": "content_block_stop", "index": 1},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "tool_use", "stop_sequence": None},
            "usage": {"output_tokens": 9},
        },
        {"type": "message_stop"},
    ]
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)


def test_messages_with_a_tool_call(tmp_path: Path) -> None:
    arguments = json.dumps({"user": "a", "api_key": KEY})
    body = json.dumps(messages(pieces(SAID), pieces(arguments)))
    text = vcrpy(url="https://api.example/v1/messages", headers={"x-api-key": KEY})
    lines = [f"      string: {body}" if line.startswith("      string: ") else line for line in text.split("\n")]
    path = put(tmp_path, "a.yaml", "\n".join(lines))
    before = played(ANTHROPIC, str(path), "Hi")
    assert cli.run(["redact", str(path)]) == 0
    assert before == [len(pieces(SAID)), SAID, {"user": "a", "api_key": KEY}]
    count, said, called = played(ANTHROPIC, str(path), "Hi")
    assert (said, called) == (NOW, {"user": "a", "api_key": "<openai-api-key-1>"})
    assert count <= len(pieces(SAID))
