"""Messages as people read them: every kind of part, in short and in full, in colour, narrow, and with hostile texts."""

import io
import json

import pytest
from goldens import check_golden
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.render.console import HOSTILE, Policy, Printer
from cassette_cli.render.messages import call_names, message_lines, with_results_joined


def call(name: str | None, arguments: Json, id_: str | None = "call_1") -> ToolCall:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return ToolCall(id_, name, None if isinstance(arguments, str) else arguments, text)


PROGRAM = "import sys\n\nfor line in sys.stdin:\n    print(line.upper(), end='')\n"
PAGES = {
    "content": [
        {"title": "Weather in Florence", "url": "https://weather.example/florence", "encrypted_content": "Ab3/" * 500},
        {"title": None, "url": "https://weather.example/italy"},
    ]
}
CONVERSATION = [
    Message("system", (Text("You are a helpful assistant."),)),
    Message("developer", (Text("Two lines,\nof which this is the second.\n"),)),
    Message("user", (Text("What is in this picture?"), Media("image", "image/png", 34_321, None))),
    Message(
        "user",
        (Media("image", None, None, "https://pictures.example/cat.png"), Media("audio", "audio/wav", 9, None, "Hi.")),
    ),
    Message(
        "assistant",
        (
            Reasoning("A cat.\n\nI should look closer.", signature="s" * 344),
            Reasoning("", encrypted="e" * 1200),
            Text("\n\nLet me look."),
            call("zoom", {"factor": 2.50, "unit": "x"}),
            call(
                "write_file", {"path": "upper.py", "content": PROGRAM, "mode": {"owner": "rw", "group": "r"}}, "call_2"
            ),
            call("broken", '{"a": 1, "b": ', "call_3"),
            call(None, {}, None),
        ),
    ),
    Message("tool", (ToolCallResponse("call_1", "5"),)),
    Message("tool", (ToolCallResponse("call_2", "one line\nand another\n"),)),
    Message("tool", (ToolCallResponse("call_3", json.dumps({"error": "no JSON", "details": ["x" * 40, "y" * 40]})),)),
    Message("tool", (ToolCallResponse("call_9", "", name="named"), ToolCallResponse(None, (Text("one text"),)))),
    Message("tool", (ToolCallResponse("call_1", (Text("see:"), Media("image", "image/jpeg", 120, None))),)),
    Message(
        "assistant",
        (
            ServerToolCall(
                "s1", "web_search", {"query": "florence weather"}, '{"query":"florence weather"}', "server_tool_use"
            ),
            ServerToolCallResponse("s1", PAGES, "web_search_tool_result"),
            ServerToolCallResponse("s2", {"stdout": "1\n" * 30, "codes": list(range(16))}, "code_execution"),
            Text("It is 40 °C.", ({"type": "citation", "url": "https://weather.example/florence"},)),
        ),
        extra={"logprobs": [-0.1]},
    ),
    Message("assistant", (Refusal("I can't help with that."), Unknown("hologram", {"depth": 3}))),
    Message("assistant", ()),
    Message("assistant", (Text("\n"),)),
    Message(None, (Text("日本語の文章です。" * 12),)),
]


def shown(messages: list[Message], how: Policy, *, full: bool = False) -> str:
    stream = io.StringIO()
    names = call_names(messages)
    for message in with_results_joined(messages):
        Printer(stream, how).lines(message_lines(message, 3, names, full=full))
    return stream.getvalue()


WHITE_SPACE = [
    ((Text("\n"), call("add", {})), ['  "\\n"', "", "  → add()"]),
    ((Text("\n"),), ['  "\\n"']),
    ((Text(""), call("add", {})), ["  → add()"]),
    ((Text(""),), ['  ""']),
]


@pytest.mark.parametrize(("parts", "lines"), WHITE_SPACE)
def test_white_space_is_visible(parts: tuple[Part, ...], lines: list[str]) -> None:
    shown = message_lines(Message("assistant", parts), 0, {}, full=False)
    assert ["".join((" " * line.indent, *(text for text, _ in line.pieces))) for line in shown][1:] == lines


@pytest.mark.parametrize(
    ("name", "how", "full"),
    [
        ("messages.txt", Policy(), False),
        ("messages-full.txt", Policy(), True),
        ("messages-40-columns.txt", Policy(width=40), False),
        ("messages-colour.txt", Policy(colour=True, width=80), False),
    ],
)
def test_every_kind_of_part(name: str, how: Policy, full: bool) -> None:
    check_golden(name, shown(CONVERSATION, how, full=full))


def test_what_was_said_is_whole() -> None:
    long = "All work and no play makes Jack a dull boy. " * 2000
    messages = [
        Message("assistant", (Text(long), Reasoning(long), Refusal(long))),
        Message("tool", (ToolCallResponse(None, long),)),
    ]

    assert shown(messages, Policy()).count(long.strip()) == 4


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ({"a": 2, "b": 3}, "→ add(a=2, b=3)"),
        ({}, "→ add()"),
        ({"a": [1, {"b": None}], "s": 'say "hi"'}, '→ add(a=[1, {"b": null}], s="say \\"hi\\"")'),
        ([1, 2], "→ add([1, 2])"),
        ('{"a": 1.50}', "→ add(a=1.50)"),
        ("null", "→ add(null)"),
    ],
)
def test_small_calls_are_written_as_calls(arguments: Json, line: str) -> None:
    made = (
        ToolCall("c", "add", json.loads(arguments), arguments) if isinstance(arguments, str) else call("add", arguments)
    )

    assert shown([Message("assistant", (made,))], Policy()).splitlines()[1].strip() == line


def test_results_in_a_row_are_one_message() -> None:
    results = [Message("tool", (ToolCallResponse(None, str(number)),)) for number in range(3)]
    joined = list(with_results_joined([CONVERSATION[0], *results, CONVERSATION[2], results[0]]))

    assert [len(message.parts) for message in joined] == [1, 3, 2, 1]
    assert list(with_results_joined([results[0], Message("user", results[1].parts)])) == [
        results[0],
        Message("user", results[1].parts),
    ]


TEXT = st.text(st.characters(), max_size=60)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, TEXT),
    st.builds(Reasoning, TEXT, TEXT, TEXT),
    st.builds(Refusal, TEXT),
    st.builds(lambda name, key, value: call(name, {key: value}), TEXT, TEXT, TEXT),
    st.builds(lambda text: ToolCall("c", "f", None, text), TEXT),
    st.builds(ToolCallResponse, TEXT, TEXT, TEXT),
    st.builds(ServerToolCall, TEXT, TEXT, TEXT, TEXT, TEXT),
    st.builds(
        lambda kind, title, url: ServerToolCallResponse("s", [{"title": title, "url": url}], kind), TEXT, TEXT, TEXT
    ),
    st.builds(Media, TEXT, TEXT, st.none(), TEXT, TEXT),
    st.builds(Unknown, TEXT, TEXT),
)


@given(TEXT, st.lists(PARTS, max_size=4), st.booleans(), st.sampled_from([None, 40]))
def test_no_recorded_text_acts_on_the_terminal(role: str, parts: list[Part], full: bool, width: int | None) -> None:
    output = shown([Message(role, tuple(parts), extra={role: role})], Policy(width=width), full=full)

    assert not HOSTILE.search(output)
    output.encode()
