"""JSON arrays sent piece by piece: which bodies they are, how they are cut, and edits of their elements."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import Json
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.files import load
from cassette_cli.framing import detect, json_array
from cassette_cli.framing.base import Frame
from cassette_cli.framing.encoding import content
from cassette_cli.model import header_values


def piece(text: str, **more: Json) -> str:
    return json.dumps({"candidates": [{"content": {"parts": [{"text": text}], "role": "model"}, **more}]}, indent=2)


ONE, TWO = piece("Hel"), piece("lo", finishReason="STOP")
# As Google sends it, chunk by chunk.
STREAM = f"[{ONE}\n,\r\n{TWO}\n]"


def raws(body: str) -> list[tuple[str, str | None, bool]]:
    """Raw text, data and whether it is closed, of each frame."""
    return [(body[frame.span.start : frame.span.end], frame.data, frame.closed) for frame in json_array.split(body)]


@pytest.mark.parametrize(
    "body",
    [
        STREAM,
        f"[{ONE}]",
        f" \r\n[ {ONE}",
        f"\ufeff[{ONE}]",
        '[{"usageMetadata": {"promptTokenCount": 3}, "candidates": [{"content": {}}]}]',
        '[{"usageMetadata": {}}]',
        '[{"promptFeedback": {"blockReason": "SAFETY"}}]',
        '[{"candidates": [{"finishReason": 1}]}]',
        '[{"candidates": [{"content": {"parts": [{"te',
        '[{\n  "usageMetadata": {"prom',
    ],
)
def test_streams(body: str) -> None:
    assert json_array.matches("application/json", body)
    assert json_array.matches(None, body)
    assert detect("application/json", body).NAME == json_array.NAME


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[",
        "[]",
        "{}",
        ONE,
        "[1, 2]",
        "[[{}]]",
        '["candidates"]',
        '[{"error": {"code": 400}}]',
        '[{"candidates": []}]',
        '[{"candidates": [{"name": "Ann", "votes": 3}]}]',
        '[{"candidates": "none"}]',
        '[{"candidates": [1]}]',
        '[{"id": 1, "usageMetadata": 2}]',
        '[{"login": "octocat"}, {"candidates": [{"content": {}}]}]',
        '[{"candidates": [{"name',
        '[{"id',
        f"data: [{ONE}]",
        '[{"a": ' + "[" * 100_000,
        '[{"a": ' + "9" * 10_000 + "}]",
        b"[{}]",
    ],
)
def test_other_bodies(body: str | bytes) -> None:
    assert not json_array.matches("application/json", body)


def test_an_element_is_a_frame_with_what_stands_before_it() -> None:
    assert raws(STREAM) == [(f"[{ONE}", ONE, True), (f"\n,\r\n{TWO}\n]", TWO, True)]
    assert [frame.number for frame in json_array.split(STREAM)] == [0, 1]


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        (f"\ufeff [\n{ONE} ]\r\n ", [(f"\ufeff [\n{ONE} ]\r\n ", ONE, True)]),
        (f"[{ONE}", [(f"[{ONE}", ONE, False)]),
        (f"[{ONE}\n,\r\n", [(f"[{ONE}\n,\r\n", ONE, False)]),
        (f"[{ONE},{TWO[:40]}", [(f"[{ONE}", ONE, True), (f",{TWO[:40]}", TWO[:40], False)]),
        (f"[{ONE[:40]}", [(f"[{ONE[:40]}", ONE[:40], False)]),
        (f"[{ONE} {TWO}]", [(f"[{ONE}", ONE, True), (f" {TWO}]", TWO, True)]),
        (f"[{ONE},null]", [(f"[{ONE}", ONE, True), (",null]", "null", True)]),
        (f"[{ONE}] tail", [(f"[{ONE}", ONE, True), ("] tail", "] tail", False)]),
    ],
    ids=["space around", "no end", "a comma last", "cut off", "cut off at once", "no comma", "no object", "more after"],
)
def test_what_came_is_kept(body: str, frames: list[tuple[str, str, bool]]) -> None:
    assert raws(body) == frames


@pytest.mark.parametrize("tail", ["]", "", ",", ",[" * 100_000, "]]"])
def test_deep_or_odd_tails_tile_too(tail: str) -> None:
    body = f"[{ONE},{TWO}{tail}"
    assert "".join(raw for raw, _, _ in raws(body)) == body


BODIES = st.lists(st.sampled_from([ONE, TWO, '{"error": {}}', "3", "[]"]), max_size=4).flatmap(
    lambda items: st.builds(
        lambda seps, end, cut: ("[" + ONE + "".join(a + b for a, b in zip(seps, items, strict=False)) + end)[:cut],
        st.lists(st.sampled_from([",", "\n,\r\n", " , "]), min_size=len(items), max_size=len(items)),
        st.sampled_from(["]", "\n]\n", "", ",", "] x"]),
        st.integers(len(ONE) // 2, 2000),
    )
)


@given(BODIES)
def test_frames_tile_the_body(body: str) -> None:
    frames = json_array.split(body)
    assert "".join(body[frame.span.start : frame.span.end] for frame in frames) == body
    assert [frame.number for frame in frames] == list(range(len(frames)))
    assert all(frame.closed for frame in frames[:-1])
    for frame in frames:
        assert json_array.payload(Source(body), frame).text == frame.data


@given(BODIES, st.data())
def test_an_edit_changes_its_element_and_nothing_else(body: str, data: st.DataObject) -> None:
    frames = json_array.split(body)
    frame = data.draw(st.sampled_from(frames))
    source = Source(body)
    payload = json_array.payload(source, frame)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(payload.text))] * 2)))
    edit = Edit(Span(start, end), data.draw(st.text(max_size=3)))
    after = splice(body, lift_all([(payload, edit)]))
    offset = body.index(payload.text, frame.span.start)
    assert after == body[:offset] + splice(payload.text, [edit]) + body[offset + len(payload.text) :]
    assert splice(body, lift_all([])) == body


def frames_in(path: Path) -> list[tuple[str, list[Frame]]]:
    """The bodies of one recording that are arrays sent piece by piece, with their frames."""
    found = []
    for cassette in load([str(path)]):
        assert not isinstance(cassette, CassetteError)
        for interaction in cassette.interactions:
            response = interaction.response
            if response.body is None:
                continue
            body = content(response.body, header_values(response.headers, "content-encoding")).lens.text
            if isinstance(body, str) and json_array.matches("application/json", body):
                found.append((body, json_array.split(body)))
    return found


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("simonw+llm-gemini/tests/cassettes/test_gemini/test_resolved_model.yaml", [2]),
        ("tmc+langchaingo/llms/googleai/testdata/TestGoogleAIToolCallResponse.httprr", [2]),
    ],
)
def test_real_streams(corpus: Path, name: str, counts: list[int]) -> None:
    found = frames_in(corpus / name)
    assert [len(frames) for _, frames in found] == counts
    for body, frames in found:
        assert [json.loads(frame.data or "") for frame in frames] == json.loads(body)
        assert all(frame.closed for frame in frames)
