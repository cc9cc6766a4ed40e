"""What the secrets of a run are, and where: a first pass learns them, a second one finds each of them everywhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from cassette_cli.commands.base import understood
from cassette_cli.commands.redact.first_pass import Looked
from cassette_cli.commands.redact.scans import Scan, located, scanned
from cassette_cli.model import Cassette
from cassette_cli.projects import Project, Projects
from cassette_cli.redaction.located import Located
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.replace import Placeholders
from cassette_cli.redaction.styles import STYLES
from cassette_cli.redaction.values import Secret, Sought, Values

# Reads a file again, and gives None where that fails.
Load = Callable[[str], Cassette | None]


class Passes:
    """The passes over the files of a run, file by file in order."""

    def __init__(self, projects: Projects) -> None:
        self._projects = projects
        self._known: dict[str, Secret] = {}
        self._finders: dict[int, OwnFinder] = {}
        self._placeholders: dict[str, Placeholders] = {}
        self._looked: list[Looked] = []

    def learn(self, looked: Iterable[Looked]) -> None:
        """The first pass."""
        for each in looked:
            self.placeholders(self._projects.of(each.path)).reserve(each.numbered)
            for secret in each.secrets:
                self._known.setdefault(secret.value, secret)
            self._looked.append(each)

    def found(self, load: Load) -> Iterator[tuple[Project, Sequence[Located]]]:
        """The findings of each file, to be reported. What the first pass found holds, unless a secret of another file
        may be there, too."""
        for each, others in self._with_others():
            scan = self._scan(each, load) if others else None
            yield self._projects.of(each.path), located(scan) if scan else each.found

    def scans(self, load: Load) -> Iterator[Scan]:
        """The second pass over the files that may hold something; it may be made more than once."""
        for each, others in self._with_others():
            scan = self._scan(each, load) if each.holds or others else None
            if scan:
                yield scan

    def _with_others(self) -> Iterator[tuple[Looked, bool]]:
        """Each file, and whether it may hold a secret that was not found in it."""
        sought = Sought(Values().plus(self._known.values()))
        for each in self._looked:
            yield each, not sought.maybe_in(each.seen) <= set(each.secrets)

    def _scan(self, looked: Looked, load: Load) -> Scan | None:
        cassette = load(looked.path)
        if cassette is None:
            return None
        exchanges = tuple(understood(cassette, []))
        project = self._projects.of(looked.path)
        finder = self._finder(project)
        return scanned(project, finder, cassette, exchanges, finder.find(cassette, exchanges))

    def placeholders(self, project: Project) -> Placeholders:
        """The placeholders of a run in the style of a project."""
        style = project.settings.placeholders
        if style not in self._placeholders:
            self._placeholders[style] = Placeholders(STYLES[style])
        return self._placeholders[style]

    def after(self) -> "Passes":
        """Passes over other files of the same run: they know the secrets that were found here, and give them the same
        placeholders."""
        other = Passes(self._projects)
        other._known, other._placeholders = self._known, self._placeholders
        return other

    @property
    def paths(self) -> list[tuple[str, Project]]:
        """The files that were read."""
        return [(each.path, self._projects.of(each.path)) for each in self._looked]

    def _finder(self, project: Project) -> OwnFinder:
        """The finder of a project that knows all secrets found so far."""
        held = self._finders.get(id(project), project.finder)
        self._finders[id(project)] = held.with_values(self._known.values())
        return self._finders[id(project)]
