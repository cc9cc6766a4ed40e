"""`cassette show` as people and programs run it."""

import gzip
import io
import json
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from goldens import check_golden

from cassette_cli import files
from cassette_cli.cli import run
from cassette_cli.errors import CassetteError, ExitCode
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.framing.encoding import content
from cassette_cli.model import Interaction
from cassette_cli.render.as_text import interaction_lines
from cassette_cli.render.console import HOSTILE, Policy, Printer
from cassette_cli.render.view import View, shown

ROOT = Path(__file__).resolve().parents[2]
GO_VCR = "samples/go_vcr"
TOOLS = f"{GO_VCR}/openai_chat_sse_add_multiply.yaml"
COLOURS = re.compile("\x1b\\[[0-9;]*m")

Show = Callable[..., str]


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's own folder, and nothing of the tester's terminal."""
    monkeypatch.chdir(ROOT)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Show:
    """Run `cassette show`, which must succeed, and return what it prints."""

    def run_show(*args: str) -> str:
        code = run(["show", *args])
        output = capsys.readouterr()
        assert (code, output.err) == (ExitCode.OK, "")
        return output.out

    return run_show


def go_vcr(*interactions: tuple[str, Any, Any]) -> str:
    """A cassette by hand: (URL, request, response), JSON where they are no text."""
    recorded = [
        {
            "id": number,
            "request": {
                "method": "POST",
                "url": url,
                "headers": {"Content-Type": ["application/json"]},
                "body": _text(asked),
            },
            "response": {
                "status": "200 OK",
                "code": 200,
                "headers": {
                    "Content-Type": ["text/event-stream" if str(answered).startswith("data") else "application/json"]
                },
                "body": _text(answered),
                "duration": "1.5s",
            },
        }
        for number, (url, asked, answered) in enumerate(interactions)
    ]
    return json.dumps({"version": 2, "interactions": recorded})


def _text(body: Any) -> str:
    return body if isinstance(body, str) else json.dumps(body)


CHAT = "https://api.provider.example/v1/chat/completions"


def answer(text: str | None = None, **fields: Any) -> Any:
    message = {"role": "assistant", "content": text, **fields}
    return {
        "id": "c-1",
        "object": "chat.completion",
        "model": "big-model-1",
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls" if fields else "stop"}],
        "usage": {"prompt_tokens": 1200, "completion_tokens": 34, "total_tokens": 1234},
    }


def question(*messages: Any, **fields: Any) -> Any:
    return {"model": "big-model", "messages": list(messages), **fields}


SYSTEM = {"role": "system", "content": "You are an agent."}
TASK = {"role": "user", "content": "Count the words of notes.txt."}
READ = {"id": "call_1", "type": "function", "function": {"name": "read_file", "arguments": '{"path": "notes.txt"}'}}
READ_TOOL = {
    "type": "function",
    "function": {
        "name": "read_file",
        "description": "Read a file.",
        "parameters": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]},
    },
}
WRITE_TOOL = {"type": "function", "function": {"name": "write_file", "parameters": {"type": "object"}}}
CALLED = {"role": "assistant", "content": None, "tool_calls": [READ]}
RESULT = {"role": "tool", "tool_call_id": "call_1", "content": "one two\nthree"}
THREE_WORDS = [SYSTEM, TASK, CALLED, RESULT, {"role": "assistant", "content": "Three words."}]
SURE = {"role": "user", "content": "Sure?"}

# An agent at work, a question asked beside it, and the agent again with another tool and temperature.
AGENT = go_vcr(
    (CHAT, question(SYSTEM, TASK, tools=[READ_TOOL], temperature=0), answer(tool_calls=[READ])),
    (CHAT, question({"role": "user", "content": "Give this chat a title."}), answer("Counting words")),
    (CHAT, question(SYSTEM, TASK, CALLED, RESULT, tools=[READ_TOOL], temperature=0), answer("Three words.")),
    (CHAT, question(*THREE_WORDS, SURE, tools=[READ_TOOL, WRITE_TOOL], temperature=1), answer("Quite sure.")),
    (CHAT, question(SYSTEM, TASK, tools=[READ_TOOL], temperature=0), answer(tool_calls=[READ])),
)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("show-tools.txt", [TOOLS]),
        ("show-tools-full.txt", [TOOLS, "--full"]),
        ("show-tools-events.txt", [TOOLS, "--events", "-i", "0"]),
        ("show-tools-request.txt", [TOOLS, "--request"]),
        ("show-tools-response.txt", [TOOLS, "--response", "-i", "-1"]),
        ("show-thinking.txt", [f"{GO_VCR}/anthropic_sse_thinking.yaml"]),
        ("show-cut-off.txt", [f"{GO_VCR}/openai_chat_sse_cut_off.yaml"]),
        ("show-errors.txt", [f"{GO_VCR}/openai_chat_sse_error.yaml", f"{GO_VCR}/anthropic_error_400.yaml"]),
        ("show-http.txt", [f"{GO_VCR}/http_{case}.yaml" for case in ("json", "form", "binary", "error_500")]),
        ("show-http-full.txt", [f"{GO_VCR}/http_json.yaml", "--full"]),
    ],
)
def test_what_people_read(show: Show, name: str, args: list[str]) -> None:
    check_golden(name, show(*args))


@pytest.mark.parametrize(("name", "args"), [("show-agent.txt", []), ("show-agent-full.txt", ["--full"])])
def test_an_agents_conversation(show: Show, tmp_path: Path, name: str, args: list[str]) -> None:
    (tmp_path / "agent.yaml").write_text(AGENT)

    check_golden(name, show(str(tmp_path / "agent.yaml"), *args))


class Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("name", "columns", "environ"),
    [
        ("show-terminal.txt", "80", {}),
        ("show-terminal-40-columns.txt", "40", {"NO_COLOR": "1"}),
        ("show-terminal-dumb.txt", "80", {"TERM": "dumb"}),
    ],
)
def test_a_terminal(monkeypatch: pytest.MonkeyPatch, name: str, columns: str, environ: dict[str, str]) -> None:
    for variable, value in {"TERM": "xterm", "COLUMNS": columns, **environ}.items():
        monkeypatch.setenv(variable, value)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)

    assert run(["show", TOOLS, f"{GO_VCR}/http_json.yaml"]) == ExitCode.OK
    check_golden(name, terminal.getvalue())


def test_a_pipe_gets_no_colour_but_on_demand(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = show(TOOLS)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = show(TOOLS)

    assert not COLOURS.search(plain)
    assert COLOURS.search(coloured)
    assert COLOURS.sub("", coloured) == plain


@pytest.mark.parametrize(
    ("which", "indexes"), [(["-i", "1"], [1]), (["-i", "-1"], [4]), (["-i", "0,2-3", "-i", "0"], [0, 2, 3])]
)
def test_interactions_are_chosen(show: Show, tmp_path: Path, which: list[str], indexes: list[int]) -> None:
    (tmp_path / "agent.yaml").write_text(AGENT)
    path = str(tmp_path / "agent.yaml")

    text = [int(line.split()[0]) for line in show(path, *which).splitlines() if re.match(r"\d+ +POST", line)]
    document = json.loads(show(path, *which, "--json"))
    lines = [json.loads(line) for line in show(path, *which, "--jsonl").splitlines()]

    assert text == indexes
    assert [each["index"] for each in document["cassettes"][0]["interactions"]] == indexes
    assert [each["index"] for each in lines] == indexes


def test_what_is_new_is_so_even_where_the_others_are_not_shown(show: Show, tmp_path: Path) -> None:
    (tmp_path / "agent.yaml").write_text(AGENT)

    assert "… 3 earlier messages as in 0" in show(str(tmp_path / "agent.yaml"), "-i", "2")


@pytest.fixture
def show_raw(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., bytes]:
    """Run `cassette show --raw` and return the bytes."""

    def run_raw(*args: str) -> bytes:
        assert run(["show", "--raw", *args]) == ExitCode.OK
        return capfdbinary.readouterr().out

    return run_raw


def body(path: str, side: str = "response", place: int = 0) -> bytes:
    made = exchange(files.read(path).interactions[place])
    held = made.content if side == "response" else made.request_content
    assert held is not None
    return held.text.encode() if isinstance(held.text, str) else held.text


def test_raw_is_the_body_to_the_byte(show_raw: Callable[..., bytes]) -> None:
    assert show_raw(TOOLS, "-i", "0") == body(TOOLS)
    assert show_raw(TOOLS, "-i", "0").endswith(b"data: [DONE]\n\n")
    assert show_raw(TOOLS) == body(TOOLS) + body(TOOLS, place=1)
    assert show_raw(TOOLS, "-i", "1", "--request") == body(TOOLS, "request", 1)
    assert show_raw(TOOLS, "-i", "0", "--request", "--response") == body(TOOLS, "request") + body(TOOLS)
    assert show_raw(f"{GO_VCR}/http_binary.yaml", "-i", "0") == body(f"{GO_VCR}/http_binary.yaml")


def test_raw_undoes_content_codings(show_raw: Callable[..., bytes]) -> None:
    raw = show_raw(f"{GO_VCR}/openai_chat_gzip.yaml")

    assert not raw.startswith(gzip.compress(b"")[:2])
    assert json.loads(raw)["choices"]


def test_raw_is_safe_on_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(go_vcr((CHAT, {}, "\x1b[2J\r\nand \u202e")))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)

    assert run(["show", "--raw", str(tmp_path / "a.yaml")]) == ExitCode.OK
    assert terminal.getvalue() == "\\x1b[2J\nand \\u202e\n"


def test_a_cassette_found_in_a_folder_is_named(show: Show, tmp_path: Path) -> None:
    (tmp_path / "agent.yaml").write_text(AGENT)

    assert show(str(tmp_path)).startswith(f"{tmp_path}/agent.yaml  go-vcr 2 · 5 interactions\n\n0  POST")
    assert show(str(tmp_path / "agent.yaml")).startswith("0  POST")


def test_standard_input(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(TOOLS).read_bytes())))

    assert show("-") == show(TOOLS)


def test_a_fault_in_one_file_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("interactions: [\n")

    code = run(["show", "missing.yaml", TOOLS, str(tmp_path / "broken.yaml"), f"{GO_VCR}/http_json.yaml"])
    output = capsys.readouterr()

    assert code == ExitCode.USAGE
    assert [line.partition(":")[0] for line in output.err.splitlines()] == [
        "missing.yaml",
        str(tmp_path / "broken.yaml"),
    ]
    assert TOOLS in output.out
    assert "http_json.yaml" in output.out


def test_an_interaction_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["show", TOOLS, "-i", "7"])
    output = capsys.readouterr()

    assert (code, output.out) == (ExitCode.USAGE, "")
    assert output.err == f"{TOOLS}: no interaction 7 here; there are 0 to 1\n"


def test_a_body_that_cannot_be_decoded(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cassette_cli.exchange.content", partial(content, limit=10))

    code = run(["show", f"{GO_VCR}/http_gzip.yaml"])
    output = capsys.readouterr()

    assert code == ExitCode.USAGE
    fault = "the response's body cannot be read: a coded body is larger than 10 bytes once decoded"
    assert re.fullmatch(rf"{GO_VCR}/http_gzip.yaml:\d+:\d+: {fault}\n", output.err)
    assert output.out.startswith("0  GET ")
    assert f"! body-unreadable: {fault}" in output.out


ENDLESS = """interactions:
- request: {method: POST, uri: "https://a.example/", headers: {}, body: null}
  response:
    status: {code: 200, message: OK}
    headers: {content-type: [application/json]}
    parsed_body:
      - &l0 word
