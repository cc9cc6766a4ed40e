"""The texts of an interaction: all of them, each once, each where it says it is."""

import json
from collections.abc import Iterator

from planted import go_vcr, read
from redacting import vcrpy

from cassette_cli.document.lens import lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.redaction.text import Text
from cassette_cli.redaction.texts import Reader

FORM = "a=one%20two&b=3"
PARTS = '--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n{"k": "v"}\r\n--x--\r\n'


def texts(cassette: str) -> Iterator[Text]:
    for each in read(cassette)[1]:
        yield from Reader(lambda _: True, each.interaction.index).exchange(each)


def held(cassette: str) -> dict[str, str]:
    found = list(texts(cassette))
    assert len({text.where for text in found}) == len(found)
    return {text.where: text.value for text in found}


def test_urls() -> None:
    url = "https://me:p%40ss@a.example/v1/x%20y?key=1%202&q=%7B%22k%22%3A%22v%22%7D#tok=3"
    expected = {
        "request.url.userinfo": "p@ss",
        "request.url.path": "/v1/x y",
        "request.url.query.key": "1 2",
        "request.url.query.q.$.k": "v",
        "request.url.fragment.tok": "3",
    }
    assert {where: value for where, value in held(vcrpy(url=url)).items() if ".url." in where} == expected


def test_headers_and_cookies() -> None:
    asked = {"X-One": "a", "Cookie": "b=1; c=2"}
    found = held(vcrpy(asked=asked, answered={"Set-Cookie": "d=3; Path=/"}))
    assert {where: value for where, value in found.items() if ".headers." in where} == {
        "request.headers.x-one": "a",
        "request.headers.cookie.b": "1",
        "request.headers.cookie.c": "2",
        "response.headers.set-cookie.d": "3",
    }


def test_bodies() -> None:
    json_body = held(vcrpy({"a": ["x", {"b": "y"}]}, {"c": "z"}))
    assert [json_body[f"request.body.$.{place}"] for place in ("a[0]", "a[1].b")] == ["x", "y"]
    assert json_body["response.body.$.c"] == "z"
    form = held(vcrpy(FORM, "text"))
    assert (form["request.body.a"], form["request.body.b"], form["response.body"]) == ("one two", "3", "text")
    assert held(vcrpy(PARTS))["request.body.f.$.k"] == "v"


def test_each_text_can_be_edited_and_no_other_changes() -> None:
    url = "https://me:pw@a.example/v1?key=1%202"
    for body in ({"a": ["x", json.dumps({"b": "y"})]}, FORM, PARTS):
        text = vcrpy(body, {"c": "z"}, url=url, asked={"X-One": "a", "Cookie": "b=1; c=2"})
        for each in texts(text):
            after = splice(text, lift_all([(each.lens, Edit(Span(len(each.value), len(each.value)), "<N-1>"))]))
            expected = held(text)
            expected[each.where] += "<N-1>"
            assert held(after) == expected


def test_the_gate_keeps_bodies_shut() -> None:
    cassette, exchanges = read(go_vcr("Bearer x", "body"))
    shut = [text.where for text in Reader(lambda _: False).exchange(exchanges[0])]
    assert shut == ["request.url.path", "request.headers.authorization", "response.headers.content-type"]
    assert cassette.interactions[0].request.body is not None
