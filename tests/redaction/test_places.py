"""What lies under a name, and what never does."""

import pytest

from cassette_cli.redaction.places import BY_NAME, field, header, query


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Authorization", "authorization"),
        ("X-Api-Key", "api-key"),
        ("x-acme-api-key", "token"),
        ("X-Session-Token", "token"),
        ("X-Acme-Access-Token", "token"),
        ("Mcp-Session-Id", "session-id"),
        ("X-Amz-Security-Token", "aws-session-token"),
        ("Set-Cookie", "cookie"),
        ("CF-Connecting-IP", "ip"),
        ("openai-organization", "openai-organization"),
        ("x-request-id", "request-id"),
        ("X-Datadog-Trace-Id", "request-id"),
        ("cf-ai-req-id", "request-id"),
        ("azureml-model-session", "request-id"),
        ("x-ratelimit-remaining-tokens", "rate-limit"),
        ("anthropic-ratelimit-tokens-limit", "rate-limit"),
    ],
)
def test_headers(name: str, rule: str) -> None:
    place = header(name)
    assert place
    assert place.id == rule


@pytest.mark.parametrize("name", ["Content-Type", "Content-Length", "Host", "User-Agent", "Date", "x-tokenizer"])
def test_other_headers(name: str) -> None:
    assert header(name) is None


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("password", "password"),
        ("DB_PASSWORD", "password"),
        ("OPENAI_API_KEY", "api-key"),
        ("apiKey", "api-key"),
        ("api_key_2", "api-key"),
        ("accessToken", "token"),
        ("_authToken", "token"),
        ("aws_secret_access_key", "api-key"),
        ("accessKeyId", "aws-access-key-id"),
        ("client_secret", "client-secret"),
        ("AZURE_STORAGE_KEY", "token"),
        ("user_email", "email"),
        ("safety_identifier", "user-id"),
    ],
)
def test_fields(name: str, rule: str) -> None:
    place = field(name)
    assert place
    assert place.id == rule


@pytest.mark.parametrize(
    "name",
    [
        *(
            "max_tokens",
            "prompt_tokens",
            "totalTokenCount",
            "token_type",
            "nextPageToken",
            "continuation_token",
            "cursor",
        ),
        *(
            "idempotency_key",
            "prompt_cache_key",
            "public_key",
            "private_key_id",
            "key",
            "encrypted_content",
            "signature",
        ),
        *("thoughtSignature", "system_fingerprint", "model", "content", "author", "keywords", "bos_token", "token_ids"),
    ],
)
def test_never_by_name(name: str) -> None:
    assert field(name) is None


def test_a_token_has_to_look_like_one() -> None:
    place = field("token")
    assert place
    assert not place.sure


@pytest.mark.parametrize(
    ("name", "known"), [("sig", True), ("key", True), ("X-Amz-Signature", True), ("api-version", False)]
)
def test_queries(name: str, known: bool) -> None:
    assert (query(name) is not None) is known


def test_rules_have_one_class_each() -> None:
    classes: dict[str, set[object]] = {}
    for place in BY_NAME:
        classes.setdefault(place.id, set()).add(place.category)
    assert [name for name, held in classes.items() if len(held) > 1] == []
