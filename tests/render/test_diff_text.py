"""Diffs as people read them: goldens of a re-recording, plain, in colour, on a wide and on a narrow terminal."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from goldens import check_golden
from handmade import PLAIN, headers, made, prompt_of, said, text_of

from cassette_cli import files
from cassette_cli.comparison.changes import FileDiff, InteractionDiff, Verdict
from cassette_cli.comparison.compare import Recording, compare, compare_files, recording
from cassette_cli.comparison.settings import Settings
from cassette_cli.conversation import (
    Message,
    Reasoning,
    Reply,
    ServerToolCallResponse,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Usage,
)
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.render.console import Policy
from cassette_cli.render.diff.as_text import file_lines, rule_lines, total_line
from cassette_cli.render.diff.interaction import DiffView

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
STORY = (
    "Once upon a time, in a small house at the edge of the woods, there lived a cat who could read. Every evening she"
    " sat by the fire and read aloud, and all the mice came out to listen, for nobody else in the house could read."
)
NOTE = "a note that is not short at all, and goes on for a while"
ADD = Tool("add", "Add numbers", {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]})
ADD_TWO = Tool("add", "Add two numbers", {"type": "object", "properties": {"a": {"type": "number"}}})
QUESTION = said("user", "Tell me a story about a cat, and what the weather is.")


def call(name: str, text: str, **arguments: Any) -> ToolCall:
    return ToolCall("c", name, arguments, text)


def pages(host: str) -> ServerToolCallResponse:
    return ServerToolCallResponse("s", {"content": [{"url": f"https://{n}.{host}"} for n in range(4)]}, "search")


def before() -> list[Exchange]:
    report = {"title": "Florence", "days": [{"day": day, "high": 20 + day, "low": 10 + day} for day in range(6)]}
    reply = Reply(
        id="r1",
        model="toy-2024-01-01",
        messages=(
            Message(
                "assistant",
                (
                    Reasoning("The user wants a story.\nI shall tell one about a cat."),
                    Text(STORY + "\n\nThe mice were happy.\n\nThe end."),
                    call("weather", "{}", city="Florence", days=3),
                    call("report", "{}", report=report, note=NOTE),
                    ToolCall("c9", "gone", {}, "{}"),
                    ServerToolCallResponse(
                        "s", {"content": [{"url": f"https://{n}.example"} for n in range(4)]}, "search"
                    ),
                ),
                "tool_calls",
            ),
        ),
        usage=Usage(input_tokens=1273, output_tokens=49, total_tokens=1322, cost=0.00005397),
    )
    asked = prompt_of(QUESTION, model="toy", tools=(ADD,), parameters={"max_tokens": 400, "stop": ["a"]})
    answered = prompt_of(QUESTION, *reply.messages, said("tool", ToolCallResponse("c", "sunny")), model="toy")
    plain = made(
        url="https://api.example/v1/status",
        method="GET",
        answered='{"status": "ok", "queue": [1, 2, 3]}',
        response_headers=headers(date="Mon", location="/a"),
    )
    last = Reply(messages=(said("assistant", '{"city": "Florence", "high": 40}', finish="stop"),))
    return [made(prompt=asked, reply=reply), made(index=1, prompt=answered, reply=last), plain]


def after() -> list[Exchange]:
    report = {"title": "Florence", "days": [{"day": day, "high": 21 + day, "low": 10 + day} for day in range(6)]}
    story = STORY.replace("small house", "tall tower").replace("nobody else", "no one else")
    reply = Reply(
        id="r2",
        model="toy-2024-02-02",
        messages=(
            Message(
                "assistant",
                (
                    Reasoning("Something else altogether was thought of here, at some length and in other words."),
                    Text(story + "\n\nThe mice were happy.\n\nThe end!"),
                    call("weather", "{}", city="Florence, Italy", days=3),
                    call("report", "{}", report=report, note=NOTE.replace("a while", "an hour")),
                    ServerToolCallResponse(
                        "s", {"content": [{"url": f"https://{n}.test"} for n in range(4)]}, "search"
                    ),
                ),
                "stop",
            ),
        ),
        usage=Usage(input_tokens=1280, output_tokens=51, total_tokens=1331, cost=0.000061),
    )
    asked = prompt_of(QUESTION, model="toy", tools=(ADD_TWO,), parameters={"max_tokens": 500, "stop": ["a"], "n": 2})
    answered = prompt_of(QUESTION, *reply.messages, said("tool", ToolCallResponse("c", "sunny")), model="toy")
    plain = made(
        url="https://api.example/v1/status",
        method="GET",
        status=503,
        answered='{"status": "busy", "queue": [1, 3]}',
        response_headers=headers(date="Tue", location="/b"),
    )
    last = Reply(messages=(said("assistant", '{"city": "Florence", "high": 41}', finish="stop"),))
    new = made(prompt=prompt_of(said("user", "Who are you?")), reply=Reply(messages=(said("assistant", "A toy."),)))
    return [new, made(index=1, prompt=asked, reply=reply), made(index=2, prompt=answered, reply=last), plain]


def diff() -> FileDiff:
    found = tuple(compare(before(), after(), Settings()))
    return FileDiff(old="old/story.yaml", new="new/story.yaml", interactions=found)


@pytest.mark.parametrize(
    ("name", "how", "view"),
    [
        ("diff.txt", PLAIN, DiffView()),
        ("diff-full.txt", PLAIN, DiffView(full=True, explain=True, chunks=True)),
        ("diff-colour.txt", Policy(colour=True), DiffView()),
        ("diff-120-columns.txt", Policy(width=120), DiffView(width=120)),
        ("diff-50-columns.txt", Policy(width=50), DiffView(width=50)),
    ],
)
def test_goldens(name: str, how: Policy, view: DiffView) -> None:
    check_golden(name, text_of(file_lines(diff(), view), how))


def sample(name: str) -> Recording:
    found = files.read(str(SAMPLES / "go_vcr" / name))
    return replace(recording(found, map(exchange, found.interactions)), path=name)


def test_a_re_recording() -> None:
    old, new = (sample(f"openai_chat_sse_add_multiply{name}.yaml") for name in ("", "_again"))

    check_golden("diff-again.txt", text_of(file_lines(compare_files(old, new, Settings()), DiffView())))


def test_files_that_are_the_same_say_nothing() -> None:
    assert text_of(file_lines(FileDiff(old="a", new="a"), DiffView())) == ""


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (None, "a", "behaviour  a  added · 1 interaction\n+ 0  POST https://api.example/v1/x  200  added\n"),
        ("a", None, "behaviour  a  removed · 1 interaction\n- 0  POST https://api.example/v1/x  200  removed\n"),
    ],
)
def test_files_that_came_or_went(old: str | None, new: str | None, shown: str) -> None:
    found = InteractionDiff(old=made() if old else None, new=made() if new else None)

    assert text_of(file_lines(FileDiff(old=old, new=new, interactions=(found,)), DiffView())) == shown


@pytest.mark.parametrize(
    ("verdicts", "shown"),
    [
        ([Verdict.IDENTICAL], "identical\n"),
        ([Verdict.IDENTICAL, Verdict.IDENTICAL], "2 recordings: 2 identical\n"),
        ([Verdict.WORDING, Verdict.BEHAVIOUR, Verdict.WORDING], "3 recordings: 1 behaviour, 2 wording\n"),
    ],
)
def test_totals(verdicts: Sequence[Verdict], shown: str) -> None:
    assert text_of([total_line(verdicts)]) == shown


def test_no_rule_is_left_out() -> None:
    assert len(text_of(rule_lines()).splitlines()) > 30


def test_a_recording_cannot_act_on_the_terminal() -> None:
    hostile = "\x1b[2J\u202e"
    old = made(prompt=prompt_of(said("user", "a")), reply=Reply(messages=(said("assistant", "one word here"),)))
    new = made(
        prompt=prompt_of(said("user", hostile)),
        reply=Reply(messages=(said("assistant", f"one {hostile} here", call(hostile, "{}", **{hostile: hostile})),)),
    )
    found = FileDiff(old=hostile, new=hostile, interactions=tuple(compare([old], [new], Settings())))

    shown = text_of(file_lines(found, DiffView(full=True, explain=True)))

    assert "\x1b" not in shown
    assert "\u202e" not in shown
