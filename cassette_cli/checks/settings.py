"""What a user sets of the checks: which of them are on, how grave each is, and where they are let be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How grave a finding is: an error is trouble for sure, a warning most likely, a note is for those who ask."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """The graver, the more."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """`select` are the codes that alone are looked for, None for all; `ignore` those that are not. Both are globs.
    `levels` are those that differ from the checks' own. `level` is the least that is shown, unless a code is selected;
    `fail_on` the least that counts as failure, None for no level. `per_file_ignores` has globs of codes by globs of
    paths, which count from `directory`. `repeats`: whether the recorder may play an interaction more than once. `large`
    is the number of bytes from which on a body is large."""

    directory: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    level: Level = Level.WARNING
    fail_on: Level | None = Level.WARNING
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repeats: bool = False
    large: int = 1_000_000
