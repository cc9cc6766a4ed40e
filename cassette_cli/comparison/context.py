"""What the comparison of two files knows while it goes from interaction to interaction, and how it makes changes."""

from collections.abc import Iterator
from typing import NamedTuple

from cassette_cli.comparison.changes import Change, Part, Value, Verdict
from cassette_cli.comparison.identities import Identities, is_id, is_moment
from cassette_cli.comparison.json_changes import Difference, differences
from cassette_cli.comparison.settings import Settings
from cassette_cli.comparison.volatile import field_rule

WITHIN_TOLERANCE = "within the tolerance"
RENAMED = "an id, renamed alike wherever it is used"


class Sent(NamedTuple):
    """A difference of an earlier reply, which the request that sends the reply back has again."""

    verdict: Verdict
    interaction: int


class Context:
    """Ids bound so far, and what replies so far said differently, by what they said on either side. `protocol` is that
    of the interaction at hand."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ids = Identities()
        self.said: dict[tuple[str, str], Sent] = {}
        self.protocol: str | None = None
        self.interaction = 0

    def value(self, where: str, part: Part, verdict: Verdict, old: Value, new: Value) -> Iterator[Change]:
        """A change of a single value, none where it is the same."""
        if old != new:
            yield self._change(Difference(where, (), old, new), part, verdict)

    def json(
        self, where: str, part: Part, verdict: Verdict, old: Value, new: Value, *, free: bool = False
    ) -> Iterator[Change]:
        """The changes of a JSON value by path. `free`: fields that the registry of volatile ones names are of the class
        that it says; what a program asked for by name (arguments, parameters) is never free."""
        for found in differences(old, new, where, spread=free):
            rule = field_rule(found.keys, self.protocol) if free else None
            if rule and rule.part is Part.IDS:
                self.ids.bind(found.old, found.new)
            if rule and rule.verdict is not Verdict.BEHAVIOUR:
                yield Change(
                    where=found.where,
                    part=rule.part,
                    verdict=min(rule.verdict, verdict),
                    old=found.old,
                    new=found.new,
                    reason=rule.reason,
                )
            else:
                yield self._change(found, part, verdict, free=free)

    def _change(self, found: Difference, part: Part, verdict: Verdict, *, free: bool = False) -> Change:
        where, _, old, new = found
        reason = None
        if _near(old, new, self.settings.tolerance):
            verdict, reason = Verdict.COSMETIC, WITHIN_TOLERANCE
        elif self.ids.renamed(old, new) or self.ids.renamed_within(old, new, likely=free):
            part, verdict, reason = Part.IDS, Verdict.COSMETIC, RENAMED
        elif free and is_moment(old, new):
            part, verdict, reason = Part.TIMING, Verdict.COSMETIC, "when it was"
        elif free and is_id(old, new):
            self.ids.bind(old, new)
            part, verdict, reason = Part.IDS, Verdict.COSMETIC, "an id drawn at random"
        return Change(where=where, part=part, verdict=verdict, old=old, new=new, reason=reason)


def _near(old: Value, new: Value, tolerance: float) -> bool:
    numbers = (int, float)
    if tolerance <= 0 or isinstance(old, bool) or isinstance(new, bool):
        return False
    if isinstance(old, numbers) and isinstance(new, numbers):
        return abs(old - new) <= tolerance
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return all(type(item) in numbers for item in (*old, *new)) and all(
            abs(one - other) <= tolerance for one, other in zip(old, new, strict=True)
        )
    return False
