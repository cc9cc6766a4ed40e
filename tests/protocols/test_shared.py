"""What several protocols share: JSON values picked apart, media measured, error bodies, checks of calls."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import Json, Layer, Media, Route
from cassette_cli.protocols.base import PartBuilder, ReplyBuilder
from cassette_cli.protocols.shared.calls import check_calls
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.json_values import (
    at,
    follow,
    int_at,
    json_text,
    list_at,
    parse_json,
    same_json,
    text_at,
    tool_arguments,
    without,
)
from cassette_cli.protocols.shared.media import base64_size, of_base64, of_url

VALUE: Json = {"a": [{"b": "text"}, 5, 5.0, 5.5, True, None], "n": float("nan")}


@pytest.mark.parametrize(
    ("route", "found"),
    [
        ((), VALUE),
        (("a", 0, "b"), "text"),
        (("a", -1), None),
        (("a", 1), 5),
        (("a", 9), None),
        (("a", -9), None),
        (("a", "b"), None),
        (("b", 0), None),
        (("a", 0, "b", "c"), None),
        ((0,), None),
    ],
)
def test_at(route: tuple[str | int, ...], found: Json) -> None:
    assert at(VALUE, *route) == found


def test_values_of_one_type() -> None:
    assert [text_at(VALUE, "a", 0, "b"), text_at(VALUE, "a", 1)] == ["text", None]
    assert [int_at(VALUE, "a", place) for place in range(6)] == [None, 5, 5, None, None, None]
    assert int_at(VALUE, "n") is None
    assert [list_at(VALUE, "a", 0), list_at([1])] == [[], [1]]
    assert [without({"a": 1, "b": 2}, ["a"]), without("ab", ["a"])] == [{"b": 2}, {}]


@pytest.mark.parametrize(
    ("route", "found"),
    [
        (("bytes", Layer.BASE64, Layer.JSON, "delta", "text"), "ü"),
        (("bytes", Layer.BASE64), '{"delta": {"text": "\\u00fc"}}'),
        (("json", Layer.JSON, 0), 1),
        (("bytes", Layer.JSON, 0), None),
        (("json", Layer.BASE64), None),
        (("none", Layer.JSON), None),
        (("none", Layer.BASE64), None),
    ],
)
def test_follow(route: Route, found: Json) -> None:
    inner = json.dumps({"delta": {"text": "ü"}})
    value = {"bytes": base64.b64encode(inner.encode()).decode(), "json": "[1]"}
    assert follow(value, route) == found


def test_json_and_its_text() -> None:
    assert parse_json('{"a": 1}') == ({"a": 1}, True)
    assert parse_json("[" * 100_000) == (None, False)
    assert json_text({"a": [1.5, "ü"]}) == '{"a":[1.5,"ü"]}'
    assert [tool_arguments(text) for text in ("", " \n", "{", '{"a": 1}')] == [{}, {}, None, {"a": 1}]
    assert same_json({"a": [1]}, {"a": [1]})
    assert not same_json(1, 2)


def test_values_nested_too_deeply_to_compare_or_write() -> None:
    one: list[Any] = []
    other: list[Any] = []
    for _ in range(100_000):
        one, other = [one], [other]
    assert not same_json(one, other)
    assert json_text(one) == ""


@given(st.binary(max_size=100), st.booleans())
def test_base64_size(data: bytes, wrapped: bool) -> None:
    text = base64.encodebytes(data) if wrapped else base64.b64encode(data)
    assert base64_size(text.decode()) == len(data)
    assert base64_size(base64.b64encode(data).decode().rstrip("=")) == len(data)


@pytest.mark.parametrize(
    ("url", "media"),
    [
        ("https://example.com/a.png", Media("image", "t", uri="https://example.com/a.png")),
        ("data:image/png;base64,aGVsbG8=", Media("image", "image/png", 5)),
        ("DATA:image/png;charset=utf-8;BASE64,aGVsbG8=", Media("image", "image/png", 5)),
        ("data:;base64,aGVsbG8=", Media("image", "t", 5)),
        ("data:text/plain,a%20b", Media("image", "text/plain", 3)),
        ("data:", Media("image", "t", 0)),
    ],
)
def test_media_at_a_url(url: str, media: Media) -> None:
    assert of_url("image", url, "t") == media


def test_media_in_base64() -> None:
    assert of_base64("audio", "aGVsbG8=", "audio/wav") == Media("audio", "audio/wav", 5)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"error": {"message": "no"}}, {"message": "no"}),
        ({"type": "error", "error": {"message": "no"}}, {"message": "no"}),
        ({"code": 1, "error": "no"}, {"code": 1, "error": "no"}),
        ({"detail": [{"msg": "no"}]}, {"detail": [{"msg": "no"}]}),
        ([{"error": {"code": 400}}], {"code": 400}),
        ({"error": None, "id": "x"}, None),
        ({"error": {}}, None),
        ({"choices": []}, None),
        ([], None),
        ("no", None),
        (None, None),
    ],
)
def test_error_of(body: Json, error: Json) -> None:
    assert error_of(body) == error


def call(id_: str | None, name: str | None, text: str = "{}") -> PartBuilder:
    part = PartBuilder("tool_call")
    part.began = 7
    part.fields = {"id": id_, "name": name}
    if text:
        part.add(8, "arguments_text", text, None)
    return part


@pytest.mark.parametrize(
    ("calls", "codes"),
    [
        ([call("a", "f"), call("b", "f")], []),
        ([call("a", "f"), call("a", "f"), call("a", "f")], ["id-not-unique", "id-not-unique"]),
        ([call(None, "f"), call(None, "f")], ["id-missing", "id-missing"]),
        ([call("a", None)], ["name-missing"]),
        ([call("a", "f", "")], ["arguments-empty"]),
    ],
)
def test_check_calls(calls: list[PartBuilder], codes: list[str]) -> None:
    out = ReplyBuilder()
    check_calls(out, calls, streamed=True)
    assert [(anomaly.code, anomaly.event) for anomaly in out.build().anomalies] == [(code, 7) for code in codes]


def test_a_plain_call_without_arguments_is_usual() -> None:
    out = ReplyBuilder()
    check_calls(out, [call("a", "f", "")], streamed=False)
    assert out.build().anomalies == ()
