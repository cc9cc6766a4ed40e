"""The table of `ls`: what it shows, how it fits, and that nothing in it can act on a terminal."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import Usage
from cassette_cli.render.as_table import COLUMNS, Group, cut, fitted, table_lines
from cassette_cli.render.console import HOSTILE, Policy, printed
from cassette_cli.render.wrapping import columns
from cassette_cli.summary import Summary, Totals

ROW = Summary(
    index=0,
    id="0",
    duration_ms=922.5,
    method="POST",
    url="https://openrouter.ai/api/v1/chat/completions?key=1",
    status=200,
    protocol="openai.chat_completions",
    model="qwen/qwen3-235b-a22b-2507",
    models=("qwen/qwen3-235b-a22b-2507",),
    streamed=True,
    events=7,
    complete=True,
    finish_reasons=("tool_calls",),
    usage=Usage(input_tokens=1273, output_tokens=49, cost=0.00005397),
    anomalies=("role-repeated",),
)
PLAIN = replace(
    ROW,
    index=1,
    method="GET",
    url="https://a.example/x",
    status=404,
    protocol=None,
    model=None,
    models=(),
    streamed=False,
    events=None,
    finish_reasons=(),
    usage=None,
    anomalies=(),
)


def table(rows: list[Summary], width: int | None = None, path: str = "a.yaml", *, codes: bool = False) -> list[str]:
    totals = Totals().with_cassette(row.usage for row in rows)
    lines = table_lines([Group(path, "go-vcr", 2, rows)], totals, width, codes=codes)
    return [row for line in lines for row in printed(line, Policy())]


def test_a_pipe_gets_everything() -> None:
    assert table([ROW, PLAIN]) == [
        "#  method  url                                    status  protocol                 model"
        "                      events     in  out         cost  finish      anomalies",
        "a.yaml  go-vcr 2",
        "0  POST    openrouter.ai/api/v1/chat/completions  200     openai.chat_completions  qwen/qwen3-235b-a22b-2507"
        "       7  1,273   49  $0.00005397  tool_calls  !1",
        "1  GET     a.example/x                            404",
        "",
        "1 cassette · 2 interactions · 1,273 in · 49 out · $0.00005397",
    ]


def test_columns_without_a_value_are_left_out() -> None:
    assert table([PLAIN])[:3] == ["#  method  url          status", "a.yaml  go-vcr 2", "1  GET     a.example/x  404"]


def test_no_interaction_at_all() -> None:
    assert table([]) == ["a.yaml  go-vcr 2", "", "1 cassette · 0 interactions"]
    assert [line.pieces[0][0] for line in table_lines([], Totals(), 80)] == ["0 cassettes · 0 interactions"]


@pytest.mark.parametrize("width", [200, 160, 120, 100, 80, 60, 40, 30, 20])
def test_a_terminal_gets_what_fits(width: int) -> None:
    head, _, *rows = table([ROW, PLAIN], width)[:4]
    assert all(columns(row) <= width for row in (head, *rows))
    assert rows[0].startswith("0  ")
    assert "url" in head


def test_what_goes_first_when_it_is_narrow() -> None:
    assert table([ROW, PLAIN], 80)[0].split()[:-1] == ["#", "url", "status", "model", "events", "in", "out", "finish"]
    assert table([ROW, PLAIN], 50)[0].split()[:-1] == ["#", "url", "status", "model"]


def test_anomalies_are_named_when_asked_for() -> None:
    row = replace(ROW, anomalies=("role-repeated", "done-missing", "role-repeated"))
    assert table([row], codes=True)[2].endswith("  role-repeated×2,done-missing")
    assert "role-repeated×2,done-missin" in table([row], 80, codes=True)[2]


def test_a_long_value_in_a_pipe_shifts_only_its_own_line() -> None:
    long = replace(ROW, index=2, url="https://a.example/" + "x" * 200)
    _, _, first, second = table([ROW, long])[:4]
    assert first.index("200") < 80
    assert "x" * 200 in second


def test_several_choices_and_a_missing_reason() -> None:
    row = replace(ROW, finish_reasons=("stop", None, "stop"))
    assert table([row])[2].split()[-2] == "stop,?"


CUTS = [
    ("short", 5, "short"),
    ("no-slash-here", 6, "no-sl…"),
    ("openrouter.ai/api/v1/chat/completions", 24, "openrou…chat/completions"),
    ("日本語のモデル", 5, "日本…"),
    ("x", 1, "x"),
]


@pytest.mark.parametrize(("text", "width", "shown"), CUTS)
def test_cut(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown
    assert columns(shown) <= width


@given(st.text(), st.integers(1, 20))
def test_cut_fits(text: str, width: int) -> None:
    assert columns(cut(text, width)) <= max(width, 1)


@given(
    st.lists(st.lists(st.text(max_size=40), min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=3),
    st.integers(1, 200),
)
def test_widths_add_up(rows: list[list[str]], width: int) -> None:
    layout = fitted(rows, width)
    taken = sum(layout.widths) + 2 * (len(layout.widths) - 1)
    assert taken <= max(width, 3 * len(layout.widths))
    assert all(each > 0 for each in layout.widths)


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_can_act_on_a_terminal(text: str) -> None:
    row = replace(ROW, url=f"https://a.example/{text}", model=text, method=text, finish_reasons=(text,))
    for line in table([row], path=text):
        assert not HOSTILE.search(line)
        assert "\n" not in line
