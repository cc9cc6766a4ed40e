import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from laws import edited, edits_of, often, scalars, sound_texts, yaml_document

from cassette_cli.document import from_json
from cassette_cli.document.json_string import quoted
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Node, Scalar, elements, entries, get, text_of
from cassette_cli.errors import CassetteError

values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**20) | sound_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(sound_texts, inner, max_size=3),
    max_leaves=8,
)


def body_in(text: str) -> JsonText:
    """The JSON text of what a YAML text keeps under `body`."""
    document = yaml_document(text)
    node = get(document.root, "body")
    assert node is not None
    return JsonText(document.source, node)


@st.composite
def recorded(draw: st.DrawFn) -> str:
    """A YAML file with a body kept as a structure."""
    body = draw(st.one_of(st.lists(values, max_size=3), st.dictionaries(sound_texts, values, max_size=3)))
    text: str = yaml.safe_dump(
        {"body": body, "end": 1},
        default_flow_style=draw(st.booleans()),
        allow_unicode=draw(st.booleans()),
        width=draw(st.sampled_from([20, 80, 1000])),
    )
    return text


@often(2)
@given(recorded())
def test_the_text_is_the_json_of_what_pyyaml_loads(text: str) -> None:
    assert json.loads(body_in(text).text) == yaml.safe_load(text)["body"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{a: 1, b: -2.5e-05, c: 1e5}", '{"a":1,"b":-2.5e-05,"c":1e5}'),
        ("{a: true, b: Yes, c: OFF, d: y}", '{"a":true,"b":true,"c":false,"d":"y"}'),
        ("{a: null, b: ~, c: , d: Null}", '{"a":null,"b":null,"c":null,"d":null}'),
        ("{a: 2001-01-01, b: 0x10, c: 010, d: 1_000, e: .inf}",
         '{"a":"2001-01-01","b":"0x10","c":"010","d":"1_000","e":".inf"}'),
        ("{a: '1', b: !!str 1, c: \"null\"}", '{"a":"1","b":"1","c":"null"}'),
        ("{a: a, a: b}", '{"a":"a","a":"b"}'),
        ("{1: one, null: none}", '{"1":"one","null":"none"}'),
        ("[[], {}, [{}]]", "[[],{},[{}]]"),
        ("[é, \"\\u2028\", \"\\x7f\", \"\\0\"]", '["é","\\u2028","\\u007f","\\u0000"]'),
        ("[&a x, *a]", '["x","x"]'),
    ],
)  # fmt: skip
def test_texts(source: str, expected: str) -> None:
    lens = body_in(f"body: {source}\n")
    assert lens.text == expected
    assert lens.depth == 2


@often(2)
@given(st.data(), recorded())
def test_any_edit_of_any_string(data: st.DataObject, text: str) -> None:
    """Through the JSON text, as a payload's strings are edited: JSON string > JSON text > scalars."""
    lens = body_in(text)
    strings = [
        scalar
        for scalar in scalars([from_json.parse(lens.text)])
        if scalar.value and lens.text[scalar.span.start] == '"'
    ]
    strings = [scalar for scalar in strings if lens.text[scalar.span.end : scalar.span.end + 1] != ":"]
    if not strings:
        return
    changes, meant = [], []
    for scalar in data.draw(st.lists(st.sampled_from(strings), min_size=1, max_size=2, unique_by=id)):
        inner = lens_of(lens, scalar)
        edits = data.draw(edits_of(inner.text, sound_texts))
        changes += [(inner, edit) for edit in edits]
        meant.append(Edit(scalar.span, quoted(splice(inner.text, edits))))
    after = splice(text, lift_all(changes))
    assert body_in(after).text == splice(lens.text, meant)
    assert yaml.safe_load(after)["end"] == 1


@often(2)
@given(st.data(), recorded())
def test_any_edit_at_all_does_what_was_meant_or_is_refused(data: st.DataObject, text: str) -> None:
    lens = body_in(text)
    edits = data.draw(edits_of(lens.text))
    meant = splice(lens.text, edits)
    try:
        after = edited(text, lens, edits)
    except CassetteError:
        assert meant != lens.text
    else:
        assert body_in(after).text == meant
        assert meant != lens.text or after == text


BODY = """\
body:
  model: example-mini-1
  temperature: 0.5  # low
  stream: true
  stop: ~
  since: 2001-01-01
  code: 0x10
  messages:
  - content: It''s 5.
    role: 'user'
"""


