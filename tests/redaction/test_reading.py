"""Texts within texts: each is read once, has a place, and can be edited where it lies."""

import base64
import json

import pytest

from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.redaction.reading import origin, read
from cassette_cli.redaction.text import Text, given


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


NOTE = "a note that is long enough to be seen"
NESTED = json.dumps({"a": {"b": [json.dumps({"c": "deep"}), "x"]}, "file": coded(NOTE)})


def texts(value: str) -> list[Text]:
    return list(read(value, origin("t", 3, given(Source(value)))))


def test_places_and_values() -> None:
    assert [(text.where, text.name, text.value) for text in texts(NESTED)] == [
        ("t.$.file.base64", None, NOTE),
        ("t.$.a.b[0].$.c", "c", "deep"),
        ("t.$.a.b[1]", "b", "x"),
    ]
    assert {text.interaction for text in texts(NESTED)} == {3}


@pytest.mark.parametrize("place", range(3))
def test_each_can_be_edited(place: int) -> None:
    text = texts(NESTED)[place]
    after = splice(NESTED, lift_all([(text.lens, Edit(Span(0, 1), '"é'))]))
    expected = [each.value for each in texts(NESTED)]
    expected[place] = '"é' + expected[place][1:]
    assert [each.value for each in texts(after)] == expected


def test_base64_in_the_middle_of_a_text() -> None:
    value = json.dumps({"text": f"decode {coded(NOTE)} now"})
    [outer] = texts(value)
    [(span, [inner])] = outer.inside
    assert outer.value[span.start : span.end] == coded(NOTE)
    assert inner.value == NOTE
    after = splice(value, lift_all([(inner.lens, Edit(Span(2, 6), "word"))]))
    assert json.loads(after) == {"text": f"decode {coded(NOTE.replace('note', 'word'))} now"}


def test_a_name_that_stands_beside() -> None:
    value = json.dumps([{"name": "authorization", "value": "v"}, {"name": "n", "value": 1}, {"key": "k", "value": "w"}])
    assert [(text.name, text.value) for text in texts(value)] == [
        ("name", "authorization"),
        ("authorization", "v"),
        ("name", "n"),
        ("key", "k"),
        ("k", "w"),
    ]


def test_opaque_fields_stay_whole() -> None:
    value = json.dumps({"signature": coded(NOTE), "encrypted_content": '{"a": "b"}'})
    assert [text.value for text in texts(value)] == [coded(NOTE), '{"a": "b"}']


@pytest.mark.parametrize(("key", "seen"), [("k" * 20, True), ("a@b.c.de", True), ("k" * 19, False), ("a-b.c", False)])
def test_keys_that_may_say_something_are_texts(key: str, seen: bool) -> None:
    value = json.dumps({"a": [{key: 1}]})
    found = texts(value)
    assert [(text.where, text.name, text.value) for text in found] == ([(f"t.$.a[0]{shown(key)}~", None, key)] * seen)
    for text in found:
        after = splice(value, lift_all([(text.lens, Edit(Span(0, 1), '"é'))]))
        assert json.loads(after) == {"a": [{'"é' + key[1:]: 1}]}


def shown(key: str) -> str:
    return f".{key}" if key.isidentifier() else f"[{key!r}]"


def test_layers_end() -> None:
    value = "x"
    for _ in range(30):
        value = json.dumps([value])
    assert len(texts(value)) == 1


@pytest.mark.parametrize("value", ["", "text", "{not json", '"'])
def test_what_holds_nothing_is_itself(value: str) -> None:
    assert [text.value for text in texts(value)] == [value] * bool(value)
