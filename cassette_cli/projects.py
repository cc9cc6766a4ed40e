"""Which settings hold for which file: those of the nearest configuration above it, and what the command line says."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from cassette_cli import config, files
from cassette_cli.config import Config
from cassette_cli.config.dotenv import dotenv
from cassette_cli.config.table import did_you_mean
from cassette_cli.errors import CassetteError, Where
from cassette_cli.redaction import baseline
from cassette_cli.redaction.baseline import Baseline, Fingerprints
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.own import BUILT_IN, OwnFinder
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.settings import Settings
from cassette_cli.redaction.values import Secret

# Shorter values of variables stand for too much else.
SHORTEST_VALUE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What a command line says of the settings of `redact`; None and an empty set where it says nothing."""

    classes: frozenset[Category] | None = None
    rules: frozenset[str] = frozenset()
    no_rules: frozenset[str] = frozenset()
    placeholders: str | None = None
    baseline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Settings ready for use. Paths in reports are as given, those of `baseline` and `allow` from its directory.
    `renews_baseline`: what the baseline knows is found again, because it is to be written anew."""

    directory: str
    settings: Settings
    finder: OwnFinder
    fingerprints: Fingerprints
    baseline_path: str | None
    baseline: Baseline | None
    renews_baseline: bool

    def lets_through(self, path: str, finding: Finding) -> bool:
        """Whether the settings or the baseline allow what was found."""
        heeded = None if self.renews_baseline else self.baseline
        if not self.settings.allow and heeded is None:
            return False
        fingerprint = self.fingerprints.of(finding.value)
        if heeded and heeded.knows(finding.where, fingerprint):
            return True
        relative = relative_to(self.directory, path)
        return baseline.allowed(
            self.settings.allow, path=relative, where=finding.where, rule=finding.rule, fingerprint=fingerprint
        )


class Configurations:
    """The configurations of a run, each read once."""

    def __init__(self) -> None:
        self._by_directory: dict[str, str | None] = {}
        self._configs: dict[str, Config | None] = {}

    def of(self, path: str) -> Config:
        """What holds for a file: the nearest configuration above it, the defaults where there is none.

        Raises CassetteError where it is wrong.
        """
        found = self._path(os.path.dirname(os.path.abspath(path)))
        return (found and self._configs[found]) or Config()

    def _path(self, directory: str) -> str | None:
        """The path of the configuration that holds in a directory, None where there is none."""
        if directory not in self._by_directory:
            above = os.path.dirname(directory)
            found = next((path for name in config.NAMES if self._sets(path := os.path.join(directory, name))), None)
            inherited = found is None and above != directory
            self._by_directory[directory] = self._path(above) if inherited else found
        return self._by_directory[directory]

    def _sets(self, path: str) -> bool:
        text = files.text_of(path)
        self._configs[path] = None if text is None else config.parse(shown(path), text, frozenset(BUILT_IN))
        return self._configs[path] is not None


class Projects:
    """The projects of a run. A baseline that is named must be there, unless the run `may_begin` one; one that
    `renews` it does not heed it."""

    def __init__(
        self,
        overrides: Overrides,
        environ: Mapping[str, str],
        configurations: Configurations | None = None,
        *,
        may_begin: bool = False,
        renews: bool = False,
    ) -> None:
        self._overrides = overrides
        self._environ = environ
        self._may_begin = may_begin
        self._renews = renews
        self._configurations = configurations or Configurations()
        self._projects: dict[str | None, Project] = {}

    def of(self, path: str) -> Project:
        """The project of a file. Raises CassetteError where its configuration is wrong."""
        settings = self._configurations.of(path).redact
        if settings.path not in self._projects:
            self._projects[settings.path] = self._project(settings)
        return self._projects[settings.path]

    def _project(self, settings: Settings) -> Project:
        ours = self._overrides
        names = frozenset(BUILT_IN) | {rule.id for rule in settings.own}
        for name in ours.rules | ours.no_rules:
            if name not in names:
                raise CassetteError(f"no rule is named {name!r}{did_you_mean(name, names)}")
        settings = replace(
            settings,
            classes=settings.classes if ours.classes is None else ours.classes,
            rules=(settings.rules | ours.rules) - ours.no_rules,
            no_rules=(settings.no_rules | ours.no_rules) - ours.rules,
            placeholders=ours.placeholders or settings.placeholders,
        )
        directory = os.path.dirname(os.path.abspath(settings.path)) if settings.path else os.getcwd()
        path = ours.baseline or (settings.baseline and os.path.join(directory, settings.baseline))
        known = self._baseline(path, settings)
        return Project(
            directory=directory,
            settings=settings,
            finder=OwnFinder(settings, _values(settings, directory, self._environ)),
            fingerprints=Fingerprints(known.salt if known else settings.salt),
            baseline_path=path,
            baseline=known,
            renews_baseline=self._renews,
        )

    def _baseline(self, path: str | None, settings: Settings) -> Baseline | None:
        if path is None:
            return None
        text = files.text_of(path)
        if text is None:
            if not self._may_begin:
                raise CassetteError("there is no such baseline; --update-baseline makes it", Where(shown(path)))
            return baseline.new(settings.salt)
        found = baseline.parse(shown(path), text)
        if settings.salt not in (None, found.salt):
            raise CassetteError(
                f"its salt is not that of {settings.path}: delete it and make it anew", Where(shown(path))
            )
        return found


def relative_to(directory: str, path: str) -> str:
    """A path as it is kept: from a directory on, parted by "/" on every system."""
    return os.path.relpath(os.path.abspath(path), directory).replace(os.sep, "/")


def shown(path: str) -> str:
    """A path as a user would name it: from the working directory on where it lies below."""
    relative = os.path.relpath(path)
    return path if relative.startswith(os.pardir) else relative


def _values(settings: Settings, directory: str, environ: Mapping[str, str]) -> Iterable[Secret]:
    """The values of the variables that settings name."""
    if not settings.env:
        return
    held = dict(environ)
    if settings.env_file:
        text = files.text_of(os.path.join(directory, settings.env_file))
        held = {**(dotenv(text) if text else {}), **held}
    for name, value in held.items():
        wanted = any(fnmatchcase(name, pattern) for pattern in settings.env)
        if wanted and len(value) >= SHORTEST_VALUE:
            yield Secret(value, "-".join(name.lower().replace("_", " ").split()) or "env", Category.CREDENTIALS)
