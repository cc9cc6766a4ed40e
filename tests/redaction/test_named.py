"""What of a text is the secret, by the place it is in."""

import base64

import pytest
from planted import opaque

from cassette_cli.redaction.named import by_place, credentials
from cassette_cli.redaction.text import Spot, Text

KEY = opaque()
BASIC = base64.b64encode(f"me:{KEY}".encode()).decode()


def spans(spot: Spot, name: str, value: str) -> list[tuple[str, str]]:
    text = Text(value, lambda: None, "", spot=spot, name=name)
    return [(place.id, value[span.start : span.end]) for span, place in by_place(text)]


@pytest.mark.parametrize(
    ("spot", "name", "value", "expected"),
    [
        (Spot.HEADER, "authorization", f"Bearer {KEY}", [("token", KEY)]),
        (Spot.HEADER, "authorization", f"token {KEY}", [("token", KEY)]),
        (Spot.HEADER, "authorization", KEY, [("token", KEY)]),
        (Spot.HEADER, "proxy-authorization", f"Basic {BASIC}", [("basic-credentials", BASIC)]),
        (Spot.HEADER, "authorization", "Bearer <KEY>", []),
        (Spot.HEADER, "authorization", "Bearer", []),
        (Spot.HEADER, "authorization", "AWS4-HMAC-SHA256 test-api-key", []),
        (Spot.HEADER, "x-api-key", KEY, [("api-key", KEY)]),
        (Spot.HEADER, "x-forwarded-for", "93.12.55.17, 10.0.0.1", [("ip", "93.12.55.17")]),
        (Spot.HEADER, "openai-organization", "acme-labs-1", [("openai-organization", "acme-labs-1")]),
        (Spot.HEADER, "openai-organization", "test-org", []),
        (Spot.HEADER, "content-type", KEY, []),
        (Spot.QUERY, "key", KEY, [("api-key", KEY)]),
        (Spot.QUERY, "code", "200", []),
        (Spot.QUERY, "alt", "sse", []),
        (Spot.COOKIE, "__cf_bm", KEY, [("cookie", KEY)]),
        (Spot.COOKIE, "theme", "dark", []),
        (Spot.PASSWORD, "", KEY, [("url-password", KEY)]),
        (Spot.PATH, "", KEY, []),
        (Spot.FIELD, "password", KEY, [("password", KEY)]),
        (Spot.FIELD, "password", "The user's password, at least 8 characters", []),
        (Spot.FIELD, "authorization", f"Bearer {KEY}", [("token", KEY)]),
        (Spot.FIELD, "token", " the", []),
        (Spot.FIELD, "token", KEY, [("token", KEY)]),
        (Spot.FIELD, "email", "someone@example.com", []),
        (Spot.FIELD, "content", KEY, []),
    ],
)
def test_places(spot: Spot, name: str, value: str, expected: list[tuple[str, str]]) -> None:
    assert spans(spot, name, value) == expected


def test_a_signed_request() -> None:
    key, signature = "AK" + "IA" + "Q7" * 8, "0f" * 32
    value = f"AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/bedrock/aws4_request, Signature={signature}"
    assert spans(Spot.HEADER, "authorization", value) == [("aws-access-key-id", key), ("signature", signature)]


def test_credentials() -> None:
    assert credentials(BASIC) == ("me", KEY)
    assert credentials("\xff") == ("\xff",)
