"""Headers that differ in every recording and that nobody reads."""

from collections.abc import Iterator
from itertools import groupby

from cassette_cli.checks.base import Check, Fix, Problem, Scene, listed
from cassette_cli.checks.settings import Level
from cassette_cli.header_classes import VOLATILE, TrimSettings
from cassette_cli.trimming import dropped

CHECKS = {"header-volatile": Check(Level.NOTE, "headers that differ in every recording")}
SETTINGS = TrimSettings(classes=VOLATILE)


def find(scene: Scene) -> Iterator[Problem]:
    """The volatile headers of each message, as far as the recorder does not compare them."""
    found = groupby(dropped(scene.cassette, SETTINGS), lambda each: (each.interaction, each.side))
    for (number, side), members in found:
        headers = tuple(each.header for each in members)
        names = listed(list(dict.fromkeys(header.name for header in headers)))
        message = f"the {side} has headers that differ in every recording: {names}"
        yield Problem("header-volatile", message, number, None, headers[0].value, Fix(number, side, headers))
