"""What people are shown of headers and URLs."""

import base64

import pytest
from planted import opaque, secret

from cassette_cli.redaction.masking import masked_header, masked_url

KEY, TOKEN = secret(), opaque()
BASIC = base64.b64encode(f"someone:{TOKEN}".encode()).decode()


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Authorization", f"Bearer {TOKEN}", "Bearer <redacted>"),
        ("authorization", f"Basic {BASIC}", "Basic <redacted>"),
        ("X-Api-Key", TOKEN, "<redacted>"),
        ("Cookie", f"session={TOKEN}; a=b", "session=<redacted>; a=b"),
        ("Set-Cookie", f"session={TOKEN}; Path=/", "session=<redacted>; Path=/"),
        ("Set-Cookie", "theme=dark; Path=/", "theme=dark; Path=/"),
        ("Authorization", "Bearer placeholder", "Bearer placeholder"),
        ("Authorization", "Bearer <token-1>", "Bearer <token-1>"),
        ("Content-Type", "application/json", "application/json"),
        ("X-Request-Id", TOKEN, TOKEN),
    ],
)
def test_a_header(name: str, value: str, shown: str) -> None:
    assert masked_header(name, value) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"https://a.example/v1?key={TOKEN}&b=1", "https://a.example/v1?key=<redacted>&b=1"),
        (f"https://u:{TOKEN}@a.example/?api_key={KEY}#x", "https://u:<redacted>@a.example/?api_key=<redacted>#x"),
        ("https://a.example/v1?alt=sse&page_token=abc", "https://a.example/v1?alt=sse&page_token=abc"),
        ("/v1?key=%3Capi-key-1%3E", "/v1?key=%3Capi-key-1%3E"),
        ("", ""),
    ],
)
def test_a_url(url: str, shown: str) -> None:
    assert masked_url(url) == shown
