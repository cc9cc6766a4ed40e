"""What says how long a body is (`Content-Length`, and what recorders have beside it) stays true when a body changes."""

from collections.abc import Iterable, Iterator, Sequence

from cassette_cli.document.lens import Change, layers
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.exchange import Exchange
from cassette_cli.model import size_of, stated_lengths


def lengths(exchanges: Iterable[Exchange], made: Sequence[Change]) -> Iterator[Change]:
    """The edits of lengths that agreed with a body, as sent or decoded, before the changes `made`, so that they agree
    after."""
    after = {id(lens): splice(lens.text, edits) for lens, edits in layers(made)}
    for each in exchanges:
        request, response = each.interaction.request, each.interaction.response
        for message, content in ((request, each.request_content), (response, each.content)):
            pairs = [
                (size_of(lens.text), size_of(after[id(lens)]))
                for lens in (message.body, content)
                if lens is not None and id(lens) in after
            ]
            for length in stated_lengths(message):
                new = next((new for old, new in pairs if length.text == str(old) and old != new), None)
                if new is not None:
                    yield length, Edit(Span(0, len(length.text)), str(new))
