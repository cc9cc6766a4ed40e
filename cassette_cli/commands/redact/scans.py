"""What the secrets of a run are, and where: a first pass learns them, a second one finds each of them everywhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cassette_cli import files
from cassette_cli.commands.base import exchanges
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.projects import Project, Projects
from cassette_cli.redaction.find import Finding, secrets
from cassette_cli.redaction.located import Located, Place, beginnings, events_of, positions
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.replace import Placeholders
from cassette_cli.redaction.styles import STYLES
from cassette_cli.redaction.values import Secret, Seen

# So many characters of recordings are kept between the passes; the others are read again.
KEPT = 2_000_000

Load = Callable[[str], Cassette | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A cassette and the findings in it, those that are allowed left out. `places` are where they begin, None for
    what cannot be edited."""

    project: Project
    cassette: Cassette
    exchanges: Sequence[Exchange]
    finder: OwnFinder
    findings: Sequence[Finding]
    places: Sequence[Place | None]

    @property
    def editable(self) -> list[Finding]:
        """The findings that can be replaced."""
        return [each for each, place in zip(self.findings, self.places, strict=True) if place is not None]

    def only(self, wanted: Callable[[Finding], bool]) -> "Scan":
        """The same with some of its findings."""
        pairs = [pair for pair in zip(self.findings, self.places, strict=True) if wanted(pair[0])]
        return replace(self, findings=[finding for finding, _ in pairs], places=[place for _, place in pairs])

    def again(self, cassette: Cassette, found: Sequence[Exchange]) -> "Scan":
        """A scan of the same file as it is now, for the same secrets."""
        return scanned(self.project, self.finder, cassette, found, self.finder.find(cassette, found))


def scanned(
    project: Project,
    finder: OwnFinder,
    cassette: Cassette,
    found: Sequence[Exchange],
    findings: Iterable[Finding],
) -> Scan:
    """The scan of a cassette in which so much was found."""
    kept = [each for each in findings if not project.lets_through(cassette.path, each)]
    pairs = _in_order(cassette, kept)
    return Scan(
        project=project,
        cassette=cassette,
        exchanges=found,
        finder=finder,
        findings=[finding for finding, _ in pairs],
        places=[place for _, place in pairs],
    )


@dataclass(slots=True)
class _Read:
    """A file of the first pass: what was understood of it, as long as it is kept."""

    path: str
    project: Project
    cassette: Cassette | None = None
    exchanges: Sequence[Exchange] = ()
    findings: Sequence[Finding] = ()
    holds: bool = False
    knew: int = 0
    seen: Seen = field(default_factory=Seen)


class Scans:
    """The scans of a run, file by file in order. Errors are said on standard error and put into `errors`."""

    def __init__(self, projects: Projects, errors: list[CassetteError]) -> None:
        self._projects = projects
        self._errors = errors
        self._known: dict[str, Secret] = {}
        self._finders: dict[int, OwnFinder] = {}
        self._placeholders: dict[str, Placeholders] = {}
        self._reads: list[_Read] = []
        self._kept = 0

    def learn(self, cassettes: Iterable[Cassette]) -> None:
        """The first pass."""
        for cassette in cassettes:
            read = _Read(cassette.path, self._projects.of(cassette.path))
            self.placeholders(read.project).reserve(cassette.document.text)
            found = tuple(exchanges(cassette, self._errors))
            read.knew = len(self._known)
            held = self._finder(read.project).find(cassette, found, read.seen)
            read.findings = [each for each in held if not read.project.lets_through(cassette.path, each)]
            read.seen.pack()
            for secret in secrets(read.findings):
                self._known.setdefault(secret.value, secret)
            read.holds = bool(read.findings)
            self._kept += len(cassette.document.text)
            if self._kept <= KEPT:
                read.cassette, read.exchanges = cassette, found
            else:
                # Findings hold on to the cassette that they lie in.
                read.findings = ()
            self._reads.append(read)

    def scans(self, load: Load) -> Iterator[Scan]:
        """The second pass, which may be made more than once; `load` reads a file again, and gives None where that
        fails."""
        for read in self._reads:
            if not read.holds and not read.seen.may_hold(self._finder(read.project).values):
                continue
            cassette, found = read.cassette, read.exchanges
            if cassette is None:
                cassette = load(read.path)
                if cassette is None:
                    continue
                found = tuple(exchanges(cassette, []))
            finder, findings = self._finder(read.project), read.findings
            if read.cassette is None or read.knew < len(self._known):
                findings = finder.find(cassette, found)
            yield scanned(read.project, finder, cassette, found, findings)

    def placeholders(self, project: Project) -> Placeholders:
        """The placeholders of a run in the style of a project."""
        style = project.settings.placeholders
        if style not in self._placeholders:
            self._placeholders[style] = Placeholders(STYLES[style])
        return self._placeholders[style]

    def after(self) -> "Scans":
        """Scans of other files of the same run: they know the secrets that were found here, and give them the same
        placeholders."""
        other = Scans(self._projects, self._errors)
        other._known, other._placeholders = self._known, self._placeholders
        return other

    @property
    def paths(self) -> list[tuple[str, Project]]:
        """The files that were read."""
        return [(read.path, read.project) for read in self._reads]

    def _finder(self, project: Project) -> OwnFinder:
        """The finder of a project that knows all secrets found so far."""
        held = self._finders.get(id(project), project.finder)
        self._finders[id(project)] = held.with_values(self._known.values())
        return self._finders[id(project)]


def _in_order(cassette: Cassette, findings: Sequence[Finding]) -> list[tuple[Finding, Place | None]]:
    """Findings and where they begin: those of the cassette's own file first, what cannot be edited last."""

    def key(pair: tuple[Finding, Place | None]) -> tuple[int, int]:
        place = pair[1]
        return (2, 0) if place is None else (place.source is not cassette.document.source, place.offset)

    return sorted(zip(findings, beginnings(findings), strict=True), key=key)


def located(scan: Scan, placeholders: Placeholders | None = None) -> list[Located]:
    """The findings of a scan as they are reported; with their placeholders where these are given."""
    cassette = scan.cassette
    by_index = {each.interaction.index: each for each in scan.exchanges}
    starts = {each.index: each.span.start for each in cassette.interactions}
    begin = [
        place or Place(cassette.document.source, starts.get(finding.interaction or 0, 0))
        for finding, place in zip(scan.findings, scan.places, strict=True)
    ]
    paths = {id(source): path for path, source in files.sources(cassette).items()}
    # Many findings lie in one place, and each may be looked through for as many secrets.
    wheres = {where: scan.finder.masked(where) for where in {each.where for each in scan.findings}}
    lines = {
        id(source): positions(source.text, [offset for found, offset in begin if found is source])
        for source in {each.source for each in begin}
    }
    return [
        Located(
            path=paths[id(shown.source)],
            line=lines[id(shown.source)][shown.offset][0],
            column=lines[id(shown.source)][shown.offset][1],
            interaction=finding.interaction,
            where=wheres[finding.where],
            rule=finding.rule,
            category=finding.category,
            fingerprint=scan.project.fingerprints.of(finding.value),
            events=events_of(finding, by_index),
            placeholder=placeholders.of(finding) if placeholders and place is not None else None,
        )
        for finding, place, shown in zip(scan.findings, scan.places, begin, strict=True)
    ]
