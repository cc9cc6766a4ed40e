"""What `cassette rechunk` does with recordings: changes them in place, writes them elsewhere, or says what it would."""

import os
import sys
from collections.abc import Iterator

from cassette_cli import files
from cassette_cli.commands.base import cassettes, exchanges, fault
from cassette_cli.commands.rechunk.request import Request
from cassette_cli.commands.rechunk.variants import name_of
from cassette_cli.errors import CassetteError, Where
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.rechunking.proven import Rechunked, Recipe, rechunked
from cassette_cli.render.console import Printer, policy
from cassette_cli.render.rechunked import Done, document, list_lines, summary
from cassette_cli.render.report import tell
from cassette_cli.search import STDIN
from cassette_cli.selection import selected


class Run:
    """One run. `errors` are what could not be done."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.errors: list[CassetteError] = []
        self._written: set[str] = set()

    def go(self) -> None:
        """Do what is asked for."""
        request = self.request
        done = self._done()
        if request.json:
            for piece in document(done, self.errors):
                sys.stdout.write(piece)
        elif request.is_list:
            printer = Printer(sys.stdout, policy(sys.stdout, os.environ))
            printer.lines(list_lines(done))
        else:
            for each in done:
                for line in summary(each):
                    tell(line)

    def _done(self) -> Iterator[Done]:
        """What was done, recording by recording and variant by variant, once each is written."""
        for cassette in cassettes(self.request.paths, self.errors, results_at_end=True):
            chosen = self._chosen(cassette)
            for recipe in self.request.recipes if chosen is not None else ():
                try:
                    changed = rechunked(cassette, chosen or [], recipe)
                    output = None if self.request.is_list else self._write(cassette, changed, recipe)
                except CassetteError as error:
                    fault(error, self.errors)
                else:
                    yield Done(cassette.path, output, recipe, changed.outcomes)

    def _chosen(self, cassette: Cassette) -> list[Exchange] | None:
        """The interactions asked for; None where they cannot be had."""
        faults = len(self.errors)
        try:
            places = set(selected(cassette.interactions, self.request.interactions))
        except CassetteError as error:
            fault(error.at(cassette.path), self.errors)
            return None
        found = [each for place, each in enumerate(exchanges(cassette, self.errors)) if place in places]
        return found if len(self.errors) == faults else None

    def _write(self, cassette: Cassette, changed: Rechunked, recipe: Recipe) -> str | None:
        """Put a changed recording where it belongs; the path, None for standard output."""
        request = self.request
        in_place = request.folder is None and request.output is None and cassette.path != STDIN
        if in_place:
            files.store(cassette, changed.cassette)
            return cassette.path
        if _is_elsewhere(cassette, changed.cassette):
            raise CassetteError("its bodies lie in other files, so it changes in place only", Where(cassette.path))
        after = files.encoded(changed.cassette.document.text)
        if request.folder is not None:
            return self._variant(cassette, request.folder, after, recipe)
        if request.output in (None, STDIN):
            sys.stdout.flush()
            sys.stdout.buffer.write(after)
            sys.stdout.buffer.flush()
            return None
        files.save(str(request.output), after)
        return request.output

    def _variant(self, cassette: Cassette, folder: str, after: bytes, recipe: Recipe) -> str:
        path = os.path.join(folder, name_of(cassette.path, recipe))
        if path in self._written:
            message = f"{path} would hold variants of two recordings; give them a directory each"
            raise CassetteError(message, Where(cassette.path))
        if os.path.lexists(path) and not self.request.force:
            raise CassetteError("is there already; --force overwrites it", Where(path))
        files.make_folder(folder)
        files.save(path, after)
        self._written.add(path)
        return path


def _is_elsewhere(before: Cassette, after: Cassette) -> bool:
    """Whether what changed lies in another file than the recording's own."""
    old, new = ({path: each.text for path, each in files.sources(which).items()} for which in (before, after))
    return any(old[path] != new[path] for path in old if path != before.path)
