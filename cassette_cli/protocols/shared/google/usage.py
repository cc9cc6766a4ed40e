"""Usage of Gemini: https://ai.google.dev/api/generate-content#UsageMetadata

    {"promptTokenCount": 121, "candidatesTokenCount": 36, "thoughtsTokenCount": 38, "totalTokenCount": 195}

Every event of a stream gives all counts so far, so the last one counts. Thoughts and the results of Google's own
tools are counted beside `candidatesTokenCount` and `promptTokenCount`, not within them.
"""

from collections.abc import Iterable
from itertools import pairwise

from cassette_cli.conversation import Json, Usage
from cassette_cli.protocols.base import all_finite, int_at
from cassette_cli.protocols.shared.google.calls import Object

TOTAL = "totalTokenCount"
SUMMANDS = ("promptTokenCount", "candidatesTokenCount", "toolUsePromptTokenCount", "thoughtsTokenCount")


def usage_of(raw: Json) -> Usage:
    """Google's object under common names; nothing is computed."""
    return Usage(
        input_tokens=int_at(raw, "promptTokenCount"),
        output_tokens=int_at(raw, "candidatesTokenCount"),
        total_tokens=int_at(raw, TOTAL),
        reasoning_tokens=int_at(raw, "thoughtsTokenCount"),
        cache_read_input_tokens=int_at(raw, "cachedContentTokenCount"),
        raw=raw,
    )


def adds_up(raw: Json) -> bool:
    """Whether all are numbers, and the total is the sum of what is counted; True where there is no total."""
    counts = [int_at(raw, name) or 0 for name in SUMMANDS]
    total = int_at(raw, TOTAL)
    return all_finite(raw) and min(counts) >= 0 and total in (None, sum(counts))


def fallen(usages: Iterable[Object]) -> list[str]:
    """Counts that become smaller, or vanish, from one event to the next: "promptTokenCount 4 -> 3"."""
    falls = []
    for before, after in pairwise(usages):
        for name in (*SUMMANDS, TOTAL):
            was, now = before.get(name), after.get(name)
            if was == now or not isinstance(was, int):
                continue
            if not isinstance(now, int) or now < was:
                falls.append(f"{name} {was} -> {'none' if now is None else now}")
    return falls
