"""One run of checks: file by file, with the settings that hold for each."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from cassette_cli import files
from cassette_cli.checks.base import Fix, Problem, Scene
from cassette_cli.checks.fixing import plan
from cassette_cli.checks.located import Finding, located
from cassette_cli.checks.naming import SOURCES, TestNames
from cassette_cli.checks.registry import level_of, problems
from cassette_cli.checks.run import ACROSS
from cassette_cli.checks.run import Run as Across
from cassette_cli.checks.settings import CheckSettings, Level
from cassette_cli.commands.base import cassettes, exchanges, fault
from cassette_cli.document.text import Edit
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.projects import Configurations, Overrides, Projects, relative_to
from cassette_cli.proof import Plan, prove
from cassette_cli.search import texts_below

Weighed = tuple[Problem, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line asks for; None where it says nothing. `is_lenient`: no level counts as failure."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    level: Level | None
    fail_on: Level | None
    is_lenient: bool
    fix: bool
    diff: bool
    tests: tuple[str, ...]
    skip_others: bool


class Run:
    """Checks files. `errors` are what could not be read or written; the counts grow as findings are asked for."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.errors: list[CassetteError] = []
        self.passed_over: list[str] = []
        self.counts: dict[Level, int] = dict.fromkeys(reversed(Level), 0)
        self.files = self.fixable = self.mended = 0
        self.failed = False
        self._configurations = Configurations()
        self._projects = Projects(Overrides(), os.environ, self._configurations)
        self._now = datetime.now(UTC)
        self._across: Across | None = None

    def findings(self) -> Iterator[Finding]:
        """What is wrong, file by file; with `fix` what is left after it."""
        for scene, found in self._scenes():
            if self.request.fix and any(problem.fix for problem, _ in found):
                scene, found = self._mended(scene, found)
            yield from self._counted(scene, found)

    def changes(self) -> Iterator[tuple[Cassette, Sequence[Edit[str]]]]:
        """The cassettes that `fix` would mend, and the edits of their texts."""
        for scene, found in self._scenes():
            fixes = [problem.fix for problem, _ in found if problem.fix]
            mended = self._proven(scene, fixes) if fixes else None
            if mended:
                yield scene.cassette, mended[0].edits(scene.cassette.document)
                self.failed = True
                self.mended += len(fixes)

    def _scenes(self) -> Iterator[tuple[Scene, list[Weighed]]]:
        self._across = Across(self._names())
        found = cassettes(
            self.request.paths,
            self.errors,
            skip_others=self.request.skip_others,
            passed_over=self.passed_over,
        )
        for cassette in found:
            try:
                scene = self._scene(cassette)
            except CassetteError as error:
                fault(error, self.errors)
                continue
            yield scene, [*self._found(scene), *self._weighed(scene, self._across.find(scene))]

    def _names(self) -> TestNames | None:
        if not self.request.tests:
            return None
        return TestNames(entry for directory in self.request.tests for entry in texts_below(directory, SOURCES))

    def _scene(self, cassette: Cassette) -> Scene:
        project = self._projects.of(cassette.path)
        return Scene(
            cassette=cassette,
            exchanges=tuple(exchanges(cassette, self.errors)),
            settings=self._settings(self._configurations.of(cassette.path).check),
            now=self._now,
            finder=project.finder,
            lets_through=lambda finding: project.lets_through(cassette.path, finding),
        )

    def _settings(self, settings: CheckSettings) -> CheckSettings:
        """The settings of a file, the command line's before those of the configuration."""
        ours = self.request
        return replace(
            settings,
            select=settings.select if ours.select is None else ours.select,
            ignore=(*settings.ignore, *ours.ignore),
            level=ours.level or settings.level,
            fail_on=None if ours.is_lenient else ours.fail_on or settings.fail_on,
        )

    def _found(self, scene: Scene) -> list[Weighed]:
        return self._weighed(scene, problems(scene))

    def _weighed(self, scene: Scene, found: Iterable[Problem]) -> list[Weighed]:
        """Problems that the settings look for, with their levels."""
        ignored = _ignored(scene)
        weighed = ((problem, level_of(problem.code, scene.settings)) for problem in found)
        return [
            (problem, level)
            for problem, level in weighed
            if level and not any(fnmatchcase(problem.code, glob) for glob in ignored)
        ]

    def _mended(self, scene: Scene, found: list[Weighed]) -> tuple[Scene, list[Weighed]]:
        """A file mended and written: what it is now, and what is still wrong with it."""
        fixes = [problem.fix for problem, _ in found if problem.fix]
        mended = self._proven(scene, fixes)
        if mended is None:
            return scene, found
        cassette, after = scene.cassette, mended[1]
        try:
            files.store(cassette, after)
        except CassetteError as error:
            fault(error, self.errors)
            return scene, found
        self.mended += len(fixes)
        again = replace(scene, cassette=after, exchanges=tuple(exchanges(after, [])))
        return again, [*self._found(again), *((problem, level) for problem, level in found if problem.code in ACROSS)]

    def _proven(self, scene: Scene, fixes: Iterable[Fix]) -> tuple[Plan, Cassette] | None:
        """How a file is mended, and what it is then; None where that cannot be, which is said."""
        cassette = scene.cassette
        try:
            found = plan(cassette, scene.exchanges, fixes)
            return found, prove(cassette, *found, with_companions=True)
        except CassetteError as error:
            fault(error if error.where.path else error.at(cassette.path), self.errors)
            return None

    def _counted(self, scene: Scene, found: list[Weighed]) -> Iterator[Finding]:
        self.files += bool(found)
        for finding in located(scene.cassette, found):
            self.counts[finding.level] += 1
            self.fixable += finding.fixable
            fail_on = scene.settings.fail_on
            self.failed = self.failed or (fail_on is not None and finding.level.weight >= fail_on.weight)
            # A message may quote what was recorded.
            yield replace(finding, message=scene.finder.masked(finding.message))


def _ignored(scene: Scene) -> list[str]:
    """The globs of codes that the settings let be in a file."""
    settings = scene.settings
    if not settings.per_file_ignores or settings.directory is None:
        return []
    path = relative_to(settings.directory, scene.cassette.path)
    return [code for glob, codes in settings.per_file_ignores.items() if fnmatchcase(path, glob) for code in codes]
