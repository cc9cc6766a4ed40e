"""JSON lines: which bodies they are, how they are cut, and edits of a line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.files import read
from cassette_cli.framing import ndjson

ONE, TWO = '{"done":false,"response":"Hel\u2028lo"}', '{"done": true}'
NDJSON = "application/x-ndjson"


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (None, f"{ONE}\n{TWO}\n"),
        (None, f"{ONE}\n{TWO}"),
        ("application/json", f"{ONE}\r\n{TWO}\r\n"),
        ("text/plain", f"\n \r\n{ONE} \n\n\t{TWO}"),
        ("application/octet-stream", f"\ufeff{ONE}\n{TWO}\n"),
        (None, f'{ONE}\n{{"done": tr'),
        (None, "{}\n{\n"),
        (NDJSON, f"{ONE}\n"),
        (NDJSON, ONE),
        ("application/stream+json", f"{ONE}\nnot JSON\n"),
        ("application/jsonl", f"{ONE}\n[1]\n"),
        (NDJSON, '{"done": tr'),
        (NDJSON, ""),
        (NDJSON, "\r\n\n"),
        (NDJSON, "\ufeff"),
    ],
)
def test_json_lines(media_type: str | None, body: str) -> None:
    assert ndjson.matches(media_type, body)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (None, ""),
        (None, ONE),
        ("application/json", f"{ONE}\n"),
        (None, f"{ONE}\nnot JSON\n"),
        (None, "{\n}\n"),
        (None, f"[{ONE}]\n[{TWO}]\n"),
        (None, "1\n2\n"),
        (None, f"{ONE}{TWO}\n{TWO}\n"),
        (None, "{body}\n{margin: 0}\n"),
        (None, f"data: {ONE}\n{TWO}\n"),
        (None, json.dumps([{"a": {}}, {}], indent=1)),
        (None, '[\n{"a": {}},\n{"a": {}}\n]'),
        (None, "{" + "[" * 100_000 + "}\n{}"),
        (NDJSON, json.dumps({"error": {"message": "no"}}, indent=2)),
        (NDJSON, "Bad gateway"),
        (NDJSON, "<html>\n</html>"),
        (NDJSON, f"{ONE}{TWO}\n"),
        (None, f"{ONE}\n{TWO}\n".encode()),
        (NDJSON, b"\xff"),
    ],
)
def test_other_bodies(media_type: str | None, body: str | bytes) -> None:
    assert not ndjson.matches(media_type, body)


def raws(body: str) -> list[tuple[str, str | None]]:
    """Raw text and data of each frame."""
    return [(body[frame.span.start : frame.span.end], frame.data) for frame in ndjson.split(body)]


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        (f"{ONE}\n{TWO}\n", [(f"{ONE}\n", ONE), (f"{TWO}\n", TWO)]),
        (f"{ONE}\n{TWO}", [(f"{ONE}\n", ONE), (TWO, TWO)]),
        (f"{ONE}\r\n{TWO}\r\n", [(f"{ONE}\r\n", ONE), (f"{TWO}\r\n", TWO)]),
        (f"{ONE}\n\n \n{TWO}\n\n", [(f"{ONE}\n\n ", ONE), (f"\n{TWO}\n\n", TWO)]),
        (f"\n\r\n\t{ONE} \t\n", [("\n\r\n\t", None), (f"{ONE} \t\n", ONE)]),
        (f"\ufeff{ONE}\n", [(f"\ufeff{ONE}\n", ONE)]),
        (f"{ONE}\r{TWO}\n", [(f"{ONE}\r{TWO}\n", f"{ONE}\r{TWO}")]),
        (f"{ONE}\nnot JSON\n", [(f"{ONE}\n", ONE), ("not JSON\n", "not JSON")]),
        ("\n \n", [("\n \n", None)]),
        ("\ufeff", [("\ufeff", None)]),
        ("", []),
    ],
    ids=[
        "usual",
        "no end",
        "CRLF",
        "blank lines",
        "space around",
        "BOM",
        "CR",
        "no JSON",
        "blank",
        "BOM alone",
        "empty",
    ],
)
def test_a_line_is_a_frame(body: str, frames: list[tuple[str, str | None]]) -> None:
    found = raws(body)
    # Where blank lines are cut in two does not matter; that all of the body is there does.
    assert [data for _, data in found] == [data for _, data in frames]
    assert "".join(raw for raw, _ in found) == body
    assert all(frame.closed for frame in ndjson.split(body))


@pytest.mark.parametrize("cut", ['{"done": tr', '{"a": {"b": 1}', "{", '{"a": 1}}', "tr"])
def test_a_last_line_that_is_cut_off(cut: str) -> None:
    first, last = ndjson.split(f"{ONE}\n{cut}")
    assert first.closed
    assert not last.closed
    assert last.data == cut
    assert [code for code, _ in last.faults] == ["event-not-closed"]
    # Where the line has its end, nothing of it is missing.
    assert ndjson.split(f"{ONE}\n{cut}\n  ")[-1].closed


LINES = st.sampled_from([ONE, TWO, "", " ", "not JSON", "[]", '{"a": {"b": 1}'])
BODIES = st.builds(
    lambda head, lines, ends, last: head + "".join(a + b for a, b in zip(lines, ends, strict=False)) + last,
    st.sampled_from(["", "\ufeff", "\n"]),
    st.lists(LINES, max_size=6),
    st.lists(st.sampled_from(["\n", "\r\n", " \n\n"]), min_size=6, max_size=6),
    LINES,
)


@given(BODIES)
def test_frames_tile_the_body(body: str) -> None:
    frames = ndjson.split(body)
    assert "".join(body[frame.span.start : frame.span.end] for frame in frames) == body
    events = [frame for frame in frames if frame.number is not None]
    assert [frame.number for frame in events] == list(range(len(events)))
    assert [frame.data for frame in events] == [
        line.strip(" \t\r") for line in body.removeprefix("\ufeff").split("\n") if line.strip(" \t\r")
    ]
    assert all(frame.closed for frame in frames[:-1])
    for frame in events:
        assert ndjson.payload(Source(body), frame).text == frame.data


@given(BODIES, st.data())
def test_an_edit_changes_its_line_and_nothing_else(body: str, data: st.DataObject) -> None:
    frames = [frame for frame in ndjson.split(body) if frame.data is not None]
    if not frames:
        return
    frame = data.draw(st.sampled_from(frames))
    payload = ndjson.payload(Source(body), frame)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(payload.text))] * 2)))
    edit = Edit(Span(start, end), data.draw(st.text(st.characters(blacklist_characters="\n"), max_size=3)))
    after = splice(body, lift_all([(payload, edit)]))
    offset = body.index(payload.text, frame.span.start)
    assert after == body[:offset] + splice(payload.text, [edit]) + body[offset + len(payload.text) :]


def test_a_line_holds_no_line_break() -> None:
    body = f"{ONE}\n{TWO}\n"
    payload = ndjson.payload(Source(body), ndjson.split(body)[0])
    with pytest.raises(CassetteError, match="line break"):
        lift_all([(payload, Edit(Span(1, 1), "\n"))])


@pytest.mark.parametrize(
    ("body", "frames", "matches"),
    [
        ("{" + "}" * 2_000_000, 1, False),
        ("{" + "} " * 1_000_000 + "x", 1, True),
        (" " * 2_000_000, 1, True),
        ("{}\n" * 100_000, 100_000, True),
    ],
    ids=["ends", "ends and spaces", "spaces", "lines"],
)
def test_long_bodies(body: str, frames: int, matches: bool) -> None:
    """Where a body is looked at more than once per character, these take hours."""
    assert ndjson.matches(NDJSON, body) is matches
    assert len(ndjson.split(body)) == frames


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("tmc+langchaingo/llms/ollama/testdata/TestWithThink.httprr", [102]),
        ("llmrb+llm.rb/spec/fixtures/cassettes/ollama/chat/llm_function_class.yml", [2, 1]),
    ],
)
def test_real_streams(corpus: Path, name: str, counts: list[int]) -> None:
    read_ = [exchange(interaction) for interaction in read(str(corpus / name)).interactions]
    assert [(each.framing, len(each.frames)) for each in read_] == [("ndjson", count) for count in counts]
    assert all(frame.closed and json.loads(frame.data or "") for each in read_ for frame in each.frames)
