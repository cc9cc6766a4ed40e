"""Headers that differ in every recording and that nobody reads."""

from collections.abc import Iterator

from cassette_cli.checks.base import Check, Fix, Problem, Scene
from cassette_cli.checks.settings import Level
from cassette_cli.header_classes import VOLATILE, class_of
from cassette_cli.trimming import TrimSettings, dropped

CHECKS = {"header-volatile": Check(Level.NOTE, "a header that differs in every recording")}
SETTINGS = TrimSettings(classes=VOLATILE)


def find(scene: Scene) -> Iterator[Problem]:
    """The volatile headers that the recorder does not compare; `cassette trim` drops more kinds."""
    for each in dropped(scene.cassette, SETTINGS):
        name = each.header.name
        fix = Fix(each.interaction, each.side, each.header)
        message = f"the {each.side}'s header {name} ({class_of(name)}) differs in every recording"
        yield Problem("header-volatile", message, each.interaction, None, each.header.value, fix)
