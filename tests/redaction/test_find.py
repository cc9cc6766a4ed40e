"""Findings by place, by shape and by value, and what is left alone."""

import base64
import json
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from planted import opaque, secret
from redacting import ALL, found, in_text, vcrpy

from cassette_cli import files
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette
from cassette_cli.redaction.find import Finder
from cassette_cli.redaction.rules import DEFAULT, Category

KEY = secret()
OPAQUE = opaque()


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "value",
    [
        KEY,
        f"My key is {KEY} and it works.",
        json.dumps({"a": {"b": f"x\n{KEY}"}}),
        json.dumps({"arguments": json.dumps({"note": f"see {KEY}"})}),
        json.dumps({"file_data": "data:text/plain;base64," + coded(f"DEBUG=1\nKEY={KEY}\n")}),
        f"echo {coded('the key is ' + KEY)} | base64 -d",
        json.dumps({"a": f"<{KEY}&"}).replace("<", "\\u003c").replace("&", "\\u0026"),
    ],
)
def test_a_key_in_every_layer(value: str) -> None:
    assert in_text(value) == [("openai-api-key", KEY)]


def test_by_value_in_every_place() -> None:
    text = vcrpy(
        {
            "messages": [{"content": f"it is {OPAQUE}."}],
            "args": json.dumps({"x": OPAQUE}),
            "b": coded(f"value: {OPAQUE} x"),
        },
        f"not json {OPAQUE}",
        url=f"https://a.example/x/{OPAQUE}?u={quote('https://b.example/?z=' + OPAQUE, safe='')}",
        asked={"X-Api-Key": OPAQUE, "X-Other": f"a {OPAQUE}"},
        answered={"X-Echo": OPAQUE},
    )
    assert sorted(each.where for each in found(text)) == [
        "request.body.$.args.$.x",
        "request.body.$.b.base64",
        "request.body.$.messages[0].content",
        "request.headers.x-api-key",
        "request.headers.x-other",
        "request.url.path",
        "request.url.query.u",
        "response.body",
        "response.headers.x-echo",
    ]
    assert {each.value for each in found(text)} == {OPAQUE}


def test_the_password_within_basic_credentials_is_known() -> None:
    basic = coded(f"me:{OPAQUE}")
    text = vcrpy(f"login with {OPAQUE}", asked={"Authorization": f"Basic {basic}"})
    assert [each.value for each in found(text)] == [basic, OPAQUE]


@pytest.mark.parametrize("category", [Category.PERSONAL, Category.ACCOUNT, Category.NOISE])
def test_classes_are_switched(category: Category) -> None:
    text = vcrpy(
        "mail jane.roe@corp.io",
        answered={"openai-organization": "acme-1", "x-request-id": "req-12", "set-cookie": f"s={OPAQUE}"},
    )
    assert {each.category for each in found(text, DEFAULT)} == {Category.COOKIES}
    assert {each.category for each in found(text, [category])} == {category}


@pytest.mark.parametrize(
    "fields",
    [
        {"usage": {"prompt_tokens": 12}, "max_tokens": 4096, "model": "gpt-4o-mini-2024-07-18"},
        {"id": "chatcmpl-" + opaque(1, 29), "tool_call_id": "call_" + opaque(2, 24)},
        {"signature": opaque(3, 300) + "==", "encrypted_content": "gAAAAAB" + opaque(4, 400)},
        {"image_url": "data:image/png;base64," + opaque(5, 400)},
        {
            "nextPageToken": opaque(6, 40),
            "prompt_cache_key": opaque(7, 32),
            "cursor": coded('{"offset": 100, "limit": 5}'),
        },
        {"api_key": "<OPENAI_API_KEY>", "password": "REDACTED", "token": "***", "secret": "your-secret-here"},
        {"logprobs": [{"token": " authorization"}, {"token": "secret"}], "system_fingerprint": "fp_" + opaque(8, 10)},
        {"text": "The authorization header carries a bearer token. Reset your password: click below."},
        {"schema": {"password": {"type": "string", "description": "The user's password, 8 characters"}}},
        {"host": "192.0.2.17", "local": "127.0.0.1", "version": "Chrome/120.0.6099.109", "mail": "a@example.com"},
        {"serverIPAddress": "93.184.216.34", "page": f'<nav data-store-key="{opaque(9)}">'},
        {"cwd": "/home/runner/work/repo", "sha": "0123456789abcdef" * 4, "order": "4111111111111112"},
    ],
)
def test_what_only_looks_secret(fields: dict[str, object]) -> None:
    assert [(each.where, each.rule) for each in found(vcrpy(fields, fields))] == []


def test_no_value_is_shown() -> None:
    findings = found(vcrpy(asked={"X-Api-Key": OPAQUE}))
    assert findings
    assert OPAQUE not in repr(findings)


def test_overlapping_findings_are_one() -> None:
    text = vcrpy(asked={"Authorization": f"Bearer {KEY}"})
    assert [(each.rule, each.value) for each in found(text)] == [("openai-api-key", KEY)]
    assert in_text(f"postgres://me:{OPAQUE}@db.corp.io/x") == [("url-password", OPAQUE)]


def test_a_finder_that_knows_more() -> None:
    finder = Finder()
    assert finder.with_values([]) is finder
    assert finder.knowing(found(vcrpy(asked={"X-Api-Key": OPAQUE}))).values.secrets[0].value == OPAQUE
    assert finder.values.secrets == ()


# Each was looked at, and is what its rule says: cookies of Cloudflare, sessions of MCP, Agno and Claude Code, a request
# to AWS that is signed and has its session token, two resumable uploads; ids of accounts in headers that name them;
# addresses of e-mail in texts and package metadata that were sent along, of clients in what httpbin and Wikipedia
# answer, and a home directory.
IN_RECORDINGS = {
    (Category.COOKIES, "cookie"): 616,
    (Category.COOKIES, "session-id"): 21,
    (Category.CREDENTIALS, "aws-session-token"): 1,
    (Category.CREDENTIALS, "google-upload-id"): 3,
    (Category.CREDENTIALS, "signature"): 1,
    (Category.CREDENTIALS, "upload-id"): 2,
    (Category.ACCOUNT, "anthropic-organization"): 136,
    (Category.ACCOUNT, "anthropic-workspace"): 32,
    (Category.ACCOUNT, "aws-account"): 1,
    (Category.ACCOUNT, "openai-organization"): 439,
    (Category.ACCOUNT, "openai-project"): 315,
    (Category.PERSONAL, "email"): 11,
    (Category.PERSONAL, "ip"): 7,
    (Category.PERSONAL, "openai-user"): 1,
    (Category.PERSONAL, "user"): 2,
    (Category.PERSONAL, "user-id"): 1,
}


def test_recorded_files_as_they_are(corpus: Path) -> None:
    """Not one false positive in the public recordings."""
    finder = Finder(ALL)
    count = Counter(
        (each.category, each.rule)
        for cassette in files.load([str(corpus)])
        if isinstance(cassette, Cassette)
        for each in finder.find(cassette, [exchange(held) for held in cassette.interactions])
    )
    assert count == IN_RECORDINGS
