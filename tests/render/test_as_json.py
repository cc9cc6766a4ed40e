"""JSON output: its frame, its numbers and texts, and that real output follows the schemas."""

import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cassette_cli
from cassette_cli import files
from cassette_cli.errors import CassetteError, Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import LS, SHOW, document, dumps, ls_pieces, show_lines, show_pieces, write
from cassette_cli.render.console import HOSTILE
from cassette_cli.summary import Summary, heading, summary

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SCHEMAS = Path(cassette_cli.__file__).parent / "schemas"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def exchanged(path: Path) -> Iterator[tuple[Cassette, Sequence[Exchange]]]:
    for cassette in files.load([str(path)]):
        if isinstance(cassette, Cassette):
            yield cassette, [exchange(each) for each in cassette.interactions]


def summed(path: Path) -> Iterator[tuple[Cassette, Sequence[Summary]]]:
    for cassette, exchanges in exchanged(path):
        yield cassette, [summary(each) for each in exchanges]


Recordings = Iterable[tuple[Cassette, Iterable[Exchange]]]


def show_document(recordings: Recordings, errors: Sequence[CassetteError]) -> Iterator[str]:
    return document(SHOW, ((heading(held), show_pieces(held, exchanges)) for held, exchanges in recordings), errors)


def lines_of(recordings: Recordings) -> Iterator[str]:
    for cassette, exchanges in recordings:
        yield from show_lines(heading(cassette), show_pieces(cassette, exchanges))


def listed(recordings: Iterable[tuple[Cassette, Sequence[Summary]]]) -> Iterator[str]:
    return document(LS, ((heading(cassette), ls_pieces(cassette, rows)) for cassette, rows in recordings), [])


def shown(path: Path) -> Any:
    return json.loads("".join(show_document(exchanged(path), [])))


def faults(name: str, value: Any) -> list[str]:
    found = Draft202012Validator(schema(name)).iter_errors(value)
    return [f"{list(each.absolute_path)}: {each.message[:200]}" for each in found]


@pytest.mark.parametrize("name", ["cassette.show.1", "cassette.ls.1"])
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["properties"]["schema"]["const"] == name.replace(".1", "/1")


def test_what_both_schemas_say_is_the_same() -> None:
    show, ls = schema("cassette.show.1")["$defs"], schema("cassette.ls.1")["$defs"]
    for name in ("text", "count", "number", "error"):
        assert show[name] == ls[name]
    assert show["totals"]["properties"] == ls["totals"]["properties"]


def test_samples_follow_the_schemas() -> None:
    held = shown(SAMPLES)
    assert faults("cassette.show.1", held) == []
    assert held["totals"]["cassettes"] > 50
    assert faults("cassette.ls.1", json.loads("".join(listed(summed(SAMPLES))))) == []


def test_lines_follow_the_schema() -> None:
    whole = schema("cassette.show.1")
    line_schema = Draft202012Validator({"$ref": "#/$defs/line", "$defs": whole["$defs"]})
    lines = [json.loads(line) for line in lines_of(exchanged(SAMPLES / "go_vcr"))]
    assert lines
    assert [line["path"] for line in lines if not line_schema.is_valid(line)] == []
    assert not line_schema.is_valid(lines[0] | {"surprise": 1})


def test_recordings_follow_the_schemas(corpus: Path, seeds: Path) -> None:
    validate = Draft202012Validator(schema("cassette.show.1"))
    short = Draft202012Validator(schema("cassette.ls.1"))
    wrong = []
    for folder in (seeds, corpus):
        # Validation is slow; every fifth recording has all protocols among them.
        for cassette, exchanges in islice(exchanged(folder), None, None, 5 if folder == corpus else 1):
            whole = json.loads("".join(show_document([(cassette, exchanges)], [])))
            brief = json.loads("".join(listed([(cassette, [summary(each) for each in exchanges])])))
            if not validate.is_valid(whole) or not short.is_valid(brief):
                wrong.append(cassette.path)
    assert wrong == []


def test_errors_come_last_and_may_come_late() -> None:
    errors: list[CassetteError] = []

    def recordings() -> Iterator[tuple[Cassette, Sequence[Exchange]]]:
        yield from exchanged(SAMPLES / "go_vcr" / "http_json.yaml")
        errors.append(CassetteError("no", Where("b.yaml", 3, 7)))

    held = json.loads("".join(show_document(recordings(), errors)))
    assert len(held["cassettes"]) == 1
    assert held["errors"] == [{"path": "b.yaml", "line": 3, "column": 7, "message": "no"}]
    assert faults("cassette.show.1", held) == []


def test_totals_of_the_seed(seeds: Path) -> None:
    held = shown(seeds / "multi_tool_streaming_qwen3-235b.yaml")
    assert held["schema"] == "cassette.show/1"
    assert held["errors"] == []
    assert held["totals"] == {
        "cassettes": 1,
        "interactions": 2,
        "input_tokens": 616,
        "output_tokens": 74,
        "cost": 0.00009984,
    }


@pytest.mark.parametrize("lines", [False, True])
def test_an_exchange_is_held_no_longer_than_it_takes_to_write_it(lines: bool) -> None:
    """The next one is asked for when all of this one has been written: bodies may be large."""
    cassette = files.read(str(SAMPLES / "go_vcr" / "http_json.yaml"))
    asked: list[int] = []

    def making() -> Iterator[Exchange]:
        for interaction in cassette.interactions:
            asked.append(interaction.index)
            yield exchange(interaction)

    recordings = [(cassette, making())]
    written = ""
    for piece in lines_of(recordings) if lines else show_document(recordings, []):
        written += piece
        if '"index"' in piece:
            assert len(asked) == written.count('"index"')
    assert len(asked) == len(cassette.interactions) > 1


def test_nothing_is_a_document_too() -> None:
    document = json.loads("".join(show_document([], [])))
    assert document["cassettes"] == []
    assert document["totals"]["cost"] is None
    assert faults("cassette.show.1", document) == []


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    # Lone surrogates too: JSON texts hold them.
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(VALUES)
def test_any_value_comes_back_and_none_can_act_on_a_terminal(value: Any) -> None:
    text = dumps(value)
    assert json.loads(text) == value or "\\ud" in text
    assert not HOSTILE.search(text)
    assert "\n" not in text
    assert text.encode("utf-8")


def test_a_pair_of_surrogates_is_the_character_that_it_stands_for() -> None:
    assert json.loads(dumps("\ud83d\ude00 \ud83d")) == "\U0001f600 \ud83d"


def test_what_is_no_number_in_json_becomes_text() -> None:
    value = {"a": math.nan, "b": [math.inf, -math.inf], "c": 1.5}
    assert json.loads(dumps(value)) == {"a": "NaN", "b": ["Infinity", "-Infinity"], "c": 1.5}


def test_written_as_utf8_whatever_the_stream_has() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    write([dumps("é 😀"), "\n"], stream)
    assert stream.buffer.read() == b""
    stream.buffer.seek(0)
    assert stream.buffer.read().decode() == '"é 😀"\n'
