"""Exchanges: bodies decoded, cut and read; anomalies; and the way from a piece of a reply back to the file."""

import base64
import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli import protocols
from cassette_cli.conversation import Anomaly, Channel, Delta, Json, Prompt, Reading, Reply
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Fixed, Lens, Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, Places, exchange
from cassette_cli.files import load, parse
from cassette_cli.framing.encoding import content
from cassette_cli.model import Cassette, Header, Interaction, Request, Response
from cassette_cli.protocols.base import Call, Event, parse_json, text_at

TEXT, NUMBER = Channel(0, 0, "content"), Channel(0, 1, "content")


class Toy:
    """A protocol of this test: {"t": piece}, and events that it uses, reports or does not know."""

    NAME = "toy"

    def matches(self, call: Call) -> bool:
        return call.path == "/toy" and call.method == "POST"

    def prompt(self, request: Json) -> Prompt:
        return Prompt(model=text_at(request, "model"), parameters={})

    def read(self, events: Sequence[Event], *, streamed: bool) -> Reading:
        deltas = [
            Delta(event.number, TEXT, str(event.value["t"]), ("t",))
            for event in events
            if isinstance(event.value, dict) and "t" in event.value
        ]
        return Reading(
            reply=Reply(id="streamed" if streamed else "whole", error=_error(events)),
            deltas=tuple(deltas),
            anomalies=tuple(Anomaly("odd", event.number, "odd") for event in events if event.text == "odd"),
            used=frozenset([delta.event for delta in deltas]),
        )


def _error(events: Sequence[Event]) -> Json:
    return next((event.value["error"] for event in events if event.is_json and "error" in event.value), None)


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocols, "PROTOCOLS", [Toy()])


def interaction(
    body: str | bytes | Lens[str] | None,
    *headers: tuple[str, str],
    status: int = 200,
    url: str = "https://example.com/toy?x=1",
    request: str | None = '{"model": "m"}',
) -> Interaction:
    lens = Source(body) if isinstance(body, str) else body
    return Interaction(
        index=0,
        span=Span(0, 0),
        request=Request(method="POST", url=Fixed(url), body=None if request is None else Source(request)),
        response=Response(
            status=status,
            headers=tuple(Header(name, Fixed(value)) for name, value in headers),
            body=_bytes(lens) if isinstance(lens, bytes) else lens,
        ),
    )


def _bytes(body: bytes) -> Lens[bytes]:
    return base64_lens(Source(base64.b64encode(body).decode()))


STREAM = ': hi\n\ndata: {"t": "Hel"}\n\ndata:{"n":1, "t":"lo"}\r\n\r\n'


def test_a_stream() -> None:
    found = exchange(interaction(STREAM, ("Content-Type", "Text/Event-Stream; charset=utf-8")))
    assert (found.media_type, found.framing, found.streamed, found.protocol) == (
        "text/event-stream",
        "sse",
        True,
        "toy",
    )
    assert found.prompt == Prompt(model="m", parameters={})
    assert found.reply == Reply(id="streamed")
    assert [frame.number for frame in found.frames] == [None, 0, 1]
    assert found.anomalies == ()


def test_a_whole_answer() -> None:
    found = exchange(interaction('\ufeff{"t": "Hello"}', ("content-type", "application/json")))
    assert (found.framing, found.streamed, found.reply) == ("whole", False, Reply(id="whole"))
    assert found.anomalies == ()


def test_coded_bodies() -> None:
    found = exchange(interaction(gzip.compress(STREAM.encode(), mtime=0)))
    assert found.content is not None
    assert found.content.text == STREAM
    assert found.reply == Reply(id="streamed")
    assert found.anomalies == ()


def test_no_body() -> None:
    found = exchange(interaction(None, request=None))
    assert (found.content, found.request_content, found.framing, found.frames) == (None, None, None, ())
    assert (found.streamed, found.prompt, found.reply) == (False, None, Reply(id="whole"))


def test_no_protocol() -> None:
    found = exchange(interaction("data: odd\n\n", url="/other"))
    assert (found.protocol, found.prompt, found.reading, found.reply) == (None, None, None, None)
    assert (found.framing, len(found.frames), found.anomalies) == ("sse", 1, ())


