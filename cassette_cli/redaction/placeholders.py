"""What stands where a secret stood, or would stand: placeholders that people and tools put there, words, examples.

None of these is ever a secret, and a second run leaves what the first one wrote.
"""

import re

# The whole value is in brackets of some kind, is a variable, or is filled up.
FORM = re.compile(
    r"<[^<>]*>|\[[^\[\]]*\]|\{+[^{}]*\}+|\$\{?\(?[\w.-]+\)?\}?|%\w+%|%7B.*%7D|\$\{\{.*\}\}|%3C[\w-]*%3E|\W*|(.)\1*"
)
# Something of the kind in it.
SAID = re.compile(
    r"\Atest[-_]|redacted|filtered|scrubbed|sanitized|placeholder|example"
    r"|change[-_ ]?me|replace[-_ ]?me|insert[-_ ]|your[-_ ]"
    r"|\*\*\*|\.\.\.|\u2026|(?<![a-z0-9])(?:dummy|fake|mock|sample|masked|removed|hidden|secret-value)(?![a-z0-9])"
    r"|<[a-z][a-z0-9-]*-[0-9]+>",
    re.IGNORECASE,
)
# Filled up: so large a part of it, or such a run is there by chance, and the rest is still a secret.
FILLED = re.compile(r"x{4,}|X{4,}")
PART_FILLED = 1 / 5
# Words, in any of the ways in which they are put together, with few digits: "test-api-key", "none", "getUserName".
WORD = r"(?:[A-Za-z]?[a-z]{0,14}|[A-Z]{1,14}|[0-9]{1,4}|(?:[A-Z]?[a-z]{2,14}){2,5})"
WORDS = re.compile(rf"{WORD}(?:[-_ .:/@]{WORD})*")


def is_placeholder(value: str) -> bool:
    """Whether a text that stands where a secret could stand says openly that it is none."""
    value = value.strip()
    return len(value) < 4 or bool(FORM.fullmatch(value) or SAID.search(value)) or _filled(value)


def _filled(value: str) -> bool:
    runs = FILLED.findall(value)
    return bool(runs) and sum(map(len, runs)) >= PART_FILLED * len(value)


def is_wordy(value: str) -> bool:
    """Whether a text is made of words and small numbers."""
    return WORDS.fullmatch(value) is not None
