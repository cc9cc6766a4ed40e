"""What differs between two recordings of the same thing, or says little: which fields and headers, of which protocol
or recorder, what class a change of them has, and why. `cassette diff --explain` prints these rows.

From the vendors' documentation of their APIs, the recorders' code, and two recordings each of the same request.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from cassette_cli.comparison.changes import Part, Verdict
from cassette_cli.header_classes import NAMES, HeaderClass

COSMETIC, USAGE, WORDING, BEHAVIOUR = Verdict.COSMETIC, Verdict.USAGE, Verdict.WORDING, Verdict.BEHAVIOUR


class Rule(NamedTuple):
    """Fields of these names (`*` stands for any letters; `created_at` is also createdAt), or anything within them, are
    of this class. `of` is the protocol or recorder where they occur, None where many have them."""

    names: str
    verdict: Verdict
    part: Part
    reason: str
    of: str | None = None


# Fields of replies that have no name in the vocabulary of this tool, and of bodies: the first that fits counts.
FIELDS: list[Rule] = [
    Rule(
        "*finish_reason finish_message stop_sequence stop_reason filtered blocked block_reason detected"
        " *guardrail_action tool_calls function_call args arguments refusal status",
        BEHAVIOUR,
        Part.FINISH_REASON,
        "why it ended, what it calls",
    ),
    Rule(
        "*_ms *_duration *latency* *_per_second *_per_token *_time timing timings time_info logs",
        COSMETIC,
        Part.TIMING,
        "how long it took",
    ),
    Rule(
        "created *_at *_timestamp timestamp last_updated page_age",
        COSMETIC,
        Part.TIMING,
        "when it was",
    ),
    Rule(
        "usage usage_metadata tool_usage usage_breakdown billed_units *cost *token *tokens *token_count *tokens_count"
        " *invocation_metrics metrics num_* billable* service_tier meta",
        USAGE,
        Part.USAGE,
        "what it took",
    ),
    Rule(
        "id request_id response_id generation_id *_response_id *_request_id item_id sequence_number x_groq",
        COSMETIC,
        Part.IDS,
        "an id, new with each reply",
    ),
    Rule("system_fingerprint seed", COSMETIC, Part.IDS, "the provider's build and draw"),
    Rule(
        "provider provider_metadata routing native_provider",
        COSMETIC,
        Part.IDS,
        "who served it behind the provider",
        "openai.chat_completions",
    ),
    Rule(
        "signature thought_signature encrypted_content encrypted_index obfuscation",
        COSMETIC,
        Part.IDS,
        "opaque, new with each reply",
    ),
    Rule("context", COSMETIC, Part.IDS, "the conversation in the model's own numbers", "ollama.generate"),
    Rule(
        "*logprobs probability* *score *scores severity* confidence* bytes token_ids",
        WORDING,
        Part.OUTPUT,
        "how likely the model holds its words",
    ),
    Rule("*offset *offsets", COSMETIC, Part.OUTPUT, "how far a filter looked"),
    Rule(
        "citation citations citation_metadata search_results grounding* url_context* sources annotations graph_data"
        " executed_tools trace segments related_questions images",
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
# What `accept` says in most requests, whatever they ask for.
SAYS_NOTHING = frozenset({"*/*", "", "application/json", "text/event-stream"})
RESPONSE_HEADERS = frozenset(
    {"content-type", "location", "link", "allow", "www-authenticate", "content-range", "x-amzn-errortype"}
)


class HeaderRule(NamedTuple):
    """Headers of these names, in lower case, `*` for any letters, change with each recording."""

    names: str
    part: Part
    reason: str


def _of(*kinds: HeaderClass) -> str:
    """The names of the headers of some classes."""
    return " ".join(name for kind in kinds for name in NAMES[kind])


HEADERS: list[HeaderRule] = [
    HeaderRule(f"{_of(HeaderClass.DATE)} last-modified *-time", Part.TIMING, "when it was"),
    HeaderRule(
        f"{_of(HeaderClass.RATE_LIMIT)} *ratelimit* *rate-limit* *call-limit* *call-remaining* retry-after",
        Part.HEADERS,
        "what is left of a limit",
    ),
    HeaderRule(
        f"{_of(HeaderClass.TIMING)} *duration* *latency* *-ms *-ttft* *elapsed* *-cost-time *runtime *-start *-end"
        " *-received *-accepted-at",
        Part.TIMING,
        "how long it took",
    ),
    HeaderRule(
        f"{_of(HeaderClass.REQUEST_ID, HeaderClass.TRACING)} *request-id *requestid *req-id *trace-id *traceid"
        " *correlation-id *invocation-id *auditlog-id *generation-id *inference-id *session-id *trace-context cf-ray"
        " x-amz-cf-* x-azure-ref amz-sdk-* etag x-served-by",
        Part.IDS,
        "an id, new with each request",
    ),
    HeaderRule("cookie set-cookie", Part.HEADERS, "a cookie"),
    HeaderRule(
        "authorization *api-key apikey x-amz-security-token x-amz-content-sha256 *-token openai-organization"
        " openai-project anthropic-organization-id anthropic-workspace-id",
        Part.HEADERS,
        "who asks",
    ),
    HeaderRule(
        f"{_of(HeaderClass.CLIENT)} x-client-* accept-encoding connection host",
        Part.HEADERS,
        "which client asks, and how it is connected",
    ),
    HeaderRule(
        "content-length transfer-encoding content-encoding content-md5 digest", Part.HEADERS, "how the body is packed"
    ),
    HeaderRule(
        f"{_of(HeaderClass.SERVER, HeaderClass.CDN, HeaderClass.SECURITY, HeaderClass.CORS)} vary cf-* x-cache*"
        " x-envoy-* x-kong-* cache-control pragma",
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


# A field of a JSON object, as text, with a value that has no parts.
_FIELD = re.compile(r"""(?P<before>"(?P<name>\w{1,60})"\s*:\s*)(?:"[^"\\]*"|[\d.]+)""")


def field_rule(names: Iterable[str], protocol: str | None = None) -> Rule | None:
    """The first rule that fits one of the names on the way to a value; rules of a protocol fit only its values."""
    held = [_plain(name) for name in names if name]
    for rule in FIELDS:
        if rule.of in (None, protocol) and any(_pattern(_plain(rule.names)).fullmatch(name) for name in held):
            return rule
    return None


def header_reason(name: str) -> tuple[Part, str]:
    """Why a change of a header does not matter, by its name in lower case."""
    for rule in HEADERS:
        if _pattern(rule.names).fullmatch(name):
            return rule.part, rule.reason
    return Part.HEADERS, OTHER_HEADER


def without_volatile(text: str, protocol: str | None) -> str:
    """A text that is JSON cut off, without the values of fields that are cosmetic."""

    def emptied(found: re.Match[str]) -> str:
        rule = field_rule([found["name"]], protocol)
        return found["before"] if rule and rule.verdict is COSMETIC else found[0]

    return _FIELD.sub(emptied, text)


def _plain(name: str) -> str:
    """A name as all conventions spell it alike: `created_at`, `createdAt` and `created-at` are one."""
    return name.replace("_", "").replace("-", "").lower()


@cache
def _pattern(names: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in names.split()))
