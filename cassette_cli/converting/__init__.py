"""The recorders whose files are written anew."""

from cassette_cli.converting import go_vcr, har, ruby_vcr, vcrpy
from cassette_cli.converting.base import Target
from cassette_cli.errors import CassetteError

TARGETS: list[Target] = [vcrpy, go_vcr, ruby_vcr, har]


def target(option: str) -> Target:
    """The target of `--to`, by its option's word or the recorder's name. Raises CassetteError where there is none."""
    for each in TARGETS:
        if option.lower() in (each.OPTION, each.NAME.lower()):
            return each
    raise CassetteError(f"--to {option}: there are {', '.join(each.OPTION for each in TARGETS)}")
