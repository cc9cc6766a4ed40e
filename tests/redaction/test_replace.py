"""Placeholders: the same for the same secret; lengths stay true; nothing else changes."""

import base64
import gzip
import json

import pytest
from planted import go_vcr, opaque, read, secret
from redacting import found, redacted, vcrpy

from cassette_cli.redaction.find import Finder
from cassette_cli.redaction.replace import Placeholders, named, numbered
from cassette_cli.redaction.rules import Category

KEYS = [secret(seed) for seed in range(3)]


def changed_lines(before: str, after: str) -> list[int]:
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [number for number, (old, new) in enumerate(pairs) if old != new]


def test_same_secret_same_placeholder() -> None:
    text = vcrpy({"a": KEYS[0], "b": f"{KEYS[1]} {KEYS[0]}"}, KEYS[1])
    after = redacted(text)
    assert json.loads(json.loads(after)["interactions"][0]["request"]["body"]) == {
        "a": "<openai-api-key-1>",
        "b": "<openai-api-key-2> <openai-api-key-1>",
    }
    assert changed_lines(text, after) == [number for number, line in enumerate(text.split("\n")) if "sk-proj" in line]


def test_numbers_that_are_taken() -> None:
    placeholders = Placeholders()
    placeholders.reserve(numbered("<openai-api-key-1> %3Copenai-api-key-2%3E"))
    [finding] = found(vcrpy(KEYS[0]))
    assert placeholders.of(finding) == placeholders.of(finding) == "<openai-api-key-3>"


def test_a_style_of_ones_own() -> None:
    assert named("token", 2, "x") == "<token-2>"
    [finding] = found(vcrpy(KEYS[0]))
    assert (
        Placeholders(lambda rule, number, value: f"{rule}:{number}:{len(value)}").of(finding) == "openai-api-key:1:56"
    )


@pytest.mark.parametrize("agrees", [True, False])
def test_lengths(agrees: bool) -> None:
    body = f"the key is {KEYS[0]}"
    text = go_vcr("Bearer <KEY>", body)
    if not agrees:
        text = text.replace(f"content_length: {len(body)}", "content_length: 7")
    new = len("the key is <openai-api-key-1>")
    assert f"content_length: {new if agrees else 7}\n" in redacted(text)


def test_the_header_of_a_length() -> None:
    body = json.dumps({"k": KEYS[0]})
    text = vcrpy(body, asked={"Content-Length": str(len(body))})
    side = json.loads(redacted(text))["interactions"][0]["request"]
    assert side["headers"]["Content-Length"] == [str(len(side["body"]))]


def test_a_gzip_body() -> None:
    packed = base64.b64encode(gzip.compress(json.dumps({"k": KEYS[0]}).encode(), mtime=0)).decode()
    text = f"""interactions:
- request:
    body: null
    headers: {{}}
    method: GET
    uri: https://api.example/x
  response:
    body:
      string: !!binary |
        {packed}
    headers:
      Content-Length:
      - '{len(base64.b64decode(packed))}'
      content-encoding:
      - gzip
    status: {{code: 200, message: OK}}
version: 1
"""
    cassette, exchanges = read(redacted(text))
    assert exchanges[0].content
    assert json.loads(exchanges[0].content.text) == {"k": "<openai-api-key-1>"}
    body = cassette.interactions[0].response.body
    assert body
    assert cassette.interactions[0].response.headers[0].value.text == str(len(body.text))


def test_a_password_cookie_and_query_in_one_url() -> None:
    password, token = opaque(1, 14), opaque(2)
    text = vcrpy(url=f"https://me:{password}@a.example/x?access_token={token}&alt=sse")
    assert "https://me:%3Curl-password-1%3E@a.example/x?access_token=%3Ctoken-1%3E&alt=sse" in redacted(text)


def test_only_the_classes_that_are_on() -> None:
    text = vcrpy("mail jane.roe@corp.io", asked={"X-Api-Key": KEYS[0]})
    after = redacted(text, [Category.CREDENTIALS])
    assert "jane.roe@corp.io" in after
    assert KEYS[0] not in after
    assert not Finder([Category.CREDENTIALS]).find(*read(after))