@pytest.mark.parametrize("request_body", ["", "a=b", "\ufffd{"])
def test_a_request_without_json_has_no_prompt(request_body: str) -> None:
    assert exchange(interaction(STREAM, request=request_body)).prompt is None


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ('data: {"t": "a"}\n\ndata: oops\n\n', [("data-not-json", 1)]),
        ('data: {"x": 1}\n\ndata: {"t": "a"}\n\n', [("unknown-event", 0)]),
        ('data: {"t": "a"}\n\ndata: odd\n\n', [("odd", 1)]),
        ('data: {"t": "a"}\n\ndata: {"t": "b"}', [("event-not-closed", 1)]),
        ("data: odd\nx: 1\n: hi\nid: 1\nretry: 2", [("unknown-field", 0), ("event-not-closed", 0), ("odd", 0)]),
        ('data: {"x": 1}\n\nerror: {}\n\ndata: {"t": "a"}\n\n', [("unknown-event", 0), ("unknown-field", None)]),
        ("data: {}\n\ndata\n\n", [("unknown-event", 0), ("data-not-json", 1)]),
        ("<html>", [("data-not-json", 0)]),
        (gzip.compress(STREAM.encode(), mtime=0)[:-4], [("stream-cut-off", None)]),
        (gzip.compress(b'{"t": "Hello"}', mtime=0)[:-4], [("body-cut-off", None)]),
    ],
)
def test_anomalies(body: str | bytes, codes: list[tuple[str, int | None]]) -> None:
    found = exchange(interaction(body))
    assert [(anomaly.code, anomaly.event) for anomaly in found.anomalies] == codes


def test_a_request_that_is_cut_off() -> None:
    made = interaction(STREAM)
    asked = replace(made.request, body=_bytes(gzip.compress(b'{"model": "m"}', mtime=0)[:-4]))
    found = exchange(replace(made, request=asked))
    assert [(each.code, each.event) for each in found.anomalies] == [("body-cut-off", None)]
    assert found.anomalies[0].message == "the gzip data of the request's body is cut off or broken"


def test_a_body_that_cannot_be_read_is_a_fault_and_the_rest_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cassette_cli.exchange.content", partial(content, limit=10))
    made = interaction(STREAM)
    asked = replace(made.request, body=_bytes(gzip.compress(b'{"model": "m"}', mtime=0)))
    found = exchange(replace(made, request=asked))
    fault = "the request's body cannot be read: a coded body is larger than 10 bytes once decoded"
    assert [each.message for each in found.faults] == [fault]
    assert [(each.code, each.message) for each in found.anomalies] == [("body-unreadable", fault)]
    assert (found.request_content, found.prompt) == (None, None)
    assert found.reply == Reply(id="streamed")


def test_an_unknown_field_is_placed_among_the_events() -> None:
    found = exchange(interaction('data: {"t": "a"}\n\nerror: {}\n\n'))
    assert found.anomalies[0].message == "clients ignore what stands after event 0: error: {}"


@pytest.mark.parametrize(
    ("field", "error"),
    [
        ('error: {"detail": "no room"}', {"detail": "no room"}),
        ("error: no room", "no room"),
        ("failure: no room", None),
    ],
)
def test_what_an_error_field_says_is_the_error(field: str, error: Json) -> None:
    found = exchange(interaction(f'data: {{"t": "a"}}\n\n{field}\n\n'))
    assert found.reply is not None
    assert found.reply.error == error
    assert found.anomalies[0].message.endswith(f"after event 0: {field}")


def test_a_long_line_that_clients_ignore_is_shown_in_part() -> None:
    found = exchange(interaction(f'data: {{"t": "a"}}\n\nerror: {"x" * 1000}\n\n'))
    assert found.anomalies[0].message.endswith("xxx…")
    assert len(found.anomalies[0].message) < 220


def test_of_many_lines_that_clients_ignore_a_few_are_shown_each_once() -> None:
    lines = "x: 1\nx: 1\n" * 3 + "".join(f"y{number}: \n" for number in range(100_000))
    (anomaly,) = exchange(interaction(f'data: {{"t": "a"}}\n{lines}\n')).anomalies
    assert anomaly.message == "clients ignore what stands in event 0: x: 1 | y0 | y1 | y2 | y3 | … 99,996 more"


