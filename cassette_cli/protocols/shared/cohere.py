"""Usage of Cohere: tokens, or at least those that are billed.

{"billed_units": {"input_tokens": 98, "output_tokens": 35}, "tokens": {"input_tokens": 1508, "output_tokens": 67},
 "cached_tokens": 1472}
"""

from cassette_cli.conversation import Json, Usage
from cassette_cli.protocols.base import int_at


def usage_of(raw: Json) -> Usage:
    """The provider's object under common names. `tokens` are those that the model had; `billed_units` leave out what
    the provider adds to a prompt, and count where there are no others."""
    input_tokens, output_tokens = (int_at(raw, "tokens", name) for name in ("input_tokens", "output_tokens"))
    return Usage(
        input_tokens=int_at(raw, "billed_units", "input_tokens") if input_tokens is None else input_tokens,
        output_tokens=int_at(raw, "billed_units", "output_tokens") if output_tokens is None else output_tokens,
        reasoning_tokens=int_at(raw, "tokens", "reasoning_tokens"),
        cache_read_input_tokens=int_at(raw, "cached_tokens"),
        raw=raw,
    )
