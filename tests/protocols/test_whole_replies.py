"""Replies that come whole: their parts, and what is kept beside them."""

from reading import check_laws, events_of, short

from cassette_cli.conversation import Json, Media, Message, Reading, Reply, Unknown, Usage
from cassette_cli.protocols.base import int_at, list_at
from cassette_cli.protocols.shared.whole import Item, read_whole, vector


def items_of(value: Json) -> list[Item] | None:
    return [(Media("image", uri=uri), {"seed": 7} if uri == "b" else {}) for uri in list_at(value, "images")] or None


def usage_of(value: Json) -> Usage | None:
    count = int_at(value, "count")
    return None if count is None else Usage(input_tokens=count)


def read(*payloads: Json) -> Reading:
    events = events_of(payloads)
    reading = read_whole(events, items_of, usage_of, "images", streamed=False)
    if all(event.is_json for event in events):
        check_laws(events, reading)
    return reading


def test_parts_and_what_is_said_of_them() -> None:
    reading = read({"id": "r", "model": "m", "images": ["a", "b"], "count": 3})
    parts = (Media("image", uri="a"), Media("image", uri="b"))
    assert reading.reply == Reply(
        id="r",
        model="m",
        messages=(Message(None, parts, extra={"images": {"1": {"seed": 7}}}),),
        usage=Usage(input_tokens=3),
    )
    assert reading.anomalies == ()


def test_errors_and_what_is_no_reply() -> None:
    assert read({"error": {"message": "no"}}).reply == Reply(error={"message": "no"})
    strange = read({"mood": "fine"})
    assert strange.reply.messages == (Message(None, (Unknown(None, {"mood": "fine"}),)),)
    assert short(strange) == [("unknown-event", 0)]
    page = read("<html>")
    assert (page.reply, page.used) == (Reply(), frozenset())


def test_vectors() -> None:
    assert vector([0.5, 2]) == Unknown("embedding", {"dimensions": 2})
    assert vector("AACAPwAAAEA=") == Unknown("embedding", {"size": 8})
    assert vector(None) == Unknown("embedding", None)
