"""What says how long a body is: `Content-Length`, and go-vcr's `content_length`. It stays true when a body changes."""

from collections.abc import Iterable, Iterator, Sequence

from cassette_cli.document.lens import Change, Lens, layers
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Scalar, get
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette, Header, Interaction


def lengths(cassette: Cassette, exchanges: Iterable[Exchange], made: Sequence[Change]) -> Iterator[Change]:
    """The edits of lengths that agreed with a body, as sent or decoded, before the changes `made`, so that they agree
    after."""
    after = {id(lens): splice(lens.text, edits) for lens, edits in layers(made)}
    for each in exchanges:
        request, response = each.interaction.request, each.interaction.response
        sides = (("request", request, each.request_content), ("response", response, each.content))
        for side, message, content in sides:
            pairs = [
                (size(lens.text), size(after[id(lens)]))
                for lens in (message.body, content)
                if lens is not None and id(lens) in after
            ]
            for length in _counts(cassette, each.interaction, side, message.headers):
                new = next((new for old, new in pairs if length.text == str(old) and old != new), None)
                if new is not None:
                    yield length, Edit(Span(0, len(length.text)), str(new))


def _counts(cassette: Cassette, interaction: Interaction, side: str, headers: Iterable[Header]) -> Iterator[Lens[str]]:
    """What says how long a body is: the header, and the field that go-vcr has beside it."""
    for header in headers:
        if header.name.lower() == "content-length":
            yield header.value
    node = get(cassette.document.root, "interactions", interaction.index, side, "content_length")
    if isinstance(node, Scalar):
        yield lens_of(cassette.document.source, node)


def size(text: str | bytes) -> int:
    """How many bytes a text has."""
    return len(text.encode("utf-8", "surrogateescape")) if isinstance(text, str) else len(text)
