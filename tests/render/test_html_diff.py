"""The page of a diff."""

import re
from pathlib import Path

from handmade import made, prompt_of, said
from pages import Page, assert_harmless

from cassette_cli import files
from cassette_cli.commands.base import assets
from cassette_cli.comparison.changes import FileDiff
from cassette_cli.comparison.compare import compare
from cassette_cli.comparison.settings import Settings
from cassette_cli.conversation import Reply, ToolCall
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.render.diff.interaction import DiffView
from cassette_cli.render.html.diff import diff_page

ROOT = Path(__file__).resolve().parents[2]


def replied(*parts: str | ToolCall, index: int = 0) -> Exchange:
    prompt = prompt_of(said("user", f"hi {index}"))
    return made(index=index, prompt=prompt, reply=Reply(messages=(said("assistant", *parts),)))


def differing(old: list[Exchange], new: list[Exchange], path: str = "a.yaml") -> FileDiff:
    return FileDiff(old=path, new=path, interactions=tuple(compare(old, new, Settings())))


def markup(*found: FileDiff) -> str:
    page = "".join(diff_page(found, (), assets(), DiffView()))
    assert_harmless(page)
    return page.partition("</style>")[2]


def test_words_that_changed() -> None:
    page = markup(differing([replied("The sum is 5.")], [replied("The sum is 6.")]))

    assert '<div class="code prose"><pre><b>text</b>\n  The sum is <del>5</del><ins>6</ins>.' in page
    assert '<span class="pill wording">wording</span>' in page
    assert "1 recording: 1 wording" in page


def test_calls_that_changed_and_both_replies() -> None:
    old, new = (ToolCall("c", "add", {"b": b}, f'{{"b": {b}}}') for b in (3, 4))
    page = markup(differing([replied(old)], [replied(new)]))

    assert "add(b=<del>3</del><ins>4</ins>)" in page
    sides = page.partition("both replies")[2]
    assert re.findall(r"<h5>(old|new)</h5>|</b>\(b=(\d)\)", sides) == [("old", ""), ("", "3"), ("new", ""), ("", "4")]


def test_what_came_and_went() -> None:
    page = markup(differing([replied("a", index=0), replied("b", index=1)], [replied("a", index=0)]))

    assert '<span class="pill behaviour">removed</span>' in page
    assert ">1</a>" in page
    assert page.count("<article") == 1


def test_the_strongest_come_first_and_what_is_the_same_is_only_counted() -> None:
    call = ToolCall("c", "add", {}, "{}")
    page = markup(
        differing([replied("same")], [replied("same")], "same.yaml"),
        differing([replied("a b c")], [replied("a b d")], "weak.yaml"),
        differing([replied("x")], [replied(call)], "strong.yaml"),
    )

    assert re.findall(r"<h1>(\w+)", page) == ["strong", "weak"]
    assert "3 recordings: 1 behaviour, 1 wording, 1 identical" in Page(page).text


def test_nothing_to_compare() -> None:
    assert "nothing to compare" in markup()


def test_changes_of_one_side_stand_together() -> None:
    """What a request only sends back is on a line of its own, and under the same title."""
    names = [f"samples/go_vcr/openai_chat_sse_add_multiply{end}.yaml" for end in ("", "_again")]
    old, new = ([exchange(each) for each in files.read(str(ROOT / name)).interactions] for name in names)
    found = compare(old, new, Settings())
    page = markup(FileDiff(old="a", new="b", interactions=tuple(found)))

    assert re.findall(r"<h3>(\w+)</h3>", page.partition('id="c')[2]) == ["reply", "request", "reply", "usage"]
    assert "<i>sends back the reply of interaction 0</i>\n<b>messages[4]" in page


def test_words_are_in_the_pages_own_font_and_nothing_else() -> None:
    call = ToolCall("c", "add", {}, "{}")
    page = markup(differing([replied("One two three.", call)], [replied("One two four.")]))

    assert re.findall(r'<div class="code(?: prose)?"><pre><b>\w+', page.partition("both replies")[0]) == [
        '<div class="code prose"><pre><b>text',
        '<div class="code"><pre><b>tool_calls',
    ]


def test_beside_what_matters_what_is_cosmetic_is_left_out() -> None:
    ids = [replied("a", index=0), replied("b c d", index=1)]
    new = [made(index=0, prompt=ids[0].prompt, reply=ids[0].reply, id_="x", duration_ms=3.0), replied("b c e", index=1)]

    assert markup(differing(ids, new)).count("<article") == 1
    assert markup(differing(ids[:1], new[:1])).count("<article") == 1
