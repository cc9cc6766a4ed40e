"""The texts of a reply set: the pieces that bring a text, what says a piece once more, and what says all of it."""

from collections.abc import Iterator

from cassette_cli.conversation import Channel, Delta
from cassette_cli.document.lens import Change, Fixed, Lens
from cassette_cli.document.text import changed
from cassette_cli.editing.spread import spread
from cassette_cli.editing.trial import Trial
from cassette_cli.errors import CassetteError


def with_text(trial: Trial, channel: Channel, new: str) -> list[Change]:
    """The changes after which a channel has a new text, in as many pieces as before.

    Raises CassetteError where the recording holds the text in no place that could be edited.
    """
    deltas = trial.places.deltas(channel)
    if not deltas:
        raise CassetteError("this text lies nowhere in the recording")
    pieces = spread([delta.text for delta in deltas], new)
    reading = trial.exchange.reading
    assert reading is not None
    changes: list[Change] = []
    renewed: dict[tuple[int, str], str] = {}
    for delta, piece in zip(deltas, pieces, strict=True):
        changes += _put(_lens(trial, delta), piece)
        renewed[delta.event, delta.text] = piece
    for copy in (each for each in reading.copies if each.channel == channel):
        if (copy.event, copy.text) in renewed:
            changes += _put(_lens(trial, copy), renewed[copy.event, copy.text])
    for echo in (each for each in reading.echoes if each.channel == channel):
        changes += _put(_lens(trial, echo), new)
    return changes


def _lens(trial: Trial, delta: Delta) -> Lens[str]:
    return trial.places.lens_of(delta) or Fixed(delta.text, reason="the recording holds it as no text of its own")


def _put(lens: Lens[str], new: str) -> Iterator[Change]:
    yield from ((lens, edit) for edit in changed(lens.text, new))
