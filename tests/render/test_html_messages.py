"""Messages on a page."""

import pytest
from handmade import said
from pages import Page, assert_harmless

from cassette_cli.conversation import Message, Part, Reasoning, Refusal, Text, ToolCallResponse
from cassette_cli.render.html.messages import message


@pytest.mark.parametrize(
    ("role", "class_", "name"),
    [
        ("user", "user", "user"),
        ("model", "assistant", "model"),
        ("developer", "system", "developer"),
        ("<b>", "tool", "&lt;b&gt;"),
        (None, "tool", "no role"),
    ],
)
def test_roles(role: str | None, class_: str, name: str) -> None:
    assert f'<div class="message {class_}"><h4>{name}</h4>' in message(said(role, "x"), {}).replace(
        "<small></small>", ""
    )


@pytest.mark.parametrize(
    ("part", "markup"),
    [
        (Text("a\nb"), '<div class="text">a\nb</div>'),
        (Text(" "), '<div class="code text"><pre><i>" "</i></pre></div>'),
        (Refusal("No."), '<div class="refusal"><h5>refusal</h5><div class="text">No.</div></div>'),
        (
            Reasoning("", None, "x" * 1200),
            '<div class="reasoning"><h5>reasoning<small>encrypted, 1.2 kB</small></h5></div>',
        ),
        (ToolCallResponse("c1", "5"), '<pre><span class="tool">← </span><b>add</b>: 5<i>  c1</i></pre>'),
        (
            Text("So it is.", ({"title": "A <b>", "url": "https://a.example"},)),
            '<div class="sources"><pre><i>[1] </i>A &lt;b&gt;<i>  </i><i>https://a.example</i></pre></div>',
        ),
    ],
)
def test_parts(part: Part, markup: str) -> None:
    made = message(said("assistant", part), {"c1": "add"})

    assert_harmless(made)
    assert markup in made


def test_what_a_program_says_again_and_again_is_folded_sooner() -> None:
    text = "\n".join(map(str, range(20)))

    folds = {role: Page(message(said(role, text), {})).elements.get("details", 0) for role in ("system", "user")}
    assert folds == {"system": 1, "user": 0}


def test_what_has_no_name_is_behind_a_fold() -> None:
    made = message(Message("assistant", (Text("x"),), None, {"logprobs": [1, 2]}), {})

    assert '<details class="aside"><summary>also</summary>' in made
    assert "(empty)" in message(Message("assistant", ()), {})
