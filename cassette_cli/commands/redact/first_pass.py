"""The first pass over the files of a run: what each holds by itself, and what it takes to know whether it holds a
secret of another.

A file is looked at by itself, so that the order of files and the processes that look at them make no difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cassette_cli.commands.base import understood
from cassette_cli.commands.redact.scans import located, scanned
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.projects import Projects
from cassette_cli.redaction.find import secrets
from cassette_cli.redaction.located import Located
from cassette_cli.redaction.replace import Numbered, numbered
from cassette_cli.redaction.values import Secret, Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is known of a file: the secrets found in it, those worth looking for elsewhere; whether there are any at
    all; what was seen. `found` reports them, `numbered` are the placeholders that it has already; either only where
    it was asked for."""

    path: str
    secrets: Sequence[Secret] = field(repr=False)
    holds: bool
    seen: Seen = field(repr=False)
    found: Sequence[Located] = ()
    numbered: frozenset[Numbered] = frozenset()


@dataclass(frozen=True, slots=True)
class Look:
    """Looks at a cassette, in this process or another. `reports`: findings are made ready to be reported, instead of
    placeholders made ready to be given."""

    projects: Projects
    reports: bool

    def __call__(self, cassette: Cassette, errors: list[CassetteError]) -> Iterator[Looked]:
        """What is known of it; what cannot be understood is put into `errors`.

        Raises CassetteError where the configuration of the file is wrong.
        """
        project = self.projects.of(cassette.path)
        exchanges = tuple(understood(cassette, errors))
        seen, finder = Seen(), project.finder
        held = finder.find(cassette, exchanges, seen)
        findings = [each for each in held if not project.lets_through(cassette.path, each)]
        own = tuple(secrets(findings))
        report: Sequence[Located] = ()
        if findings and self.reports:
            knowing = finder.with_values(own)
            again = held if knowing is finder else knowing.find(cassette, exchanges)
            report = located(scanned(project, knowing, cassette, exchanges, again))
            # A place that is shown may hold another file's secret.
            seen.add("\n".join(each.where for each in findings))
        yield Looked(
            path=cassette.path,
            secrets=own,
            holds=bool(findings),
            seen=seen.pack(),
            found=report,
            numbered=frozenset() if self.reports else numbered(cassette.document.text),
        )
