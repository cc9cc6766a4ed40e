"""What a comparison finds: changes, each with its class, in interactions, files and the run."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final, TypeAlias

from cassette_cli.conversation import Json
from cassette_cli.exchange import Exchange


class Verdict(IntEnum):
    """How much a change matters, weakest first. A pair, a file and the run have the strongest of their changes."""

    IDENTICAL = 0
    COSMETIC = 1
    USAGE = 2
    WORDING = 3
    REQUEST = 4
    BEHAVIOUR = 5

    @property
    def word(self) -> str:
        """As people and JSON name it: "behaviour"."""
        return self.name.lower()


class Part(Enum):
    """What of an interaction a change is in; `--only` and `--ignore` select by these words."""

    INTERACTIONS = "interactions"  # added or removed as a whole
    URL = "url"  # the request's method and URL
    MODEL = "model"
    MESSAGES = "messages"  # of the request
    TOOLS = "tools"
    PARAMETERS = "parameters"
    HEADERS = "headers"
    BODY = "body"  # of plain HTTP
    STATUS = "status"
    ERROR = "error"
    TEXT = "text"
    REASONING = "reasoning"
    TOOL_CALLS = "tool_calls"
    FINISH_REASON = "finish_reason"
    OUTPUT = "output"  # structured output and what has no name of its own
    USAGE = "usage"
    CHUNKS = "chunks"
    IDS = "ids"
    TIMING = "timing"
    FORMAT = "format"  # how the file spells it


class Absent(Enum):
    """The side of a change that has no value: what was added has no old one, what was removed no new one."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
Value: TypeAlias = "Json | Absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `where` is a logical place: `reply.messages[0].tool_calls[1].arguments.b`. `reason` says why a
    change is of a class that its place alone does not explain; always there for what is cosmetic."""

    where: str
    part: Part
    verdict: Verdict
    old: Value
    new: Value
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionDiff:
    """An interaction of the old recording and what became of it in the new one; `old` is None for one that was added,
    `new` for one that was removed. `moved`: it stands elsewhere among those that both have."""

    old: Exchange | None
    new: Exchange | None
    changes: tuple[Change, ...] = ()
    moved: bool = False

    @property
    def verdict(self) -> Verdict:
        """The strongest of its changes; behaviour for one that was added or removed."""
        if self.old is None or self.new is None:
            return Verdict.BEHAVIOUR
        return strongest(change.verdict for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDiff:
    """A recording and what became of it; `old` or `new` is the path, None where there is no such file. `changes` are
    those of the file as such: its recorder, its formatting."""

    old: str | None
    new: str | None
    interactions: tuple[InteractionDiff, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The strongest of its interactions and of its own changes; behaviour for a file added or removed."""
        if self.old is None or self.new is None:
            return Verdict.BEHAVIOUR
        own = strongest(change.verdict for change in self.changes)
        return max(own, strongest(each.verdict for each in self.interactions))


def cosmetic(where: str, part: Part, old: Value, new: Value, reason: str) -> Change:
    """A change that says nothing, and why."""
    return Change(where=where, part=part, verdict=Verdict.COSMETIC, old=old, new=new, reason=reason)


def strongest(verdicts: Iterable[Verdict]) -> Verdict:
    """The strongest of some verdicts, identical for none."""
    return max(verdicts, default=Verdict.IDENTICAL)
