"""Interactions on a page."""

import pytest
from handmade import headers, made, prompt_of, said
from pages import Page, assert_harmless

from cassette_cli.conversation import Anomaly, Message, Reasoning, Reply, ServerToolCall, Tool, ToolCall, Usage
from cassette_cli.exchange import Exchange
from cassette_cli.render.html.interaction import gist, key_of, part
from cassette_cli.render.html.markup import Html
from cassette_cli.render.view import Shown, shown


def article(exchange: Exchange) -> Html:
    found = part(Shown(exchange=exchange), "c")
    assert_harmless(found.article)
    return found.article


CALL = ToolCall("c1", "add", {"a": 2}, '{"a": 2}')


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "POST /v1/x"),
        ({"url": None}, "POST (no URL)"),
        ({"reply": Reply(messages=(said("assistant", " Two\n words "),))}, "Two words"),
        ({"reply": Reply(messages=(said("assistant", "x" * 100),))}, "x" * 90 + "…"),
        ({"reply": Reply(messages=(said("assistant", "I add.", CALL, CALL),))}, "→ add, add"),
        ({"reply": Reply(messages=(said("assistant", ServerToolCall("s", None, None, "")),))}, "→ (no name)"),
        ({"reply": Reply(error={"code": 1})}, 'error  {"code": 1}'),
        ({"reply": Reply(error={"error": {"code": 1, "message": "No\nsuch model"}})}, "error  No such model"),
        ({"reply": Reply(error="a" * 100)}, "error  " + "a" * 83 + "…"),
        ({"reply": Reply()}, "POST /v1/x"),
    ],
)
def test_what_an_interaction_came_to(fields: dict[str, object], words: str) -> None:
    assert gist(made(**fields)) == words  # type: ignore[arg-type]  # passed on


def test_a_conversation_that_goes_on_refers_to_its_beginning() -> None:
    first = made(prompt=prompt_of(said("user", "Hello")), reply=Reply(messages=(said("assistant", "Hi!"),)))
    then = prompt_of(said("user", "Hello"), said("assistant", "Hi!"), said("user", "Bye"))
    parts = [part(each, "c7") for each in shown([first, made(index=1, prompt=then)])]

    assert '<p class="earlier">2 messages as in <a href="#c7-i0">0</a></p>' in parts[1].article
    assert "Hello" not in parts[1].article
    assert "Bye" in parts[1].article
    assert 'id="c7-i0"' in parts[0].article
    assert 'href="#c7-i1"' in parts[1].entry


def test_a_request() -> None:
    prompt = prompt_of(
        said("user", "Hello"),
        tools=(Tool("add", "Adds.", {"properties": {"a": {"type": "integer"}}}),),
        parameters={"max_tokens": 4, "stream": True, "schema": {"a": "x" * 80}},
    )
    text = Page(article(made(prompt=prompt, request_headers=headers(accept="*/*")))).text

    assert "max_tokens 4" in text
    assert "stream" not in text
    assert "1 tooladdadd(a?: integer)\nAdds." in text.replace("\n  ", "\n")
    assert "1 headeraccept: */*" in text
    assert '"a": "xxx' in text


def test_a_reply() -> None:
    reply = Reply(
        messages=(Message("assistant", (Reasoning("Hm.", "sig"), CALL), "tool_calls"),),
        usage=Usage(input_tokens=3, output_tokens=4),
    )
    markup = article(made(prompt=prompt_of(), reply=reply, anomalies=(Anomaly("role-repeated", 1, "twice"),)))

    assert '<div class="reasoning"><h5>reasoning<small>signature, 3 B</small></h5><div class="text">Hm.</div>' in markup
    assert '<span class="tool">→ </span><b>add</b>(a=2)<i>  c1</i>' in markup
    assert "<span>finish tool_calls</span><span>3 in</span><span>4 out</span>" in markup
    assert "! role-repeated" in markup


def test_several_replies_are_told_apart() -> None:
    reply = Reply(messages=(said("assistant", "a", finish="stop"), said("assistant", "b", finish=None)))
    markup = article(made(reply=reply))

    assert "<small>0, finish stop</small>" in markup
    assert "<small>1, finish missing</small>" in markup


@pytest.mark.parametrize(
    ("fields", "markup"),
    [
        ({"answered": '{"a": 1}'}, '<h3>response<small>application/json</small></h3><div class="code"><pre>{"a": 1}'),
        ({"status": 404, "reason": "Not <Found>"}, '<span class="pill bad">404 Not &lt;Found&gt;</span>'),
        ({"duration_ms": 1266.4}, '<p class="facts"><span>1.27 s</span></p>'),
    ],
)
def test_plain_http(fields: dict[str, object], markup: str) -> None:
    assert markup in article(made(**fields))  # type: ignore[arg-type]  # passed on


def test_a_key_is_the_same_in_each_page_and_another_for_each_title() -> None:
    assert key_of("a.yaml") == key_of("a.yaml") != key_of("b.yaml")
    assert key_of("a\udcff") != key_of("a")
