"""The other files that bodies of a recording lie in: WireMock keeps them in a folder beside that of its mappings.

A name in a recording is data: it leads out of the folder by no dots, and by no link.
"""

import os
from collections.abc import Callable
from pathlib import Path

from cassette_cli.document.document import Companion, Document
from cassette_cli.document.lens import Source
from cassette_cli.errors import CassetteError, Where
from cassette_cli.framing.encoding import LIMIT
from cassette_cli.recorders import companions
from cassette_cli.recorders.base import Recorder
from cassette_cli.search import STDIN

# So many folders above a recording are looked at for the one that its bodies lie in.
HIGHEST = 8


def found(path: str, recorder: Recorder, document: Document, read: Callable[[str], bytes]) -> dict[str, Companion]:
    """The other files, by the names that the recording has for them: those that are there. `read` gives what a file
    holds.

    Raises CassetteError for a file that is too large, and whatever `read` raises.
    """
    folder, names = companions(recorder, document)
    base = _folder(path, folder) if folder and path != STDIN else None
    paths = {name: _within(base, name) for name in names} if base is not None else {}
    # A file that two names lead to is one text.
    held = {
        there: Companion(there, Source(read(there).decode("utf-8", "surrogateescape")))
        for there in sorted({there for there in paths.values() if there is not None})
    }
    return {name: held[there] for name, there in paths.items() if there is not None}


def _folder(path: str, name: str) -> str | None:
    """The nearest folder of a name, beside a file or above it."""
    above = (os.path.join(os.path.dirname(path), *[os.pardir] * up, name) for up in range(HIGHEST))
    return next(filter(os.path.isdir, map(os.path.normpath, above)), None)


def _within(folder: str, name: str) -> str | None:
    """The path of a file in a folder; None where there is none."""
    if "\0" in name:
        return None
    path = os.path.normpath(os.path.join(folder, name))
    real = os.path.realpath(path)
    if os.path.realpath(folder) not in map(str, Path(real).parents) or not os.path.isfile(real):
        return None
    if os.path.getsize(real) > LIMIT:
        raise CassetteError(f"a body is larger than {LIMIT:,} bytes", Where(path))
    return path