@pytest.mark.parametrize(
    ("old", "new", "source", "expected"),
    [
        ("mini", "maxi", "example-mini-1", "example-maxi-1"),
        ('"example-mini-1"', '"5"', "example-mini-1", "'5'"),
        ('"example-mini-1"', '"a: b"', "example-mini-1", "'a: b'"),
        ("0.5", "0.75", "0.5", "0.75"),
        ("0.5", "1", "0.5", "1"),
        ("true", "false", "true", "false"),
        ("2001-01-01", "2002-02-02", "2001-01-01", "2002-02-02"),
        ("2001-01-01", "soon", "2001-01-01", "soon"),
        ("2001-01-01", "7", "2001-01-01", "'7'"),
        ("0x10", "0x11", "0x10", "0x11"),
        ("user", "it's", "'user'", "'it''s'"),
        ("user", "", "'user'", "''"),
        ("model", "engine", "model", "engine"),
        ("model", "a: b", "model", "'a: b'"),
        ("5.", '5.\\nIt\\"s', "It''s 5.", '"It\'\'s 5.\\nIt\\"s"'),
    ],
)
def test_edits(old: str, new: str, source: str, expected: str) -> None:
    lens = body_in(BODY)
    place = lens.text.index(old)
    after = edited(BODY, lens, [Edit(Span(place, place + len(old)), new)])
    assert after == BODY.replace(source, expected)
    assert body_in(after).text == lens.text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"model"', ""),
        ('"model"', "5"),
        (",", ", "),
        ("{", "{ "),
        ("0.5", '"a"'),
        ("0.5", "null"),
        ("0.5", "0.5,0.6"),
        ("0.5", "05"),
        ("0.5", "x"),
        ("true", "1"),
        ("true", "yes"),
        ("null", "5"),
        ("null", '"text"'),
        ("0x10", "10"),
        ('"user"', "5"),
        ('"user"', '"user","x":"y"'),
        ("user", 'us"er'),
        ("user", "us\ner"),
        ("user", "\\u0041"),
        ("user", "\\ud800"),
    ],
)
def test_the_shape_cannot_be_edited(old: str, new: str) -> None:
    lens = body_in(BODY)
    place = lens.text.index(old)
    with pytest.raises(CassetteError, match=r"not its shape|cannot be written"):
        edited(BODY, lens, [Edit(Span(place, place + len(old)), new)])


def test_the_literals_of_a_json_file_can_become_each_other() -> None:
    text = '{"body": {"a": 5, "b": null, "c": "d"}}'
    body = get(from_json.parse(text), "body")
    assert body is not None
    lens = JsonText(Source(text), body)
    assert lens.text == '{"a":5,"b":null,"c":"d"}'
    edits = [Edit(Span(5, 6), "null"), Edit(Span(11, 15), "-7e3"), Edit(Span(21, 22), "e")]
    assert edited(text, lens, edits) == '{"body": {"a": null, "b": -7e3, "c": "e"}}'
    with pytest.raises(CassetteError):
        edited(text, lens, [Edit(Span(5, 6), "five")])


def test_what_an_alias_names_cannot_be_edited() -> None:
    text = "body: [&a x, *a, y]\n"
    lens = body_in(text)
    assert edited(text, lens, [Edit(Span(10, 11), "z")]) == "body: [&a x, *a, z]\n"
    with pytest.raises(CassetteError, match="alias"):
        edited(text, lens, [Edit(Span(2, 3), "z")])


def test_an_alias_bomb_is_refused() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 20))
    lens = body_in(f"l0: &l0 boom\n{levels}\nbody: *l19\n")
    with pytest.raises(CassetteError, match="alias bomb"):
        _ = lens.text


def test_a_bomb_of_few_long_texts_is_refused() -> None:
    lens = body_in(f"x: &x {'x' * 1_000_000}\nbody: [{', '.join(['*x'] * 1000)}]\n")
    with pytest.raises(CassetteError, match="alias bomb"):
        _ = lens.text


def test_a_key_that_is_no_scalar_is_refused() -> None:
    with pytest.raises(CassetteError, match="key"):
        _ = body_in("body: {[a]: b}\n").text


def test_depth_exhausts_no_stack() -> None:
    text = "body: " + "[" * 998 + "x" + "]" * 998 + "\n"
    lens = body_in(text)
    assert edited(text, lens, [Edit(Span(999, 1000), "z")]) == text.replace("x", "z")


def test_bodies_of_recordings(corpus: Path) -> None:
    """What pydantic-ai keeps as `parsed_body` is the JSON that PyYAML loads."""
    read = 0
    for path in sorted(corpus.glob("pydantic+pydantic-ai/**/*.yaml")):
        text = path.read_bytes().decode()
        if "parsed_body:" not in text or len(text) > 50_000:
            continue
        document = yaml_document(text)
        ours = [JsonText(document.source, body) for body in bodies(document.root)]
        theirs = list(loaded_bodies(yaml.load(text, yaml.CSafeLoader)))
        assert [json.loads(lens.text) for lens in ours] == theirs, path
        read += len(ours)
    assert read > 100


def bodies(node: Node | None) -> Iterator[Node]:
    for key, value in entries(node):
        if text_of(key) == "parsed_body" and not isinstance(value, Scalar):
            yield value
        else:
            yield from bodies(value)
    for item in elements(node):
        yield from bodies(item)


def loaded_bodies(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, held in value.items():
            if key == "parsed_body" and isinstance(held, list | dict):
                yield held
            else:
                yield from loaded_bodies(held)
    elif isinstance(value, list):
        for item in value:
            yield from loaded_bodies(item)