@pytest.mark.parametrize(
    ("body", "media_type", "url", "codes"),
    [
        ("{", "application/json", "/other", ["request-not-json"]),
        ("{", "application/vnd.x+json; charset=utf-8", "/other", ["request-not-json"]),
        ("{", None, "https://example.com/toy", ["request-not-json"]),
        ("{", None, "/other", []),
        ("a=b", "application/x-www-form-urlencoded", "https://example.com/toy", []),
        (" \n", "application/json", "/other", []),
        ("[1]", "application/json", "/other", []),
    ],
)
def test_a_request_that_says_json_and_is_none(body: str, media_type: str | None, url: str, codes: list[str]) -> None:
    made = interaction(STREAM, request=body, url=url)
    headers = () if media_type is None else (Header("content-type", Fixed(media_type)),)
    found = exchange(replace(made, request=replace(made.request, headers=headers)))
    assert [(each.code, each.event) for each in found.anomalies] == [(code, None) for code in codes]


BLOCK = """version: 2
interactions:
- request: {url: u}
  response:
    code: 200
    body: |
      a
      b
"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (BLOCK, []),
        (BLOCK.replace("a\n", "a\r\n"), ["line-ends-lost"]),
        (BLOCK.replace("|", ">").replace("a\n", "a\r\n"), ["line-ends-lost"]),
        (BLOCK.replace("\n", "\r\n"), []),
        (BLOCK.replace("|\n      a\n      b", '"a\r\n      b"'), []),
    ],
)
def test_a_block_that_lost_its_line_ends(text: str, codes: list[str]) -> None:
    cassette = parse("a.yaml", text)
    assert cassette is not None
    assert [each.code for each in exchange(cassette.interactions[0]).anomalies] == codes


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (502, "<html>Bad Gateway</html>", "<html>Bad Gateway</html>"),
        (404, "not found", "not found"),
        (429, '{"error": {"type": "slow"}}', {"type": "slow"}),
        (500, "", None),
        (200, "not found", None),
        (None, "not found", None),
    ],
)
def test_the_error_of_a_failed_response(status: int, body: str, error: Json) -> None:
    found = exchange(interaction(body, status=status))
    assert found.reply is not None
    assert found.reply.error == error


def test_an_error_page_is_no_anomaly() -> None:
    assert exchange(interaction("<html>", status=502)).anomalies == ()


def places_of(text: str) -> tuple[Exchange, Places]:
    found = exchange(interaction(text))
    return found, Places(found)


def test_a_piece_has_one_lens() -> None:
    found, places = places_of(STREAM)
    assert found.reading is not None
    first, second = found.reading.deltas
    lens = places.lens_of(first)
    assert lens is not None
    assert lens.text == "Hel"
    assert places.lens_of(first) is lens
    assert places.lens_of(second) is not lens
    assert places.payload(0) is places.payload(0)
    assert places.payload(7) is None


@pytest.mark.parametrize(
    ("body", "delta"),
    [
        ('data: {"t": "a"}\n\n', Delta(0, TEXT, "a", None)),
        ('data: {"t": "a"}\n\n', Delta(0, TEXT, "a", ("u",))),
        ('data: {"t": "a"}\n\n', Delta(0, TEXT, "b", ("t",))),
        ('data: {"t": 12}\n\n', Delta(0, NUMBER, "12", ("t",))),
        ('data: {"t": ["a"]}\n\n', Delta(0, TEXT, '["a"]', ("t",))),
        ('data: {"t": "a"}\n\n', Delta(3, TEXT, "a", ("t",))),
    ],
)
def test_a_piece_that_is_no_text_of_its_own_has_no_lens(body: str, delta: Delta) -> None:
    assert places_of(body)[1].lens_of(delta) is None


def test_a_payload_that_is_no_json_can_be_the_piece() -> None:
    lens = places_of("data: odd\n\n")[1].lens_of(Delta(0, TEXT, "odd", ()))
    assert lens is not None
    assert lens.text == "odd"


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        (STREAM, Edit(Span(1, 4), "ELL"), ': hi\n\ndata: {"t": "HELL"}\n\ndata:{"n":1, "t":"o"}\r\n\r\n'),
        (STREAM, Edit(Span(5, 5), '!"'), ': hi\n\ndata: {"t": "Hel"}\n\ndata:{"n":1, "t":"lo!\\""}\r\n\r\n'),
        ('data: {"t": "\\u00e9x"}\n\n', Edit(Span(1, 2), "\n"), 'data: {"t": "\\u00e9\\n"}\n\n'),
        ('{"t": "Hello"}', Edit(Span(0, 1), "J"), '{"t": "Jello"}'),
    ],
)
def test_an_edit_of_a_channel(before: str, edit: Edit[str], after: str) -> None:
    places = places_of(before)[1]
    assert places.channels() == [TEXT]
    assert splice(before, lift_all([(places.channel(TEXT), edit)])) == after


def test_a_piece_without_a_place_refuses_edits() -> None:
    channel = places_of('data: {"t": "a"}\n\ndata: {"t": 12}\n\n')[1].channel(TEXT)
    assert channel.text == "a12"
    lift_all([(channel, Edit(Span(0, 1), "b"))])
    with pytest.raises(CassetteError, match="not in the recording"):
        lift_all([(channel, Edit(Span(1, 2), "b"))])


PIECES = st.lists(st.text(st.sampled_from('ab"\\\n é\U0001f600'), max_size=4), min_size=1, max_size=6)


@given(PIECES, st.data())
def test_a_channel_obeys_the_laws_of_lenses(pieces: list[str], data: st.DataObject) -> None:
    body = "".join(
        f"data: {json.dumps({'t': piece}, ensure_ascii=not number % 2)}\n\n" for number, piece in enumerate(pieces)
    )
    text = "".join(pieces)
    channel = Places(exchange(interaction(body))).channel(TEXT)
    assert channel.text == text
    assert list(channel.lift([])) == []

    start = data.draw(st.integers(0, len(text)))
    edit = Edit(
        Span(start, data.draw(st.integers(start, len(text)))), data.draw(st.sampled_from(["", "x", '"\n', "é"]))
    )
    after = splice(body, lift_all([(channel, edit)]))
    assert Places(exchange(interaction(after))).channel(TEXT).text == splice(text, [edit])


def test_real_recordings(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every recorded exchange can be read; each piece that names a place lies there; and an edit of a payload, taken
    down to the file, changes that event of that interaction alone."""
    monkeypatch.undo()
    read = pieces = edited = 0
    for cassette in load([str(corpus)]):
        assert isinstance(cassette, Cassette)
        exchanges = [exchange(each) for each in cassette.interactions]
        read += len(exchanges)
        for found in exchanges:
            places = Places(found)
            for delta in found.reading.deltas if found.reading else ():
                lens = places.lens_of(delta)
                assert (lens is None) == (delta.route is None), (cassette.path, delta)
                pieces += lens is not None
        streams = [found for found in exchanges if found.streamed and any(frame.data for frame in found.frames)]
        if streams and len(cassette.document.text) < 20_000 and not cassette.document.companions:
            _edit_one(cassette, exchanges, streams[-1])
            edited += 1
    assert read > 2000
    assert pieces > 5000
    assert edited > 100


def _edit_one(cassette: Cassette, exchanges: list[Exchange], chosen: Exchange) -> None:
    frames = [frame for frame in chosen.frames if frame.data]
    frame = frames[len(frames) // 2]
    assert frame.number is not None
    payload = Places(chosen).payload(frame.number)
    assert payload is not None
    # A body is cut as JSON lines or as an array only where it is JSON, so what is JSON has to stay so.
    value, is_json = parse_json(payload.text)
    is_object = is_json and isinstance(value, dict) and bool(value)
    edit = Edit(Span(1, 1), '"é": 0, ') if is_object else Edit(Span(1, 2), "<é>")
    text = splice(cassette.document.text, lift_all([(payload, edit)]))
    again = parse(cassette.path, text)
    assert again is not None
    expected = [[each.data for each in found.frames] for found in exchanges]
    place = chosen.frames.index(frame)
    expected[chosen.interaction.index][place] = splice(payload.text, [edit])
    assert [[each.data for each in exchange(found).frames] for found in again.interactions] == expected
