"""What the tool is for: faults of public clients, shown by a recording in other clothes.

Each client gives the reply of the recording as it is, and not that of the same recording with noise that its own
specification, that of server-sent events, declares to mean nothing.

The clients are no part of the test environment: `.ci/run` gives CASSETTE_OLD_OPENAI_PYTHON, with the release that had
the fault, and CASSETTE_SDK_PYTHON, that of samples/make.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cassette_cli import files
from cassette_cli.exchange import exchange
from cassette_cli.rechunking.noise import noises
from cassette_cli.rechunking.proven import Recipe, rechunked

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "vcrpy"
OLD_OPENAI = os.environ.get("CASSETTE_OLD_OPENAI_PYTHON", sys.executable)
SDKS = os.environ.get("CASSETTE_SDK_PYTHON", sys.executable)

# openai 0.27 looks for "data: " and passes over lines without the space: https://github.com/openai/openai-python/issues/559
OPENAI_027 = """
import json, sys, openai
openai.api_base, openai.api_key = sys.argv[1] + "/v1", "none"
stream = openai.ChatCompletion.create(model="m", messages=[{"role": "user", "content": "x"}], stream=True)
print(json.dumps("".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in stream if chunk["choices"])))
"""
# anthropic 2.12 takes a byte order mark for a part of the first field's name, and so misses message_start.
ANTHROPIC = """
import json, sys, anthropic
client = anthropic.Anthropic(api_key="none", base_url=sys.argv[1], max_retries=0)
with client.messages.stream(model="m", max_tokens=9, messages=[{"role": "user", "content": "x"}]) as stream:
    print(json.dumps(stream.get_final_message().content[-1].text))
"""


def has(python: str, condition: str) -> bool:
    return subprocess.run([python, "-c", f"assert {condition}"], capture_output=True, check=False).returncode == 0


def body_of(name: str, *noise: str) -> tuple[bytes, str]:
    """The body of a sample's first response with noise, and the text of its reply, which noise leaves as it is."""
    cassette = files.read(str(SAMPLES / name))
    before = [exchange(each) for each in cassette.interactions]
    after = exchange(rechunked(cassette, before, Recipe(noise=noises(noise))).cassette.interactions[0])
    assert after.reply == before[0].reply
    assert after.content is not None
    assert after.reply is not None
    text = after.content.text
    said = [part.content for part in after.reply.messages[0].parts if hasattr(part, "content")]
    return text if isinstance(text, bytes) else text.encode(), said[-1]


@contextmanager
def served(body: bytes) -> Iterator[str]:
    """The address of a server on this machine that answers everything with this event stream."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def client_gives(python: str, script: str, body: bytes) -> object:
    """What a client makes of a body: its text, or the name of what it raises."""
    with served(body) as address:
        done = subprocess.run([python, "-c", script, address], capture_output=True, encoding="utf-8", check=False)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1].partition(":")[0]


@pytest.mark.skipif(
    not has(OLD_OPENAI, "__import__('openai').version.VERSION.startswith('0.27.')"),
    reason="openai 0.27 is not installed",
)
def test_openai_027_loses_a_reply_without_the_space() -> None:
    plain, said = body_of("openai_chat_sse_unicode.yaml")
    noisy, _ = body_of("openai_chat_sse_unicode.yaml", "no-space")

    assert client_gives(OLD_OPENAI, OPENAI_027, plain) == said
    assert client_gives(OLD_OPENAI, OPENAI_027, noisy) == ""


@pytest.mark.skipif(
    not has(SDKS, "__import__('anthropic').__version__ == '2.12.0'"), reason="anthropic 2.12.0 is not installed"
)
def test_anthropic_212_fails_at_a_byte_order_mark() -> None:
    plain, said = body_of("anthropic_sse_thinking.yaml")
    noisy, _ = body_of("anthropic_sse_thinking.yaml", "bom")

    assert client_gives(SDKS, ANTHROPIC, plain) == said
    assert client_gives(SDKS, ANTHROPIC, noisy) == "AssertionError"
