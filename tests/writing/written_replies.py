"""What tests of writers share."""

from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Sent, Writer, loads


def values(events: Sequence[Sent]) -> list[Json]:
    """The JSON of events; None for [DONE]."""
    return [None if event.data == "[DONE]" else loads(event.data) for event in events]


def there_and_back(writer: Writer, plain: Json) -> Json:
    """A plain reply as it comes back from its streamed form."""
    return writer.plain(values(writer.stream(plain)))
