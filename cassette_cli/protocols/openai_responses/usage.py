"""Usage of the Responses API: https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage

    {"input_tokens": 36, "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
     "output_tokens": 87, "output_tokens_details": {"reasoning_tokens": 64}, "total_tokens": 123}

OpenRouter adds `cost`: https://openrouter.ai/docs/use-cases/usage-accounting
"""

from cassette_cli.conversation import Json, Usage
from cassette_cli.protocols.base import at, int_at


def usage_of(raw: Json) -> Usage:
    """The provider's object under common names; nothing is computed."""
    cost = at(raw, "cost")
    return Usage(
        input_tokens=int_at(raw, "input_tokens"),
        output_tokens=int_at(raw, "output_tokens"),
        total_tokens=int_at(raw, "total_tokens"),
        reasoning_tokens=int_at(raw, "output_tokens_details", "reasoning_tokens"),
        cache_read_input_tokens=int_at(raw, "input_tokens_details", "cached_tokens"),
        cache_creation_input_tokens=int_at(raw, "input_tokens_details", "cache_write_tokens"),
        cost=cost if isinstance(cost, int | float) and not isinstance(cost, bool) else None,
        raw=raw,
    )