""" + "".join(f"      - &l{number} [{', '.join([f'*l{number - 1}'] * 10)}]\n" for number in range(1, 9))


def test_a_body_of_aliases_without_end(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        ENDLESS + "- request: {method: GET, uri: 'https://b.example/', headers: {}, body: null}\n"
        "  response: {status: {code: 200, message: OK}, headers: {}, body: {string: fine}}\nversion: 1\n"
    )

    code = run(["show", str(tmp_path / "a.yaml")])
    output = capsys.readouterr()

    assert code == ExitCode.USAGE
    assert output.err.startswith(f"{tmp_path / 'a.yaml'}:2:3: the response's body cannot be read: ")
    assert "0  POST https://a.example/  200" in output.out
    assert "! body-unreadable: " in output.out
    assert "fine" in output.out


@pytest.mark.parametrize("options", [[], ["--json"], ["--jsonl"], ["--raw"]])
def test_bodies_that_are_too_large_together(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str]
) -> None:
    """Each alone may pass; what follows is not even decoded."""
    decoded: list[int] = []

    def counted(interaction: Interaction) -> Exchange:
        decoded.append(interaction.index)
        return exchange(interaction)

    monkeypatch.setattr("cassette_cli.commands.base.exchange", counted)
    monkeypatch.setattr("cassette_cli.commands.base.MOST_DECODED", 250)
    monkeypatch.setattr("cassette_cli.commands.base.GROWTH", 0)
    path = tmp_path / "a.yaml"
    path.write_text(go_vcr(*[("https://a.example/", "", "a" * 100)] * 5))

    code = run(["show", str(path), *options])
    output = capsys.readouterr()

    assert code == ExitCode.USAGE
    assert re.fullmatch(
        re.escape(str(path)) + r":1:\d+: not read from here on: the bodies are too large once decoded\n", output.err
    )
    assert decoded == [0, 1, 2]
    assert output.out.count("a" * 100) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--events", "--json"], "--events has no effect with --json"),
        (["--events", "--raw"], "--events has no effect with --raw"),
        (["--full", "--jsonl"], "--full has no effect with --jsonl"),
        (["--full", "--raw"], "--full has no effect with --raw"),
        (["--request", "--json"], "--request has no effect with --json"),
        (["--full", "--html"], "--full has no effect with --html"),
        (["--json", "--raw", "--html"], "--raw, --html and --json exclude each other"),
        (["--response", "--jsonl"], "--response has no effect with --jsonl"),
        (["--request", "--events"], "--events has no effect with --request: events are of the response"),
    ],
)
def test_options_without_effect_are_refused(
    capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert run(["show", TOOLS, *options]) == ExitCode.USAGE
    assert capsys.readouterr() == ("", f"cassette: {message}\n")


@pytest.mark.parametrize("options", [["--request", "--response"], ["--request", "--response", "--events"]])
def test_both_sides_can_be_asked_for(show: Show, options: list[str]) -> None:
    printed = show(TOOLS, "-i", "0", *options)
    assert "Add and multiply 2 and 3." in printed
    assert "finish tool_calls" in printed


def test_raw_gives_both_bodies(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["show", f"{GO_VCR}/http_json.yaml", "-i", "0", "--raw", "--request", "--response"]) == ExitCode.OK
    both = capfdbinary.readouterr().out
    for side in ("--request", "--response"):
        assert run(["show", f"{GO_VCR}/http_json.yaml", "-i", "0", "--raw", side]) == ExitCode.OK
        assert capfdbinary.readouterr().out in both


@pytest.mark.parametrize("command", ["show", "ls"])
def test_a_folder_without_cassettes_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    assert run([command, str(tmp_path)]) == ExitCode.OK
    assert capsys.readouterr().err == f"no cassettes in {tmp_path}\n"


@pytest.mark.parametrize(
    "options", [["--json", "--jsonl"], ["--raw", "--json"], ["--raw", "--jsonl"], ["--html", "--jsonl"]]
)
def test_ways_to_print_exclude_each_other(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    assert run(["show", TOOLS, *options]) == ExitCode.USAGE
    assert "exclude each other" in capsys.readouterr().err


HOSTILE_TEXTS = [
    "\x1b]0;owned\x07",
    "\x9b2J",
    "\r\x08overwritten",
    "\u202egnp.exe",
    "\u2028",
    "\U000e0041",
    "\x00",
    "\ud83d",
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=ascii)
@pytest.mark.parametrize("options", [[], ["--full"], ["--events"]], ids=" ".join)
def test_nothing_recorded_acts_on_the_terminal(show: Show, tmp_path: Path, text: str, options: list[str]) -> None:
    tool = {"id": text, "type": "function", "function": {"name": text, "arguments": json.dumps({text: text})}}
    asked = question(
        {"role": text, "content": text},
        tools=[{"type": "function", "function": {"name": text, "description": text}}],
        stop=text,
    )
    events = [
        {"id": text, "model": text, "choices": [{"index": 0, "delta": {"content": text}}]},
        {"error": {"message": text}},
    ]
    stream = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    cassette = go_vcr(
        (CHAT + text, asked, answer(text, tool_calls=[tool])),
        (CHAT, asked, f": {text}\n\n{stream}"),
        (f"https://x.example/{text}", text, {text: [text]}),
        (f"https://x.example/{text}", f"a={text}", text),
    )
    (tmp_path / "hostile.yaml").write_text(cassette)

    output = show(str(tmp_path / "hostile.yaml"), *options)

    assert output.count("POST") == 4
    assert not HOSTILE.search(output)


def test_help_ends_with_examples(show: Show) -> None:
    examples = show("--help").partition("Examples:\n")[2].strip().splitlines()

    assert len(examples) >= 5
    assert all(example.strip().startswith("cassette show ") for example in examples)


VIEWS = [
    (View(full=True), Policy(width=60, colour=True)),
    (View(events=True), Policy(width=100)),
    (View(response=False, full=True), Policy()),
]


def test_every_recording_shows(corpus: Path) -> None:
    count = 0
    for number, cassette in enumerate(files.load([str(corpus)])):
        if isinstance(cassette, CassetteError):
            continue
        each_shown = list(shown([exchange(interaction) for interaction in cassette.interactions]))
        for view, how in ((View(), Policy()), VIEWS[number % len(VIEWS)]):
            output = io.StringIO()
            for each in each_shown:
                Printer(output, how).lines(interaction_lines(each, view))
            assert not HOSTILE.search(COLOURS.sub("", output.getvalue())), cassette.path
        count += bool(each_shown)

    assert count > 1000
