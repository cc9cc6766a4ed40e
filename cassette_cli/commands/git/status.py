"""What git is told, whether it holds, and which recordings it reaches."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli import repository
from cassette_cli.commands.git.installed import State
from cassette_cli.commands.git.scope import Scope, Setting, recordings
from cassette_cli.conversation import Json
from cassette_cli.render.elision import plural

SCHEMA = "cassette.git/1"
NAME = "cassette"
# So many recordings that others reach are named.
NAMED = 8


class Told(NamedTuple):
    """What is told in one scope."""

    scope: Scope
    settings: Sequence[Setting]
    patterns: Sequence[str]

    @property
    def state(self) -> str:
        """In one word."""
        states = {each.state for each in self.settings}
        if State.STALE in states:
            return "stale"
        if states == {State.MISSING}:
            return "not enabled"
        return "enabled" if State.MISSING not in states else "incomplete"


class Recording(NamedTuple):
    """A tracked recording, and what its attributes are."""

    path: str
    diff: str
    merge: str


class Status(NamedTuple):
    """All that there is to say; `recordings` are those of the repository."""

    told: Sequence[Told]
    recordings: Sequence[Recording]

    @property
    def is_well(self) -> bool:
        """Whether a scope is enabled, none is half so, and all recordings are reached."""
        states = {each.state for each in self.told}
        return "enabled" in states and states <= {"enabled", "not enabled"} and not self.missed

    @property
    def missed(self) -> list[Recording]:
        """The recordings that are not compared or not merged by us."""
        return [each for each in self.recordings if (each.diff, each.merge) != (NAME, NAME)]


def status(scopes: Sequence[Scope], *, with_recordings: bool) -> Status:
    """What is told in some scopes."""
    paths = [path for path, is_recording in recordings() if is_recording] if with_recordings else []
    held = repository.attributes(paths, ["diff", "merge"]) if paths else []
    return Status(
        [Told(scope, scope.settings(), scope.patterns()) for scope in scopes],
        [Recording(path, each["diff"], each["merge"]) for path, each in zip(paths, held, strict=True)],
    )


def status_text(found: Status) -> Iterator[str]:
    """For people, line by line."""
    for told in found.told:
        yield f"{told.scope.name}: {told.state}"
        if told.state != "not enabled":
            wrong = [each for each in told.settings if each.state is not State.SET]
            yield from (f"  {each.name}  {_STATES[each.state]}" for each in wrong)
        yield from (f"  {pattern}  in {told.scope.path}" for pattern in told.patterns)
    missed = found.missed
    if found.recordings:
        count = len(found.recordings)
        yield f"{plural(count, 'tracked recording')}, {count - len(missed):,} of them compared and merged by cassette"
    if any(told.state != "not enabled" for told in found.told):
        yield from (f"  {each.path}  {_why('diff', each.diff)}, {_why('merge', each.merge)}" for each in missed[:NAMED])
        if missed[NAMED:]:
            yield f"  and {len(missed) - NAMED:,} more"


_STATES = {
    State.MISSING: "not set; cassette git enable sets it",
    State.STALE: "of another installation; cassette git enable renews it",
    State.OTHER: "not ours",
}


def _why(name: str, value: str) -> str:
    match value:
        case "cassette":
            return f"{name}: ours"
        case "unspecified":
            return f"{name}: no pattern fits"
        case "unset":
            return f"{name}: another line says -{name}"
        case _:
            return f"{name}: another line says {name}={value}"


def status_json(found: Status) -> Json:
    """For programs: cassette.git/1."""
    return {
        "schema": SCHEMA,
        "scopes": [
            {
                "scope": told.scope.name,
                "state": told.state,
                "settings": [
                    {"name": each.name, "state": each.state.value, "value": each.value} for each in told.settings
                ],
                "attributes": {"path": told.scope.path, "patterns": list(told.patterns)},
            }
            for told in found.told
        ],
        "recordings": [each._asdict() for each in found.recordings],
        "errors": [],
    }
