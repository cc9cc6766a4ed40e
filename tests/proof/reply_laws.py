"""What must hold of every reply: of its pieces, of how it is shown, and of one that is cut anew."""

import json

from reading import check_laws

from cassette_cli import files
from cassette_cli.commands.base import assets
from cassette_cli.exchange import Exchange, Places, exchange
from cassette_cli.proof import prove
from cassette_cli.protocols.base import Event, parse_json
from cassette_cli.rechunking.proven import Recipe, rechunked
from cassette_cli.render.as_json import show_pieces
from cassette_cli.render.as_text import interaction_lines
from cassette_cli.render.console import Policy, text_of
from cassette_cli.render.html.interaction import key_of, part
from cassette_cli.render.html.page import show_page
from cassette_cli.render.view import View, shown
from cassette_cli.summary import heading

from .text_laws import Recording, touch


def pieces_carry_back(recording: Recording) -> int:
    """Put-get, of one edit in the middle of each piece of a reply."""
    changes = []
    for each in recording.exchanges:
        places = Places(each)
        for delta in each.reading.deltas if each.reading else ():
            lens = places.lens_of(delta)
            if lens is not None:
                assert lens.text == delta.text
                changes += [change] if (change := touch(lens)) else []
    prove(recording.cassette, changes, with_companions=True)
    return len(changes)


def readings(recording: Recording) -> int:
    """Joined pieces are the texts of the reply, routes lead to them, and no event is dropped in silence."""
    found = [each for each in recording.exchanges if each.reading]
    for each in found:
        if each.reading:
            check_laws(events_of_frames(each), each.reading)
    return len(found)


def events_of_frames(found: Exchange) -> list[Event]:
    """What a protocol reads of a response."""
    return [
        Event(frame.number, frame.event, frame.data, *parse_json(frame.data))
        for frame in found.frames
        if frame.number is not None and frame.data is not None
    ]


def shows(recording: Recording) -> int:
    """As text in three ways, and as JSON."""
    for view in (View(), View(full=True), View(events=True)):
        for each in shown(recording.exchanges):
            assert text_of(interaction_lines(each, view), Policy())
    for text, _ in show_pieces(recording.cassette, recording.exchanges):
        assert json.loads(text)["request"]
    return len(recording.exchanges)


def shows_page(recording: Recording) -> int:
    """As HTML."""
    key = key_of(recording.cassette.title)
    parts = [part(each, key) for each in shown(recording.exchanges)]
    assert "".join(show_page([(heading(recording.cassette), parts)], [], assets())).endswith("</html>\n")
    return len(parts)


def rechunks(recording: Recording) -> int:
    """`rechunked` proves the reply itself; here it is read once more, by way of the bytes of a file."""
    after = rechunked(recording.cassette, recording.exchanges, Recipe(by="random:1-12", seed=7)).cassette
    again = files.parse(after.path, after.document.text, after.document.companions)
    assert again is not None
    for old, new in zip(recording.exchanges, again.interactions, strict=True):
        assert exchange(new).reply == old.reply
    return sum(each.streamed for each in recording.exchanges)
