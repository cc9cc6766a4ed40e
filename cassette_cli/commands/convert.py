"""`cassette convert`: a recording as the file of another recorder."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from cassette_cli import files
from cassette_cli.commands.base import PATHS_HELP, cassettes, command_app, examples, fault, finish
from cassette_cli.converting import TARGETS, target
from cassette_cli.converting.base import Target
from cassette_cli.converting.convert import converted
from cassette_cli.errors import CassetteError, Where
from cassette_cli.render.as_json import write
from cassette_cli.render.converted import Done, document, loss_lines, total_lines
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
    decode: Annotated[
        bool, typer.Option("--decode", help="Write bodies without their content coding (gzip ...), and its header.")
    ] = False,
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
    """Write recordings as the files of another recorder.

    They are as that recorder writes them itself. Method, URL, headers, status and bodies stay as they were, byte for
    byte; what the other recorder has no place for is named before anything is written. The files that are read stay as
    they are.
    """
    request = _Request(target(to), tuple(paths), output, out_dir, base_url, decode, lossy, force, check, json)
    _refuse_contradictions(request)
    run = _Run(request)
    done = run.would() if check else run.write()
    if json:
        write(document(done, run.errors), sys.stdout)
    else:
        for _ in done:
            pass
    finish(run.errors, found=check and run.lost)


@dataclass(frozen=True, slots=True)
class _Request:
    target: Target
    paths: Sequence[str]
    output: str | None
    folder: str | None
    base_url: str | None
    decode: bool
    lossy: bool
    force: bool
    check: bool
    json: bool

    @property
    def prints(self) -> bool:
        """Whether the recording goes to standard output."""
        return not self.check and self.folder is None and self.output in (None, STDIN)


def _refuse_contradictions(request: _Request) -> None:
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
    """One run. `errors` are what could not be done, `lost` whether anything is not carried as it is."""

    def __init__(self, request: _Request) -> None:
        self.request = request
        self.errors: list[CassetteError] = []
        self.lost = False

    def would(self) -> Iterator[Done]:
        """What would be written, for `--check`: what is not kept is said of each recording."""
        for done in self._converted():
            self.lost = self.lost or bool(done.converted.losses)
            if not self.request.json:
                for line in loss_lines(self.request.target.NAME, done.converted.losses):
                    typer.echo(f"{done.path}: {line}")
            yield done

    def write(self) -> Iterator[Done]:
        """What was written. All of it is made, and what is not kept is said, before the first file is written."""
        planned = list(self._planned())
        name = self.request.target.NAME
        if self.request.folder is None:
            lines = [f"{done.path}: {line}" for done in planned for line in loss_lines(name, done.converted.losses)]
        else:
            lines = [f"cassette: {line}" for line in total_lines(name, planned)]
        for line in lines:
            tell(line)
        written = 0
        for done in planned:
            try:
                self._put(done)
            except CassetteError as error:
                fault(error, self.errors)
            else:
                written += 1
                yield done
        if self.request.folder is not None:
            tell(f"cassette: {plural(written, 'recording')} written for {name}")

    def _planned(self) -> Iterator[Done]:
        """What can be written, and where. The rest is said and put into `errors`."""
        taken: set[str] = set()
        for done in self._converted():
            try:
                planned = done._replace(output=self._output(done.path, taken))
                if done.converted.missing and not self.request.lossy:
                    what = ", ".join(done.converted.missing)
                    message = f"lacks {what}, so it could not be played; --lossy converts it all the same"
                    raise CassetteError(message, Where(done.path))
            except CassetteError as error:
                fault(error, self.errors)
            else:
                yield planned

    def _converted(self) -> Iterator[Done]:
        request = self.request
        for cassette in cassettes(request.paths, self.errors, results_at_end=True):
            if cassette.faults:
                # They are said. Half of a recording would be taken for the whole.
                continue
            try:
                found = converted(cassette, request.target, request.base_url, decode=request.decode)
            except CassetteError as error:
                fault(error, self.errors)
            else:
                yield Done(cassette.path, cassette.recorder, request.target.NAME, None, found)

    def _output(self, path: str, taken: set[str]) -> str | None:
        """Where a recording goes, None for standard output. Raises CassetteError where something is there already."""
        request = self.request
        if request.prints:
            return None
        output = request.output or _path_in(request.folder or "", path, request.paths) + request.target.EXTENSION
        if output in taken:
            raise CassetteError(f"{output} would hold two recordings; give them a folder each", Where(path))
        if os.path.isfile(output) and not request.force:
            raise CassetteError("is there already; --force overwrites it", Where(output))
        taken.add(output)
        return output

    def _put(self, done: Done) -> None:
        data = files.encoded(done.converted.text)
        if done.output is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        if self.request.folder is not None:
            files.make_folder(os.path.dirname(done.output))
        files.save(done.output, data)


def _path_in(folder: str, path: str, named: Sequence[str]) -> str:
    """Where a recording goes, without an ending: below the folder as it lies below the directory that was named."""
    around = next((each for each in named if os.path.isdir(each) and _lies_in(path, each)), None)
    name = os.path.relpath(path, around) if around else os.path.basename(path)
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    return os.path.join(folder, name)


def _lies_in(path: str, folder: str) -> bool:
    return not os.path.relpath(path, folder).startswith(os.pardir)
