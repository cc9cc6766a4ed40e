"""The checks that there are, and what they find in a file."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from cassette_cli.checks import (
    anomalies,
    bodies,
    continuity,
    headers,
    identity,
    playback,
    recorders,
    secrets,
    statuses,
    streaming,
    timing,
    tools,
)
from cassette_cli.checks.base import Check, CheckGroup, Problem, Scene
from cassette_cli.checks.run import ACROSS
from cassette_cli.checks.settings import CheckSettings, Level

GROUPS: list[CheckGroup] = [
    recorders,
    bodies,
    statuses,
    streaming,
    tools,
    continuity,
    playback,
    identity,
    timing,
    headers,
    secrets,
    anomalies,
]

# All checks by their codes, those that look at several files last.
CHECKS: Mapping[str, Check] = {
    **{code: check for group in GROUPS for code, check in group.CHECKS.items()},
    **ACROSS,
}


def problems(scene: Scene) -> Iterator[Problem]:
    """What is wrong with a recording, of all that the settings look for in it."""
    for group in GROUPS:
        if any(level_of(code, scene.settings) for code in group.CHECKS):
            yield from (each for each in group.find(scene) if level_of(each.code, scene.settings))


def level_of(code: str, settings: CheckSettings) -> Level | None:
    """How grave a check's findings are under some settings, None where they are not looked for."""
    level = settings.levels.get(code, CHECKS[code].level)
    if _fits(code, settings.ignore):
        return None
    if settings.select is not None:
        return level if _fits(code, settings.select) else None
    return level if level.weight >= settings.level.weight else None


def _fits(code: str, globs: tuple[str, ...]) -> bool:
    return any(fnmatchcase(code, glob) for glob in globs)
