"""A file looked through: the findings in it, where they begin, and how they are reported."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cassette_cli import files
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.projects import Project
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.located import Located, Place, beginnings, events_of, positions
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.replace import Placeholders


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
