"""What a protocol's events bear beside a piece of text, and what becomes of it when one event becomes several, or
several one. One table for each protocol that needs one; the default suits those whose events hold little else.

Members of an event are named by the last keys on the way to them, indexes left out: ("tool_calls", "id").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

Path: TypeAlias = tuple[str, ...]

# What no event says by it.
QUIET = frozenset({"null", '""', "[]", "{}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`first` belongs to the first piece of the text beside it, `last` to the last one, and is then what stands in its
    place in the events before (None: nothing does). `running` is said anew by later events, and the last one counts.
    `fleeting` differs from event to event and says nothing of the reply. All else stays with every piece where it is
    a single value, and with the piece that it stands beside where it is a collection.

    `counter` is the member that numbers the events. `whole` says that each event is a whole response, of which there
    are no pieces.
    `keepalive` is an event (its type, its data) that carries nothing; `error` is one with which the provider ends.
    """

    first: frozenset[Path] = frozenset()
    last: Mapping[Path, str | None] = field(default_factory=lambda: MappingProxyType({}))
    running: frozenset[Path] = frozenset()
    fleeting: frozenset[str] = frozenset()
    counter: str | None = None
    whole: bool = False
    keepalive: tuple[str, str] | None = None
    error: tuple[str | None, str] = (None, '{"error": {"message": "overloaded", "type": "server_error"}}')


FINISH: Mapping[Path, str | None] = {
    ("finish_reason",): "null",
    ("stop_reason",): "null",
    ("usage",): None,
}
OPENAI = frozenset({"created", "obfuscation", "p"})
DEFAULT = Rules(last=FINISH, running=frozenset({("usage",)}), fleeting=OPENAI)

CHAT = Rules(
    first=frozenset(
        {
            ("delta", "role"),
            ("tool_calls", "id"),
            ("tool_calls", "type"),
            ("function", "name"),
            ("custom", "name"),
            ("function_call", "name"),
        }
    ),
    last={
        **FINISH,
        ("native_finish_reason",): "null",
        ("reasoning_details", "signature"): None,
        ("reasoning_details", "data"): None,
        ("x_groq",): None,
        ("timings",): None,
    },
    running=frozenset({("usage",), ("citations",), ("search_results",)}),
    fleeting=OPENAI,
)

RULES: dict[str, Rules] = {
    "openai.chat_completions": CHAT,
    "cloudflare.workers_ai": Rules(first=CHAT.first | {("tool_calls", "name")}, last=FINISH, fleeting=OPENAI),
    "openai.responses": Rules(
        fleeting=frozenset({"sequence_number", "obfuscation"}),
        counter="sequence_number",
        error=("error", '{"type": "error", "code": "server_error", "message": "overloaded", "param": null}'),
    ),
    "anthropic.messages": Rules(
        keepalive=("ping", '{"type": "ping"}'),
        error=("error", '{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}'),
    ),
    "aws.bedrock.converse": Rules(fleeting=frozenset({"p"})),
    "aws.bedrock.invoke": Rules(
        last={
            **FINISH,
            ("amazon-bedrock-invocationMetrics",): None,
            ("completionReason",): "null",
            ("totalOutputTextTokenCount",): "null",
            ("is_finished",): "false",
            ("prompt_token_count",): "null",
            ("generation_token_count",): "null",
        },
        fleeting=frozenset({"p"}),
    ),
    "google.generate_content": Rules(
        last={
            ("candidates", "finishReason"): None,
            ("candidates", "finishMessage"): None,
            ("candidates", "avgLogprobs"): None,
            ("candidates", "tokenCount"): None,
            ("candidates", "safetyRatings"): None,
            ("parts", "thoughtSignature"): None,
            ("usageMetadata",): None,
        },
        running=frozenset({("usageMetadata",), ("candidates", "safetyRatings")}),
        fleeting=frozenset({"createTime"}),
        error=(None, '{"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}'),
    ),
    "ollama.chat": Rules(
        last={
            ("done",): "false",
            ("done_reason",): None,
            ("context",): None,
            ("total_duration",): None,
            ("load_duration",): None,
            ("prompt_eval_count",): None,
            ("prompt_eval_duration",): None,
            ("eval_count",): None,
            ("eval_duration",): None,
        },
        fleeting=frozenset({"created_at"}),
        error=(None, '{"error": "overloaded"}'),
    ),
    "dashscope.generation": Rules(last=FINISH, running=frozenset({("usage",)}), fleeting=frozenset({"request_id"})),
    "huggingface.text_generation": Rules(last={("generated_text",): "null", ("details",): "null"}),
    "cohere.chat": Rules(last={("is_finished",): "false", ("finish_reason",): "null"}),
}
RULES["anthropic.batches"] = RULES["openai.batches"] = Rules(whole=True)
RULES["ollama.generate"] = RULES["ollama.chat"]


def rules_of(protocol: str | None) -> Rules:
    """The rules of a protocol."""
    return RULES.get(protocol or "", DEFAULT)
