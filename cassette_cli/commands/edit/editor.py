"""A reply edited in the user's own editor."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence

from cassette_cli import files
from cassette_cli.editing.asked import Asked
from cassette_cli.editing.sheet import changes, sheet
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette

FALLBACK = "vi"


def edited_by_hand(cassette: Cassette, index: int, environ: Mapping[str, str]) -> Sequence[Asked]:
    """What a person changed of a reply, in the editor that VISUAL or EDITOR names; nothing where they changed nothing.

    Raises CassetteError where the editor fails, or what they wrote cannot be read; it is then kept, and the message
    says where.
    """
    found = exchange(cassette.interactions[index])
    text = sheet(found, cassette.path)
    path = files.scratch(text, f"-interaction-{index}.yaml")
    _run(environ.get("VISUAL") or environ.get("EDITOR") or FALLBACK, path)
    after = files.text_of(path) or ""
    try:
        asked = changes(found, cassette.path, after) if after != text else []
    except CassetteError as error:
        raise CassetteError(f"{error.message} (what you wrote is kept here; nothing was changed)", error.where).at(
            path
        ) from None
    files.remove(path)
    return asked


def _run(editor: str, path: str) -> None:
    command = shlex.split(editor, posix=os.name != "nt")
    try:
        done = subprocess.run([*command, path], check=False)
    except OSError as error:
        files.remove(path)
        raise CassetteError(
            f"the editor {editor!r} cannot be started: {error.strerror}; VISUAL or EDITOR names it"
        ) from None
    if done.returncode:
        files.remove(path)
        raise CassetteError(f"the editor {editor!r} ended with code {done.returncode}; nothing was changed")
