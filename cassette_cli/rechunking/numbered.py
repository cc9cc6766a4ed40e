"""The numbers that some protocols give their events, kept true when events are put in, left out or moved."""

from collections.abc import Iterable, Iterator

from cassette_cli.document import from_json
from cassette_cli.document.tree import Scalar, Style, get
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import Frame
from cassette_cli.rechunking.events import Item, Made


def numbered(items: Iterable[Item], counter: str | None) -> Iterator[Item]:
    """The items, their `counter` moved on by as many as there are more events before them than were recorded. A number
    that was wrong stays as wrong."""
    place = 0
    for item in items:
        like, data = (item, item.data) if isinstance(item, Frame) else (item.like, item.data)
        if like.number is None or data is None:
            yield item
            continue
        more = place - like.number
        place += 1
        yield Made(like, _moved_on(data, counter, more)) if more and counter else item


def _moved_on(data: str, counter: str, more: int) -> str:
    try:
        node = get(from_json.parse(data), counter)
    except CassetteError:
        return data
    if not isinstance(node, Scalar) or node.style is not Style.JSON_LITERAL or not node.value.isdigit():
        return data
    return f"{data[: node.span.start]}{int(node.value) + more}{data[node.span.end :]}"
