"""Placeholders are no secrets, words are no secrets, and drawn texts are neither."""

import pytest
from planted import opaque, secret

from cassette_cli.redaction.placeholders import is_placeholder, is_wordy


@pytest.mark.parametrize(
    "value",
    [
        *(
            "<OPENAI_API_KEY>",
            "[FILTERED]",
            "{{API_KEY}}",
            "${KEY}",
            "$OPENAI_API_KEY",
            "***",
            "xxxxxxxxxxxx",
            "REDACTED",
        ),
        *(
            "**REDACTED**",
            "sk-...",
            "your-api-key-here",
            "fake_key",
            "dummy",
            "<openai-api-key-1>",
            "test-api-key",
            "",
            "abc",
        ),
        *("%3Copenai-api-key-1%3E", "%KEY%", "my-sample-key", "change_me", "sk-xxxx1", "test_openai_org_id"),
    ],
)
def test_placeholders(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["none", "test-key", "getUserName", "some.module.name", "USER_NAME", "api_key_1"])
def test_words(value: str) -> None:
    assert is_wordy(value)


@pytest.mark.parametrize("value", [secret(), opaque(), opaque(3, 20), "0" + opaque(4)])
def test_secrets_are_neither(value: str) -> None:
    assert not is_placeholder(value)
    assert not is_wordy(value)
