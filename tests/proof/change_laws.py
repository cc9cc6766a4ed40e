"""What must hold of every recording that a command changed: once more changes nothing, and the way back is one."""

from collections.abc import Iterator

from cassette_cli import files, library
from cassette_cli.converting import TARGETS, vcrpy
from cassette_cli.converting.base import Carried, Target, carried
from cassette_cli.converting.convert import converted, differing
from cassette_cli.header_classes import TrimSettings
from cassette_cli.model import Cassette, Interaction
from cassette_cli.trimming import Trimmed, trimmed

from .text_laws import Recording


def redacts(recording: Recording) -> int:
    """With all classes; how many files had something to redact."""
    if recording.cassette.document.companions:
        return 0
    once = library.redact(recording.cassette, classes=["all"])
    assert library.redact(once, classes=["all"]).text == once.text
    return int(once.text != recording.cassette.text)


def check_trimmed(cassette: Cassette, settings: TrimSettings) -> Trimmed:
    """What is left is all but what was dropped; running it again drops nothing more."""
    found = trimmed(cassette, settings)
    gone = [(each.interaction, each.side, each.header.name.lower()) for each in found.dropped]
    for old, new in zip(cassette.interactions, found.after.interactions, strict=True):
        for side in ("request", "response"):
            left = names_of(old, side)
            for number, where, name in gone:
                if (number, where) == (old.index, side):
                    left.remove(name)
            assert sorted(names_of(new, side)) == sorted(left)
    again = trimmed(found.after, settings)
    assert (again.dropped, again.bytes, again.lines) == ([], 0, 0)
    assert again.after.document.text == found.after.document.text
    old_lines, new_lines = (each.document.text.splitlines() for each in (cassette, found.after))
    assert len(old_lines) - len(new_lines) == found.lines
    return found


def trims(recording: Recording) -> int:
    """As `check_trimmed`; how many headers went."""
    return len(check_trimmed(recording.cassette, TrimSettings()).dropped)


def names_of(interaction: Interaction, side: str) -> list[str]:
    """The names of the headers of a request or a response."""
    message = interaction.request if side == "request" else interaction.response
    return [header.name.lower() for header in message.headers]


def _routes(cassette: Cassette) -> Iterator[list[Target]]:
    """Through each target and back to where it came from, and, where that is not written, through all of them."""
    back = [each for each in TARGETS if cassette.recorder == each.NAME]
    for each in TARGETS if back else ():
        yield [each, *back]
    if not back:
        yield TARGETS


def check_round_trip(cassette: Cassette) -> int:
    """All that was on the wire is there after each way. How many conversions were made."""
    made = 0
    for route in _routes(cassette):
        before, now = carried_of(cassette), cassette
        for each in route:
            now = files.parse(cassette.path, converted(now, each).text) or now
            assert (now.recorder, len(now.interactions)) == (each.NAME, len(before))
            if each is vcrpy:
                before = [vcrpy.held(one) for one in before]
            made += 1
        for one, other in zip(before, carried_of(now), strict=True):
            assert differing(one, other) is None, [each.OPTION for each in route]
    return made


def converts(recording: Recording) -> int:
    """As `check_round_trip`."""
    return check_round_trip(recording.cassette)


def carried_of(cassette: Cassette) -> list[Carried]:
    """What of a cassette was on the wire."""
    return [carried(each) for each in cassette.interactions]
