"""What `cassette redact` does with the findings of a run: replace, report, compare, ask, or keep them as known.

What only one of these needs is imported there: a hook runs `--check` over and over.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cassette_cli import files
from cassette_cli.commands.base import fault
from cassette_cli.commands.parallel import How, results
from cassette_cli.commands.redact.first_pass import Look, Looked
from cassette_cli.commands.redact.passes import Load, Passes
from cassette_cli.commands.redact.request import Mode, Request
from cassette_cli.commands.redact.scans import located
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.projects import Projects, shown
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.located import Located
from cassette_cli.render.as_json import write
from cassette_cli.render.console import Policy, Printer, policy, safe_line
from cassette_cli.render.findings import FORMATS
from cassette_cli.search import STDIN

if TYPE_CHECKING:
    from cassette_cli.redaction.replay import Note

# What takes a cassette before and after.
Put = Callable[[Cassette, Cassette], None]


class Run:
    """One run. `errors` are what could not be done; `open` says whether secrets are where they should not be."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.errors: list[CassetteError] = []
        self.open = False
        self._projects = _projects(request)
        self._passes = Passes(self._projects)
        self._notes: list[Note] = []
        self._files: set[str] = set()
        self._count = 0

    def go(self) -> None:
        """Do what is asked for."""
        request = self.request
        if request.staged:
            self._staged()
        elif request.mode is Mode.OUTPUT or (request.paths == (STDIN,) and request.mode is Mode.REPLACE):
            self._one()
        else:
            again = self._learn()
            match request.mode:
                case Mode.CHECK:
                    self._report(self._found(again))
                case Mode.DIFF:
                    self._diff(again)
                case Mode.AUDIT:
                    self._audit(again)
                case Mode.UPDATE_BASELINE:
                    self._update_baseline(again)
                case _:
                    self._report(self._replaced(self._passes, again, files.store))

    def _learn(self) -> Load:
        """The first pass; gives what reads a file for the second."""
        request = self.request
        if request.paths == (STDIN,):
            held = self._read(STDIN, files.bytes_of(STDIN))
            self._passes.learn(self._looked(held))
            return lambda _: held[0]
        self._passes.learn(self._looked_at(request.paths))
        return self._again

    def _looked_at(self, paths: Sequence[str]) -> Iterator[Looked]:
        """What is known of the files that paths stand for."""
        how = How(skip_others=self.request.skip_others)
        found = results(paths, self._look(), self.errors, how=how, jobs=self.request.jobs, results_at_end=True)
        for each in found:
            yield from each.pieces

    def _looked(self, cassettes: Iterable[Cassette]) -> Iterator[Looked]:
        """What is known of recordings that are read already."""
        look = self._look()
        for cassette in cassettes:
            errors: list[CassetteError] = []
            yield from look(cassette, errors)
            for each in errors:
                fault(each, self.errors)

    def _look(self) -> Look:
        return Look(self._projects, reports=self.request.mode in (Mode.CHECK, Mode.UPDATE_BASELINE))

    def _read(self, path: str, data: bytes) -> list[Cassette]:
        """The cassette in what was read from somewhere; none where it is none, which may be an error."""
        name = self.request.stdin_filename or path if path == STDIN else path
        try:
            skip = self.request.skip_others or self.request.staged
            found = files.from_bytes(name, data) if skip else files.read(name, data)
        except CassetteError as error:
            fault(error, self.errors)
            return []
        for each in found.faults if found else ():
            fault(each, self.errors)
        return [found] if found else []

    def _again(self, path: str) -> Cassette | None:
        """A file read a second time; None where that fails."""
        try:
            return files.from_bytes(path)
        except CassetteError as error:
            fault(error, self.errors)
            return None

    def _found(self, load: Load) -> Iterator[Located]:
        """The findings of a run that changes nothing."""
        for _, found in self._passes.found(load):
            self.open = self.open or bool(found)
            yield from self._counted(found)

    def _replaced(
        self, passes: Passes, load: Load, put: Put, wanted: Callable[[Finding], bool] = lambda _: True
    ) -> Iterator[Located]:
        """The findings of a run that replaces them, file by file, once each is written."""
        from cassette_cli.commands.redact.changing import redacted, replay_notes

        for whole in passes.scans(load):
            scan = whole.only(wanted)
            if not scan.findings:
                continue
            placeholders = passes.placeholders(scan.project)
            try:
                rounds = redacted(scan, placeholders, wanted, with_companions=put is files.store)
                put(scan.cassette, rounds[-1].cassette)
            except CassetteError as error:
                fault(error, self.errors)
                continue
            self._notes += replay_notes(scan, placeholders)
            self.open = self.open or bool(rounds[-1].findings)
            yield from self._counted(located(scan, placeholders))
            for later in rounds[1:-1]:
                yield from self._counted(located(later.only(later.editable.__contains__), placeholders))

    def _counted(self, found: Iterable[Located]) -> Iterator[Located]:
        for each in found:
            self._count += 1
            self._files.add(each.path)
            yield each

    def _report(self, found: Iterable[Located]) -> None:
        """Print findings as asked for, then, for people, how many there are and what to know."""
        write(FORMATS[self.request.format](found, self.errors), sys.stdout)
        self._close("redacted" if self.request.mode is Mode.REPLACE else "found")

    def _close(self, verb: str) -> None:
        if self._count and self.request.format == "text":
            files_ = "1 file" if len(self._files) == 1 else f"{len(self._files)} files"
            say(f"{verb} {self._count} {'secret' if self._count == 1 else 'secrets'} in {files_}")
        if not self._notes:
            return
        from cassette_cli.redaction.replay import summed

        for what, advice, first, more in summed(self._notes):
            others = f" and {more} {'file' if more == 1 else 'files'} more" if more else ""
            say(f"{first}{others}: {what} changed; {advice}")

    def _one(self) -> None:
        """One recording, from a file or standard input, to standard output or another file; never what it was where
        it could not be redacted."""
        path = self.request.paths[0]
        data = files.bytes_of(path)
        found = self._read(path, data)
        if self.errors:
            return
        self._passes.learn(self._looked(found))
        outcome = [data]

        def take(_: Cassette, after: Cassette) -> None:
            outcome.append(files.packed_like(data, files.encoded(after.document.text)))

        for each in self._replaced(self._passes, lambda _: found[0], take):
            self.open = self.open or each.placeholder is None
        if self.errors:
            return
        target = self.request.output
        if target in (None, STDIN):
            sys.stdout.flush()
            sys.stdout.buffer.write(outcome[-1])
            sys.stdout.buffer.flush()
        else:
            files.save(str(target), outcome[-1])
        self._close("redacted")

    def _diff(self, load: Load) -> None:
        from cassette_cli.commands.redact.changing import source_edits
        from cassette_cli.render.edit_diff import diff_lines

        printer = Printer(sys.stdout, Policy(policy(sys.stdout, os.environ).colour))
        for scan in self._passes.scans(load):
            self.open = self.open or bool(scan.findings)
            for path, source, edits in source_edits(scan, self._passes.placeholders(scan.project)):
                printer.lines(diff_lines(path, source.text, edits, scan.finder.masked))

    def _audit(self, load: Load) -> None:
        from cassette_cli.commands.redact import known
        from cassette_cli.commands.redact.audit import audited

        decided = audited(list(self._passes.scans(load)), sys.stdin, sys.stdout)
        known.allow(decided.allowed)
        self.open = decided.left
        self._report(self._replaced(self._passes, load, files.store, lambda finding: finding.value in decided.redact))

    def _update_baseline(self, load: Load) -> None:
        from cassette_cli.commands.redact import known

        counts = known.update(self._passes.paths, self._passes.found(load))
        for path, count in counts.items():
            say(f"{shown(path)}: {count} known {'secret' if count == 1 else 'secrets'}")

    def _staged(self) -> None:
        from cassette_cli.commands.redact.staged import is_as_staged, staged

        held = {each.path: each for each in staged(self.request.paths)}

        def load(path: str) -> Cassette | None:
            return files.from_bytes(path, held[path].data)

        cassettes = (cassette for each in held.values() for cassette in self._read(each.path, each.data))
        self._passes.learn(self._looked(cassettes))
        if self.request.mode is Mode.DIFF:
            self._diff(load)
            return
        if self.request.mode is Mode.CHECK:
            self._report(self._found(load))
            return
        paths = dict.fromkeys(scan.cassette.path for scan in self._passes.scans(load) if scan.findings)
        self.open = bool(paths)
        in_tree = self._passes.after()
        in_tree.learn(self._looked_at(tuple(paths)) if paths else ())
        whole = {each.path for each in held.values() if is_as_staged(each)}
        self._report(self._replaced(in_tree, self._again, files.store))
        for path in paths:
            self._say_what_to_add(path, whole=path in whole)

    def _say_what_to_add(self, path: str, *, whole: bool) -> None:
        if whole:
            say(f"{path}: git would still commit the secrets; git add it to commit it as it is now")
        else:
            say(f"{path}: git would still commit the secrets; there are changes that are not staged, so see git diff")


def _projects(request: Request) -> Projects:
    renews = request.mode is Mode.UPDATE_BASELINE
    return Projects(request.overrides, os.environ, may_begin=renews or request.mode is Mode.AUDIT, renews=renews)


def say(text: str) -> None:
    """Tell a person something beside the results."""
    print(safe_line(f"cassette: {text}"), file=sys.stderr)
