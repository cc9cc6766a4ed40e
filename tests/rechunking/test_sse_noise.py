"""Noise: what each does to a stream, that readers by the specification read the same, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streams import sse

from cassette_cli.errors import CassetteError
from cassette_cli.framing import sse as framing
from cassette_cli.rechunking.noise import NOISES, Stream, brought, noises, noisy

STREAM = 'event: a\ndata: {"x":1}\n\ndata: [DONE]\n\n'


def with_noise(specs: str, body: str = STREAM, name: str = "sse", protocol: str = "anthropic.messages") -> str:
    made, left_out = noisy(Stream(body, name, protocol), noises([specs]))
    assert left_out == []
    return str(made)


@pytest.mark.parametrize(
    ("spec", "after"),
    [
        ("crlf", 'event: a\r\ndata: {"x":1}\r\n\r\ndata: [DONE]\r\n\r\n'),
        ("cr", 'event: a\rdata: {"x":1}\r\rdata: [DONE]\r\r'),
        ("no-space", 'event:a\ndata:{"x":1}\n\ndata:[DONE]\n\n'),
        ("comments", ': keep-alive\n\nevent: a\ndata: {"x":1}\n\n: keep-alive\n\ndata: [DONE]\n\n'),
        ("pings", 'event: a\ndata: {"x":1}\n\nevent: ping\ndata: {"type": "ping"}\n\ndata: [DONE]\n\n'),
        ("blank-lines", '\nevent: a\ndata: {"x":1}\n\n\ndata: [DONE]\n\n\n'),
        ("multi-line-data", 'event: a\ndata: {\ndata: "x":1\ndata: }\n\ndata: [DONE]\n\n'),
        ("id-lines", 'id: 0\nevent: a\ndata: {"x":1}\n\nid: 1\ndata: [DONE]\n\n'),
        ("retry-lines", "retry: 3000\n\n" + STREAM),
        ("bom", "\ufeff" + STREAM),
        ("no-final-newline", STREAM[:-2]),
        ("no-done", 'event: a\ndata: {"x":1}\n\n'),
        ("duplicate:0", 'event: a\ndata: {"x":1}\n\n' + STREAM),
        ("cut-off:1", 'event: a\ndata: {"x":1}\n\ndata: ['),
        (
            "error:0",
            'event: a\ndata: {"x":1}\n\nevent: error\n'
            'data: {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}\n\n',
        ),
        ("bom,crlf,no-space", '\ufeffevent:a\r\ndata:{"x":1}\r\n\r\ndata:[DONE]\r\n\r\n'),
    ],
)
def test_before_and_after(spec: str, after: str) -> None:
    assert with_noise(spec) == after


SILENT = [
    noise.name
    for noise in NOISES
    if not noise.lossy and noise.name not in ("pings", "no-done", "no-final-newline", "multi-line-data")
]
LINES = st.lists(
    st.sampled_from(["data: a", "data:  b", "data", ": c", "event: e", "id: 1", "", "", "data: é\u2028"]), max_size=8
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.lists(st.sampled_from(SILENT), unique=True, max_size=4))
def test_what_is_dispatched_stays(lines: list[str], end: str, names: list[str]) -> None:
    body = "".join(line + end for line in [*lines, "data: last", ""])

    after = with_noise(",".join(names), body) if names else body

    assert _dispatched(after) == _dispatched(body)


def _dispatched(body: str) -> list[tuple[str | None, str | None]]:
    return [(frame.event, frame.data) for frame in framing.split(body) if frame.number is not None]


def test_lines_of_json() -> None:
    body = '{"a":1}\n{"b":2}\n'

    assert with_noise("crlf,blank-lines", body, "ndjson") == '{"a":1}\r\n\r\n{"b":2}\r\n\r\n'
    assert with_noise("no-final-newline,bom", body, "ndjson") == '\ufeff{"a":1}\n{"b":2}'
    assert with_noise("error:0", body, "ndjson", "ollama.chat") == '{"a":1}\n{"error": "overloaded"}\n'
    assert with_noise("duplicate:1", body, "ndjson") == '{"a":1}\n{"b":2}\n{"b":2}\n'


def test_what_a_stream_cannot_have_is_said() -> None:
    chat = noisy(Stream(sse("1"), "sse", "openai.chat_completions"), noises(["pings,no-done"]))
    messages = noisy(Stream(b"", "eventstream", "aws.bedrock.converse"), noises(["crlf"]))

    assert chat[1] == ["no no-done: openai.chat_completions has none", "no pings: openai.chat_completions has none"]
    assert messages == (b"", ["no crlf: eventstream has none"])


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("crfl", "no noise 'crfl'"),
        ("cut-off", "write cut-off:N"),
        ("cut-off:x", "write cut-off:N"),
        ("crlf:1", "write crlf"),
    ],
)
def test_what_is_no_noise(spec: str, message: str) -> None:
    with pytest.raises(CassetteError, match=message):
        noises([spec])


def test_an_event_that_is_not_there() -> None:
    with pytest.raises(CassetteError, match="no event 7 here; there are 0 to 1"):
        with_noise("cut-off:7")


def test_noises_come_in_their_order_and_say_what_they_bring() -> None:
    asked = noises(["bom,no-done", "crlf"])

    assert [each.spec for each in asked] == ["no-done", "crlf", "bom"]
    assert list(brought(asked)) == ["done-missing"]
