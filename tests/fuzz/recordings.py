"""Laws of whole files: any bytes give a result or one clear error, never a traceback, a hang or a changed file."""

import io
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import NamedTuple

from cassette_cli import cli, files
from cassette_cli.document.lens import Change, Lens, lift_all
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import Places, exchange
from cassette_cli.model import Cassette
from cassette_cli.proof import prove

from .drawn import edits_of
from .findings import StoppedError

# `@` is the file, `+` another one, `=` a file that is to be made.
COMMANDS = [
    "show @", "show --full --json @", "show --jsonl @", "show --events @", "show --raw @", "show --html @",
    "show --request --raw @", "ls @", "ls --json --anomalies @", "check @", "check --format json --level note @",
    "check --format sarif @", "check --diff @", "redact --check @",
    "redact --check --format json --class personal @", "redact --diff @", "redact @ -o =",
    "redact --placeholder-style shape @ -o =", "trim --diff @", "trim --check --json @",
    "rechunk --list --by char @", "rechunk @ --by grapheme -o =", "rechunk @ --seed 7 -o =",
    "rechunk @ --by whole --noise crlf --noise comments -o =", "rechunk --to plain @ -o =",
    "rechunk --to stream @ -o =", "edit @ -o =", "edit @ -i 0 --text é'\"\n -o =",
    "edit @ -i 0 --status 500 --header a=b -o =", "edit @ --copy 0 -o =", "edit @ --drop 0 --renumber -o =",
    "edit @ -i 0 --finish-reason x --follow --diff", "diff @ +", "diff + @ --json",
    "diff @ + --explain --chunks --full", "diff @ + --html", "convert @ --to vcrpy -o =",
    "convert @ --to go-vcr --lossy -o =", "convert @ --to ruby-vcr --decode -o =",
    "convert @ --to har --lossy --base-url http://a.example -o =", "convert @ --to vcrpy --check --json",
    "git textconv @",
]  # fmt: skip

# A proof that failed says so.
PROOF = re.compile("the file was left alone|nothing was written")


class Ran(NamedTuple):
    """A command's exit code and what it said."""

    code: int
    out: bytes
    err: str


def check(data: bytes, random: Random) -> None:
    """A file is read, or an error says why not; each text in it that can be edited can be written."""
    try:
        cassette = files.read("a.yaml", data)
    except InternalError:
        raise
    except CassetteError:
        return
    if cassette.interactions:
        lens = _text(cassette, random)
        if lens is not None and isinstance(lens.text, str):
            _check_edit(cassette, lens, random)


def _text(cassette: Cassette, random: Random) -> Lens[str] | Lens[bytes] | None:
    """Some text of some interaction; all that is read of that one is read."""
    interaction = random.choice(cassette.interactions)
    found = exchange(interaction)
    places = Places(found)
    assert found.prompt is None or found.prompt.messages is not None
    channels = [places.channel(channel) for channel in places.channels()]
    headers = [header.value for side in (interaction.request, interaction.response) for header in side.headers]
    bodies = [found.content, found.request_content, interaction.request.url]
    texts = [lens for lens in (*channels, *bodies, *headers[:3]) if lens is not None]
    return random.choice(texts) if texts else None


def _check_edit(cassette: Cassette, lens: Lens[str], random: Random) -> None:
    changes: list[Change] = [(lens, edit) for edit in edits_of(lens.text, random)]
    try:
        lift_all(changes)
    except InternalError:
        raise
    except CassetteError:
        return
    try:
        prove(cassette, changes)
    except InternalError as error:
        raise StoppedError(str(error)) from None
    except CassetteError:
        pass


def check_command(data: bytes, random: Random) -> None:
    """Some command with a file of these bytes."""
    check_run(data, random.choice(COMMANDS))


def check_run(data: bytes, command: str) -> None:
    """The law, for one of `COMMANDS` and a file of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / "a.yaml").write_bytes(data)
        (at / "b.yaml").write_bytes(data.replace(b"a", b"b"))
        _check_run(at, command.split(" "))


def _check_run(folder: Path, words: list[str]) -> None:
    before = _held(folder)
    names = {"@": folder / "a.yaml", "+": folder / "b.yaml", "=": folder / "out.yaml"}
    ran = run([str(names.get(word, word)) for word in words])
    if ran.code == 3 and PROOF.search(ran.err):
        raise StoppedError(f"{words}: {ran.err}")
    assert ran.code in (0, 1, 2), f"{words}: {ran.err}"
    assert (ran.code == 2) <= bool(ran.err.strip()), f"{words}: no word of what is wrong"
    assert "Traceback" not in ran.err
    after = _held(folder)
    made = after.pop("out.yaml", None)
    assert after == before, f"{words}: a file was changed or left behind"
    assert made is None or _reads(names["="]) >= _reads(names["@"]), f"{words}: half a result"


def _reads(path: Path) -> bool:
    """Whether all of a file can be read."""
    return run(["ls", str(path)]).code == 0


def run(args: list[str]) -> Ran:
    """A command line, in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run(args)
    return Ran(code, _bytes(out), _bytes(err).decode())


def _bytes(stream: io.TextIOWrapper) -> bytes:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def _held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
