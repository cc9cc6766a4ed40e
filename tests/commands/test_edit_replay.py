"""An edited recording of VCR.py plays in VCR.py, and the vendors' SDKs give what it was edited to say.

The SDKs are no part of the test environment: `.ci/run` gives CASSETTE_SDK_PYTHON, that of samples/make.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from planted import put, vcrpy

from cassette_cli import cli
from cassette_cli.editing.convert import converted
from cassette_cli.files import read

PYTHON = os.environ.get("CASSETTE_SDK_PYTHON", sys.executable)
HAS_SDKS = (
    subprocess.run([PYTHON, "-c", "import anthropic, openai, vcr"], capture_output=True, check=False).returncode == 0
)
pytestmark = pytest.mark.skipif(not HAS_SDKS, reason="vcrpy and the vendors' SDKs are not installed")

STREAMED = """
import json, sys, openai, vcr
client = openai.OpenAI(api_key="none", base_url="https://api.example/v1", max_retries=0)
with vcr.use_cassette(sys.argv[1], record_mode="none", match_on=["method", "uri"]):
    messages = [{"role": "user", "content": "Hi"}]
    chunks = list(client.chat.completions.create(model="example-mini-1", messages=messages, stream=True))
deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
calls = [call.function for delta in deltas for call in delta.tool_calls or []]
text = "".join(delta.content or "" for delta in deltas)
print(json.dumps([len(chunks), text, "".join(call.arguments or "" for call in calls), [call.name for call in calls]]))
"""
PLAIN = """
import json, sys, openai, vcr
client = openai.OpenAI(api_key="none", base_url="https://api.example/v1", max_retries=0)
with vcr.use_cassette(sys.argv[1], record_mode="none", match_on=["method", "uri"]):
    messages = [{"role": "user", "content": "Hi"}]
    reply = client.chat.completions.create(model="example-mini-1", messages=messages)
print(json.dumps([reply.choices[0].message.content, reply.choices[0].finish_reason]))
"""
FAILED = """
import json, sys, openai, vcr
client = openai.OpenAI(api_key="none", base_url="https://api.example/v1", max_retries=0)
with vcr.use_cassette(sys.argv[1], record_mode="none", match_on=["method", "uri"]):
    try:
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}])
    except openai.RateLimitError as error:
        print(json.dumps([error.status_code, error.response.headers["retry-after"]]))
"""


def played(script: str, path: Path) -> Any:
    done = subprocess.run([PYTHON, "-c", script, str(path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return put(tmp_path, "a.yaml", vcrpy(reply=["It ", "is ", "five."]))


def test_a_new_text_in_as_many_chunks(path: Path) -> None:
    before = played(STREAMED, path)
    assert cli.run(["edit", str(path), "--text", "It is forty-two, says the machine."]) == 0
    assert played(STREAMED, path) == [before[0], "It is forty-two, says the machine.", "", []]


def test_a_call_that_was_not_there(path: Path) -> None:
    assert cli.run(["edit", str(path), "--add-tool-call", 'add={"a": 1}', "--finish-reason", "tool_calls"]) == 0
    _, text, arguments, names = played(STREAMED, path)
    assert (text, json.loads(arguments), names) == ("It is five.", {"a": 1}, ["add", None])


def test_a_failure(path: Path) -> None:
    assert cli.run(["edit", str(path), "--status", "429", "--header", "retry-after=7"]) == 0
    assert played(FAILED, path) == [429, "7"]


def test_the_plain_form(path: Path) -> None:
    cassette = converted(read(str(path)), 0, "plain").cassette
    path.write_bytes(cassette.document.text.encode())
    assert played(PLAIN, path) == ["It is five.", "stop"]


def test_there_and_back(path: Path) -> None:
    cassette = converted(converted(read(str(path)), 0, "plain").cassette, 0, "stream").cassette
    path.write_bytes(cassette.document.text.encode())
    assert played(STREAMED, path)[1:] == ["It is five.", "", []]
