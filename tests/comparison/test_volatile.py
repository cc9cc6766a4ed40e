"""The registry of what changes without meaning: each rule can be found, and says why."""

import pytest

from cassette_cli.comparison.changes import Verdict
from cassette_cli.comparison.volatile import (
    FIELDS,
    HEADERS,
    OTHER_HEADER,
    REQUEST_HEADERS,
    RESPONSE_HEADERS,
    field_rule,
    header_reason,
    without_volatile,
)
from cassette_cli.protocols import PROTOCOLS


@pytest.mark.parametrize(
    ("names", "verdict"),
    [
        (["metrics", "latencyMs"], Verdict.COSMETIC),
        (["created_at"], Verdict.COSMETIC),
        (["createdAt"], Verdict.COSMETIC),
        (["x_groq", "id"], Verdict.COSMETIC),
        (["total_duration"], Verdict.COSMETIC),
        (["service_tier"], Verdict.USAGE),
        (["provider_metadata", "usageMetadata", "promptTokenCount"], Verdict.USAGE),
        (["avgLogprobs"], Verdict.WORDING),
        (["citations", "0"], Verdict.WORDING),
        (["native_finish_reason"], Verdict.BEHAVIOUR),
        (["content_filter_results", "hate", "filtered"], Verdict.BEHAVIOUR),
    ],
)
def test_fields(names: list[str], verdict: Verdict) -> None:
    rule = field_rule(names)

    assert rule is not None
    assert rule.verdict is verdict


@pytest.mark.parametrize("names", [[], ["city"], ["arguments_of_it"], ["", ""]])
def test_fields_of_no_rule(names: list[str]) -> None:
    assert field_rule(names) is None


def test_a_rule_of_a_protocol_is_for_that_protocol() -> None:
    assert field_rule(["context"], "ollama.generate") is not None
    assert field_rule(["context"], "openai.chat_completions") is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("date", "when it was"),
        ("cf-ray", "an id, new with each request"),
        ("x-request-id", "an id, new with each request"),
        ("x-ratelimit-remaining-tokens", "what is left of a limit"),
        ("openai-processing-ms", "how long it took"),
        ("set-cookie", "a cookie"),
        ("x-anything", OTHER_HEADER),
    ],
)
def test_headers(name: str, reason: str) -> None:
    assert header_reason(name)[1] == reason


def test_protocols_and_reasons_of_rules_are_there() -> None:
    names = {protocol.NAME for protocol in PROTOCOLS}

    assert {rule.of for rule in FIELDS if rule.of} <= names
    assert all(rule.reason for rule in FIELDS)
    assert all(rule.reason for rule in HEADERS)


def test_no_header_both_matters_and_does_not() -> None:
    for name in REQUEST_HEADERS | RESPONSE_HEADERS:
        assert header_reason(name)[1] == OTHER_HEADER, name


def test_json_that_is_cut_off_without_its_ids_and_times() -> None:
    texts = ['{"id":"a1","created":17,"choices":[{"te', '{"id":"b2","created":18,"choices":[{"te']

    assert len({without_volatile(text, None) for text in texts}) == 1
    assert without_volatile('{"text":"a', None) != without_volatile('{"text":"b', None)
