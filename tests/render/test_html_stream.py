"""A stream as lanes, cut texts and a table."""

import json
import re
from pathlib import Path

import pytest
from pages import assert_harmless
from sampled import RECORDINGS

from cassette_cli import files
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.render.html.stream import stream

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "samples/go_vcr/openai_chat_sse_add_multiply.yaml"
SAMPLES = [path for path in RECORDINGS if "sse" in path.name]


def exchanges(path: Path) -> list[Exchange]:
    return [exchange(each) for each in files.read(str(path)).interactions]


def test_what_a_stream_shows() -> None:
    first, second = (stream(each) for each in exchanges(TOOLS))

    assert re.findall(r"<b>(\w+)</b>", first.partition("<details")[0]) == ["add", "multiply", "events"]
    assert re.findall(r"<b>(\w+)</b>", second.partition("<details")[0]) == ["text", "events"]
    assert "<small>4 pieces · 48 characters</small>" in second
    assert "<h5>text</h5><pre><i data-e=1>The sum of 2 and 3</i><i data-e=2> is 5, and</i>" in second
    assert '<tr><td>2<td>text<td>" is 5, and"<td>' in second


def test_a_bar_stands_at_its_event_and_is_as_high_as_its_piece_is_long() -> None:
    """ "The sum of 2 and 3", " is 5, and", " their product" and " is 6." at the events 1 to 4."""
    path = re.search(r'class="said" d="([^"]+)"', stream(exchanges(TOOLS)[1]))

    assert path
    assert path[1] == "M1 20v-20h.8v20zM2 20v-15h.8v15zM3 20v-18h.8v18zM4 20v-12h.8v12z"


def test_what_is_wrong_has_a_colour_of_its_own() -> None:
    [only] = exchanges(ROOT / "samples/vcrpy/anthropic_sse_error.yaml")
    wrong = {anomaly.event for anomaly in only.anomalies}

    assert re.findall(r"M(\d+)", re.search(r'class="wrong" d="([^"]+)"', stream(only))[1]) == list(map(str, wrong))  # type: ignore[index]  # one is there
    assert '<tr class="wrong"><td><td><td><span class="careful">! error-event</span>' in stream(only)


def test_what_is_not_streamed_has_no_stream() -> None:
    [only] = exchanges(ROOT / "samples/go_vcr/openai_chat_text.yaml")

    assert stream(only) == ""


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_piece_is_there_once_and_each_event_has_a_row(path: Path) -> None:
    for each in exchanges(path):
        markup = stream(each)
        assert_harmless(markup)
        cut = markup.partition("where the texts were cut")[2].partition("</details>")[0]
        deltas = each.reading.deltas if each.reading else ()
        assert sorted(map(int, re.findall(r"<i data-e=(\d+)>", cut))) == sorted(delta.event for delta in deltas)
        numbers = [int(number) for number in re.findall(r"<tr><td>(\d+)<td>", markup)]
        assert numbers == [frame.number for frame in each.frames if frame.number is not None]


def test_channels_beyond_those_that_have_room_are_counted() -> None:
    calls = [
        {"index": number, "id": f"c{number}", "type": "function", "function": {"name": f"f{number}", "arguments": "{}"}}
        for number in range(30)
    ]
    chunk = {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"tool_calls": calls}}]}
    body = f"data: {json.dumps(chunk)}\n\n"
    asked = json.dumps({"model": "m", "messages": [], "stream": True})
    interaction = {
        "request": {"method": "POST", "uri": "https://a.example/v1/chat/completions", "body": asked, "headers": {}},
        "response": {
            "status": {"code": 200, "message": "OK"},
            "headers": {"content-type": ["text/event-stream"]},
            "body": {"string": body},
        },
    }
    cassette = files.parse("a.json", json.dumps({"version": 1, "interactions": [interaction]}))
    assert not isinstance(cassette, (str, type(None)))
    markup = stream(exchange(cassette.interactions[0]))

    assert "… 6 more channels" in markup
    assert markup.count('class="lane"') == 25
