"""Edits drawn by numbers, as a fuzzer has nothing but bytes."""

from random import Random

from cassette_cli.document.text import Edit, Span

# What YAML, JSON, events or their encodings may trip over.
PIECES = [
    "", "a", "word", "é", "😀", " ", "  ", "\n", "\n\n", " \n", "\r", "\r\n", "\t", "\0", "\x07", "\x7f", "\x85",
    "\u2028", "\ufeff", "\ufffe", "\ud800", "\udc80", "'", '"', "''", ":", ": ", " #", "#", "- ", "? ", "---",
    "\n--- ", "...", ",", "[", "]", "{", "}", "&a", "*a", "!t", "|", ">", "%", "%41", "@", "`", "\\", "\\n",
    "\\u00e9", "~", "5", "1e9", "null", "data: ", "\ndata: x", "\n\ndata: ", "{}", '{"a": "b"}', "x" * 90,
]  # fmt: skip


def edits_of(text: str, random: Random) -> list[Edit[str]]:
    """Up to three edits of a text, disjoint and in order: insertions, deletions, replacements."""
    places = sorted(random.randint(0, len(text)) for _ in range(2 * random.randint(1, 3)))
    return [Edit(Span(*pair), _new(text, random)) for pair in zip(places[::2], places[1::2], strict=True)]


def _new(text: str, random: Random) -> str:
    if random.random() < 0.2:
        start = random.randint(0, len(text))
        return text[start : start + random.randint(0, 20)]
    return "".join(random.choices(PIECES, k=random.randint(0, 2)))
