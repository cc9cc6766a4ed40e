"""What the command line of `cassette redact` asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from cassette_cli.errors import CassetteError
from cassette_cli.projects import Overrides
from cassette_cli.search import STDIN


class Mode(Enum):
    """What is done with what is found."""

    REPLACE = "in place"
    CHECK = "--check"
    DIFF = "--diff"
    AUDIT = "--audit"
    UPDATE_BASELINE = "--update-baseline"
    OUTPUT = "-o"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be done with which files. `output` is None for standard output."""

    mode: Mode
    paths: tuple[str, ...]
    staged: bool
    output: str | None
    overrides: Overrides
    format: str
    skip_others: bool
    stdin_filename: str | None
    jobs: int


def chosen(wanted: Mapping[Mode, bool], paths: Sequence[str], *, staged: bool) -> Mode:
    """The one mode that options ask for. Raises CassetteError where they do not go together."""
    modes = [mode for mode, on in wanted.items() if on]
    if len(modes) > 1:
        raise CassetteError(f"{' and '.join(mode.value for mode in modes)} exclude each other")
    mode = modes[0] if modes else Mode.REPLACE
    if not paths and not staged:
        raise CassetteError("name files or directories, - for standard input, or --staged")
    if staged and mode not in (Mode.REPLACE, Mode.CHECK, Mode.DIFF):
        raise CassetteError(f"--staged and {mode.value} exclude each other")
    if STDIN in paths and (staged or len(paths) > 1 or mode in (Mode.AUDIT, Mode.UPDATE_BASELINE)):
        raise CassetteError("- is redacted alone: no other paths, and no --staged, --audit or --update-baseline")
    if mode is Mode.OUTPUT and len(paths) != 1:
        raise CassetteError("-o takes one recording")
    return mode
