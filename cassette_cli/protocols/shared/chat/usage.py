"""Usage of OpenAI's chat completions, completions and embeddings, and of the many who answer in their shape.

https://platform.openai.com/docs/api-reference/chat/object, the fields `usage`; beside it OpenRouter's `cost` and
`cache_write_tokens` (https://openrouter.ai/docs/use-cases/usage-accounting), DeepSeek's `prompt_cache_hit_tokens`,
Perplexity's `cost.total_cost`, Groq's `x_groq.usage`.

    {"prompt_tokens": 273, "completion_tokens": 49, "total_tokens": 322, "cost": 0.00005397,
     "prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}}
"""

from cassette_cli.conversation import Json, Usage
from cassette_cli.protocols.base import all_finite, at, int_at


def usage_of(raw: Json) -> Usage:
    """The provider's object under common names; nothing is computed."""
    return Usage(
        input_tokens=_first(raw, ("prompt_tokens",), ("input_tokens",)),
        output_tokens=_first(raw, ("completion_tokens",), ("output_tokens",)),
        total_tokens=int_at(raw, "total_tokens"),
        reasoning_tokens=_first(raw, ("completion_tokens_details", "reasoning_tokens"), ("reasoning_tokens",)),
        cache_read_input_tokens=_first(
            raw, ("prompt_tokens_details", "cached_tokens"), ("prompt_cache_hit_tokens",), ("cached_tokens",)
        ),
        cache_creation_input_tokens=_first(
            raw, ("prompt_tokens_details", "cache_write_tokens"), ("cache_creation_input_tokens",)
        ),
        cost=_number(at(raw, "cost", "total_cost") if isinstance(at(raw, "cost"), dict) else at(raw, "cost")),
        raw=raw,
    )


def adds_up(usage: Usage) -> bool:
    """Whether the total is the sum of input and output, and all are numbers that are not negative; True where numbers
    are missing."""
    total, parts = usage.total_tokens, (usage.input_tokens, usage.output_tokens)
    known = [number for number in parts if number is not None]
    if not all_finite(usage.raw) or any(number < 0 for number in (*known, total or 0)):
        return False
    return total is None or len(known) < len(parts) or total == sum(known)


def _first(raw: Json, *routes: tuple[str, ...]) -> int | None:
    return next((found for route in routes if (found := int_at(raw, *route)) is not None), None)


def _number(value: Json) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and all_finite({"": value}) else None
