"""What differs between two recordings of the same thing, or says little: which fields and headers, of which protocol
or recorder, what class a change of them has, and why. `cassette diff --explain` prints these rows.

From the vendors' documentation of their APIs, the recorders' code, and two recordings each of the same request.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cassette_cli.comparison.changes import Part, Verdict

COSMETIC, USAGE, WORDING, BEHAVIOUR = Verdict.COSMETIC, Verdict.USAGE, Verdict.WORDING, Verdict.BEHAVIOUR


class Rule(NamedTuple):
    """Fields of these names (a regular expression of the whole name), or anything within them, are of this class. `of`
    is the protocol or recorder where they occur, None where many have them."""

    names: str
    verdict: Verdict
    part: Part
    reason: str
    of: str | None = None


# Fields of replies that have no name in the vocabulary of this tool, and of bodies: the first that fits counts.
FIELDS: list[Rule] = [
    Rule(
        r".*finish_?[rR]eason|finishMessage|stop_?[sS]equence|stop_?[rR]eason|filtered|blocked|blockReason|detected"
        r"|.*guardrailAction|tool_calls|functionCall|function_call|args|arguments|refusal|status",
        BEHAVIOUR,
        Part.FINISH_REASON,
        "why it ended, what it calls",
    ),
    Rule(
        r".*(?:_ms|_duration|Duration|[lL]atency|_per_second|_per_token|_time|Time)|.*latency_.*|timings?|time_info"
        r"|latency_checkpoint|predict_time|logs",
        COSMETIC,
        Part.TIMING,
        "how long it took",
    ),
    Rule(
        r"created(?:_at|At)?|create(?:d|_)?Time|completed_at|updated_at|started_at|expires_at|expiresAt|timestamp"
        r"|last_updated|page_age",
        COSMETIC,
        Part.TIMING,
        "when it was",
    ),
    Rule(
        r"usage|usageMetadata|tool_usage|usage_breakdown|billed_units|.*[cC]ost|.*_?[tT]okens?(?:_?[cC]ount)?"
        r"|.*InvocationMetrics|.*invocationMetrics|metrics|num_.*|billable.*|service_?[tT]ier|meta",
        USAGE,
        Part.USAGE,
        "what it took",
    ),
    Rule(
        r"id|request_?[iI]d|response_?[iI]d|generation_?[iI]d|.*ResponseId|.*RequestId|item_id|sequence_number|x_groq",
        COSMETIC,
        Part.IDS,
        "an id, new with each reply",
    ),
    Rule(r"system_fingerprint|seed", COSMETIC, Part.IDS, "the provider's build and draw", "openai.chat_completions"),
    Rule(
        r"provider|provider_metadata|routing|native_provider|model_?[vV]ersion",
        COSMETIC,
        Part.IDS,
        "who served it behind the provider",
        "openai.chat_completions",
    ),
    Rule(
        r"signature|thought_?[sS]ignature|encrypted_content|encrypted_index|obfuscation",
        COSMETIC,
        Part.IDS,
        "opaque, new with each reply",
    ),
    Rule(r"context", COSMETIC, Part.IDS, "the conversation in the model's own numbers", "ollama.generate"),
    Rule(
        r".*[lL]ogprobs|probability.*|.*[sS]cores?|severity.*|confidence.*|bytes|token_ids",
        WORDING,
        Part.OUTPUT,
        "how likely the model holds its words",
    ),
    Rule(r".*[oO]ffsets?", COSMETIC, Part.OUTPUT, "how far a filter looked"),
    Rule(
        r"citations?|citationMetadata|search_results|grounding.*|url_?[cC]ontext.*|sources|annotations|graph_data"
        r"|executed_tools|trace|segments|related_questions|images",
        WORDING,
        Part.OUTPUT,
        "goes with the text",
    ),
]

# Headers that ask for something else or mean something else, by side: a change of these is no noise.
REQUEST_HEADERS = frozenset(
    {
        *(
            "accept",
            "range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "prefer",
            "depth",
            "x-http-method-override",
        ),
        *("anthropic-version", "anthropic-beta", "openai-beta", "content-type", "mcp-protocol-version", "x-ms-version"),
        *("x-amzn-bedrock-guardrailidentifier", "x-amzn-bedrock-guardrailversion", "x-amzn-bedrock-trace"),
        "x-dashscope-sse",
    }
)
RESPONSE_HEADERS = frozenset(
    {"content-type", "location", "link", "allow", "www-authenticate", "content-range", "x-amzn-errortype"}
)


class HeaderRule(NamedTuple):
    """Headers of these names (a regular expression of the whole name, in lower case) change with each recording."""

    names: str
    part: Part
    reason: str


HEADERS: list[HeaderRule] = [
    HeaderRule(r"date|expires|last-modified|age|x-amz-date|x-ms-date|.*-time", Part.TIMING, "when it was"),
    HeaderRule(
        r".*(?:ratelimit|rate-limit|call-limit|call-remaining).*|retry-after", Part.HEADERS, "what is left of a limit"
    ),
    HeaderRule(
        r".*(?:duration|latency|processing-ms|processing-time|-ms|-ttft|elapsed|-cost-time|runtime).*|server-timing|x-timer"
        r"|.*-start|.*-end|.*-received|.*-accepted-at|req-arrive-time",
        Part.TIMING,
        "how long it took",
    ),
    HeaderRule(
        r".*(?:request|req|trace|correlation|invocation|auditlog|generation|inference|session|client-request)-?id"
        r"|traceparent|tracestate|traceresponse|.*trace-context|cf-ray|x-amz-cf-.*|x-azure-ref|amz-sdk-.*|etag|x-served-by",
        Part.IDS,
        "an id, new with each request",
    ),
    HeaderRule(r"cookie|set-cookie", Part.HEADERS, "a cookie"),
    HeaderRule(
        r"authorization|.*api-key|apikey|x-amz-security-token|x-amz-content-sha256|.*-token|openai-organization"
        r"|openai-project|anthropic-organization-id|anthropic-workspace-id",
        Part.HEADERS,
        "who asks",
    ),
    HeaderRule(
        r"user-agent|x-stainless-.*|x-goog-api-client|x-fern-.*|x-client-.*|accept-encoding|connection|host",
        Part.HEADERS,
        "which client asks, and how it is connected",
    ),
    HeaderRule(
        r"content-length|transfer-encoding|content-encoding|content-md5|digest", Part.HEADERS, "how the body is packed"
    ),
    HeaderRule(
        r"server|via|vary|alt-svc|cf-.*|x-cache.*|x-envoy-.*|x-kong-.*|nel|report-to|reporting-endpoints"
        r"|strict-transport-security|access-control-.*|content-security-policy.*|x-content-type-options|x-frame-options"
        r"|x-xss-protection|referrer-policy|permissions-policy|cross-origin-.*|cache-control|pragma|keep-alive",
        Part.HEADERS,
        "how servers and caches on the way talk",
    ),
]
OTHER_HEADER = "says nothing of what was asked or answered"


class Noise(NamedTuple):
    """What else changes without meaning: where, of which protocol or recorder, and why."""

    what: str
    reason: str
    of: str | None = None


OTHERS: list[Noise] = [
    Noise("where a stream is cut into events and pieces", "chunk boundaries never matter"),
    Noise("ids of calls, responses and items", "renamed alike wherever they are used; else the change counts"),
    Noise("reply.id", "an id, new with each reply"),
    Noise("signatures and encrypted reasoning", "opaque, new with each reply"),
    Noise("reasoning item ids, sequence numbers, obfuscation", "new with each reply", "openai.responses"),
    Noise("padding of messages", "fills up to a length drawn at random", "aws.bedrock.converse"),
    Noise("id, duration", "the place in the file, and how long it took", "go-vcr"),
    Noise("recorded_at, recorded_with", "when and by which version it was recorded", "Ruby VCR"),
    Noise("boundaries of multipart bodies", "drawn at random by the client"),
    Noise("key order, spacing and escapes of JSON, style and indent of YAML", "say the same"),
]


def field_rule(names: Iterable[str], protocol: str | None = None) -> Rule | None:
    """The first rule that fits one of the names on the way to a value; rules of a protocol fit only its values."""
    held = [name for name in names if name]
    for rule in FIELDS:
        if (rule.of is None or protocol is None or rule.of == protocol) and any(
            re.fullmatch(rule.names, name) for name in held
        ):
            return rule
    return None


def header_reason(name: str) -> tuple[Part, str]:
    """Why a change of a header does not matter, by its name in lower case."""
    for rule in HEADERS:
        if re.fullmatch(rule.names, name):
            return rule.part, rule.reason
    return Part.HEADERS, OTHER_HEADER
