"""The settings of `cassette check`.

[check]
select = ["content-*"]                  # only these: globs of codes
ignore = ["cookie-left"]                # not these
level = "note"                          # what is shown, from this level on; "warning" unless set
fail-on = "error"                       # exit with 1 from this level on; "warning" unless set, "never"
playback-repeats = true                 # the tests let the recorder play an interaction more than once
large-body = 200000                     # bytes from which on a body is large

[check.levels]
stream-missing = "error"                # or "off"

[check.per-file-ignores]
"tests/errors/*" = ["stream-cut-off"]   # globs of paths, from the directory of this file
"""

import os
from fnmatch import fnmatchcase

from cassette_cli.checks.settings import CheckSettings, Level
from cassette_cli.config.table import Table, did_you_mean

NEVER, OFF = "never", "off"
LEVELS = tuple(level.value for level in Level)


def settings(table: Table) -> CheckSettings:
    """The settings in the table `check`. Raises CassetteError with the line of what is wrong."""
    names = ("select", "ignore", "level", "fail-on", "levels", "per-file-ignores", "playback-repeats", "large-body")
    table.only(*names)
    usual = CheckSettings()
    levels, off = _levels(table.table("levels"))
    fail_on = table.one_of("fail-on", (*LEVELS, NEVER))
    large = table.number("large-body")
    return CheckSettings(
        directory=os.path.dirname(os.path.abspath(table.path)),
        select=_codes(table, "select"),
        ignore=(*(_codes(table, "ignore") or ()), *off),
        levels=levels,
        level=Level(table.one_of("level", LEVELS) or usual.level),
        fail_on=usual.fail_on if fail_on is None else level_of(fail_on),
        per_file_ignores=_per_file(table.table("per-file-ignores")),
        repeats=bool(table.flag("playback-repeats")),
        large=usual.large if large is None else large,
    )


def level_of(name: str) -> Level | None:
    """A level by its name, None for "never". Raises ValueError for any other."""
    if name not in (*LEVELS, NEVER):
        raise ValueError(f"{name!r} is none of {', '.join((*LEVELS, NEVER))}")
    return None if name == NEVER else Level(name)


def codes_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """Globs of codes. Raises ValueError for one that fits none."""
    from cassette_cli.checks.registry import CHECKS

    for name in names:
        if not any(fnmatchcase(code, name) for code in CHECKS):
            raise ValueError(f"no check is named {name!r}{did_you_mean(name, CHECKS)}")
    return names


def _codes(table: Table, name: str) -> tuple[str, ...] | None:
    held = table.strings(name)
    try:
        return None if held is None else codes_of(held)
    except ValueError as error:
        raise table.error(name, str(error)) from None


def _levels(table: Table | None) -> tuple[dict[str, Level], list[str]]:
    levels: dict[str, Level] = {}
    off: list[str] = []
    if table is None:
        return levels, off
    from cassette_cli.checks.registry import CHECKS

    table.only(*CHECKS)
    for code in table.names:
        chosen = table.one_of(code, (*LEVELS, OFF))
        if chosen == OFF:
            off.append(code)
        elif chosen is not None:
            levels[code] = Level(chosen)
    return levels, off


def _per_file(table: Table | None) -> dict[str, tuple[str, ...]]:
    return {glob: _codes(table, glob) or () for glob in table.names} if table else {}
