"""`cassette convert`: a recording as the file of another recorder."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from cassette_cli import files
from cassette_cli.commands.base import PATHS_HELP, cassettes, command_app, examples, fault, finish
from cassette_cli.converting import TARGETS, target
from cassette_cli.converting.base import Target
from cassette_cli.converting.convert import Converted, converted
from cassette_cli.errors import CassetteError, Where
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import write
from cassette_cli.render.converted import Done, document, loss_lines
from cassette_cli.render.elision import plural
from cassette_cli.render.report import tell
from cassette_cli.search import STDIN

app = command_app()

# What the names of recordings end in; the target's own ending takes their place.
ENDINGS = (".gz", ".yaml", ".yml", ".json", ".har", ".httprr")


@app.command(
    epilog=examples(
        ("cassette convert a.yaml --to go-vcr -o b.yaml", "into another file"),
        ("cassette convert a.har --to vcrpy > a.yaml", "to standard output"),
        ("cassette convert tests/ --to ruby-vcr --out-dir out/", "every recording of a folder"),
        ("cassette convert a.yaml --to har --check", "say what would not be kept"),
        ("cassette convert stub.yaml --to vcrpy --base-url https://api.example.com", "a recording without hosts"),
    )
)
def convert(
    paths: Annotated[list[str], typer.Argument(help=PATHS_HELP)],
    to: Annotated[str, typer.Option("--to", metavar="|".join(each.OPTION for each in TARGETS), help="Whose file.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Where the one recording goes; - is stdout.")
    ] = None,
    out_dir: Annotated[
        str | None, typer.Option("--out-dir", metavar="DIR", help="Where recordings go, in folders as they are now.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="What goes before URLs that have no host.")
    ] = None,
    lossy: Annotated[
        bool, typer.Option("--lossy", help="Convert what lacks a method, URL, host or status, too.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what would not be kept, and exit with 1 if anything.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Say what was done as JSON (schema cassette.convert/1).")
    ] = False,
) -> None:
    """Write recordings as the files of another recorder, as that recorder writes them itself.

    Method, URL, headers, status and bodies stay as they were, byte for byte. What the other recorder has no place for
    is named before anything is written. The files that are read stay as they are.
    """
    request = _Request(target(to), tuple(paths), output, out_dir, base_url, lossy, force, check, json)
    _check(request)
    run = _Run(request)
    if json:
        write(document(run.done(), run.errors), sys.stdout)
    else:
        for _ in run.done():
            pass
        run.sum_up()
    finish(run.errors, found=check and run.lost)


@dataclass(frozen=True, slots=True)
class _Request:
    target: Target
    paths: Sequence[str]
    output: str | None
    folder: str | None
    base_url: str | None
    lossy: bool
    force: bool
    check: bool
    json: bool

    @property
    def prints(self) -> bool:
        """Whether the recording goes to standard output."""
        return not self.check and self.folder is None and self.output in (None, STDIN)


def _check(request: _Request) -> None:
    if request.output is not None and request.folder is not None:
        raise CassetteError("-o and --out-dir are two places; take one")
    if request.check and (request.output is not None or request.folder is not None):
        raise CassetteError("--check writes nothing, so it takes neither -o nor --out-dir")
    several = len(request.paths) > 1 or any(os.path.isdir(path) for path in request.paths)
    if several and request.folder is None and not request.check:
        raise CassetteError("several recordings need --out-dir DIR")
    if request.json and request.prints:
        raise CassetteError("--json and the recording cannot both go to standard output; use -o FILE or --check")


class _Run:
    """One run. `errors` are what could not be done, `lost` whether anything was not carried as it is."""

    def __init__(self, request: _Request) -> None:
        self.request = request
        self.errors: list[CassetteError] = []
        self.lost = False
        self._said: set[str] = set()
        self._written: set[str] = set()
        self._counts: Counter[str] = Counter()

    def done(self) -> Iterator[Done]:
        """What was done, recording by recording, once each is written."""
        request = self.request
        for cassette in cassettes(request.paths, self.errors, results_at_end=True):
            try:
                found = converted(cassette, request.target, request.base_url)
                self._name(cassette, found)
                output = None if request.check else self._write(cassette, found)
            except CassetteError as error:
                fault(error, self.errors)
            else:
                self._counts["recordings"] += 1
                yield Done(cassette, request.target.NAME, output, found)

    def sum_up(self) -> None:
        """Say how many there were, where they went into a folder."""
        if self.request.folder is not None:
            count = plural(self._counts["recordings"], "recording")
            tell(f"cassette: {count} written for {self.request.target.NAME}")

    def _name(self, cassette: Cassette, found: Converted) -> None:
        """Say what is not kept: all of it, or, of many recordings, each kind at the first that has it."""
        request = self.request
        self.lost = self.lost or bool(found.losses)
        many = request.folder is not None
        if not (request.json and request.check):
            for line in loss_lines(request.target.NAME, found.losses, count=not many):
                if line not in self._said or not many:
                    self._said.add(line)
                    self._say(f"{cassette.path}: {line}")
        if found.missing and not (request.lossy or request.check):
            message = f"lacks {', '.join(found.missing)}, so it could not be played; --lossy converts it all the same"
            raise CassetteError(message, Where(cassette.path))

    def _say(self, line: str) -> None:
        if self.request.check:
            typer.echo(line)
        else:
            tell(line)

    def _write(self, cassette: Cassette, found: Converted) -> str | None:
        """Put a recording where it belongs; the path, None for standard output."""
        request = self.request
        data = files.encoded(found.text)
        if request.prints:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return None
        path = request.output or self._path_in(request.folder or "", cassette.path)
        if os.path.isfile(path) and not request.force:
            raise CassetteError("is there already; --force overwrites it", Where(path))
        if request.folder is not None:
            files.make_folder(os.path.dirname(path))
        files.save(path, data)
        return path

    def _path_in(self, folder: str, path: str) -> str:
        """Where a recording goes: below the folder as it lies below the path that was named."""
        around = next((each for each in self.request.paths if os.path.isdir(each) and _lies_in(path, each)), None)
        name = os.path.relpath(path, around) if around else os.path.basename(path)
        for ending in ENDINGS:
            name = name.removesuffix(ending)
        made = os.path.join(folder, name + self.request.target.EXTENSION)
        if made in self._written:
            raise CassetteError(f"{made} would hold two recordings; give them a folder each", Where(path))
        self._written.add(made)
        return made


def _lies_in(path: str, folder: str) -> bool:
    return not os.path.relpath(path, folder).startswith(os.pardir)
