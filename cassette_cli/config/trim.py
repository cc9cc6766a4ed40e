"""The settings of `cassette trim`.

[trim]
classes = ["date", "rate-limit"]        # or "volatile" for what differs in each recording, or "all" for all headers
drop = ["x-acme-*"]                     # these, too: globs of names
keep = ["x-request-id"]                 # but not these
"""

from cassette_cli.config.table import Table, did_you_mean
from cassette_cli.header_classes import VOLATILE, HeaderClass, TrimSettings

ALL, VOLATILE_NAME = "all", "volatile"
NAMES = (*(each.value for each in HeaderClass), VOLATILE_NAME, ALL)


def settings(table: Table) -> TrimSettings:
    """The settings in the table `trim`. Raises CassetteError with the line of what is wrong."""
    table.only("classes", "drop", "keep")
    names = table.strings("classes")
    try:
        chosen = TrimSettings() if names is None else of_classes(names)
    except ValueError as error:
        raise table.error("classes", str(error)) from None
    return TrimSettings(
        classes=chosen.classes,
        everything=chosen.everything,
        drop=tuple(map(str.lower, table.strings("drop") or ())),
        keep=tuple(map(str.lower, table.strings("keep") or ())),
    )


def of_classes(names: tuple[str, ...]) -> TrimSettings:
    """What names of classes stand for. Raises ValueError with a hint for any other name."""
    for name in names:
        if name not in NAMES:
            close = did_you_mean(name, NAMES) or f"; there are {', '.join(NAMES)}"
            raise ValueError(f"no class is named {name!r}{close}")
    held = {HeaderClass(name) for name in names if name not in (ALL, VOLATILE_NAME)}
    return TrimSettings(classes=frozenset(held | VOLATILE if VOLATILE_NAME in names else held), everything=ALL in names)
