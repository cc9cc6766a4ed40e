"""Nothing hostile passes; colour and width follow the reader's wishes."""

import io
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.render.console import Policy, Printer, bytes_of, policy, printed, safe, safe_line
from cassette_cli.render.lines import Line, Style, line
from cassette_cli.render.wrapping import columns

ANY_TEXT = st.text(st.characters())

# Characters of these categories that a terminal may be given: line feed and tab, and format characters that letters
# and emoji need (joiners, soft hyphen, signs of Arabic, Syriac, Kaithi, hieroglyphs, music and shorthand).
HARMLESS = {"\n", "\t", "\u00ad", "\u180e", "\u200b", "\u200c", "\u200d"}
DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]")


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J\x1b[31mred", "\\x1b[2J\\x1b[31mred"),
        ("\x1b]8;;http://evil.example\x07link", "\\x1b]8;;http://evil.example\\x07link"),
        ("\x9b31m", "\\x9b31m"),
        ("over\rwritten", "over\\rwritten"),
        ("a\b\b", "a\\b\\b"),
        ("user\u202egnp.exe", "user\\u202egnp.exe"),
        ("\u2066left\u2069", "\\u2066left\\u2069"),
        ("one\u2028two", "one\\u2028two"),
        ("\ufeffmark", "\\ufeffmark"),
        ("\ud83d", "\\ud83d"),
        ("\udcff", "\\xff"),
        ("hi\U000e0041", "hi\\U000e0041"),
        ("\x00", "\\x00"),
        ("\x7f", "\\x7f"),
    ],
)
def test_what_a_terminal_would_act_on_is_written_as_an_escape(hostile: str, shown: str) -> None:
    assert safe(hostile) == shown


@pytest.mark.parametrize(
    "text", ["", "plain\n\ttext", "naïve – “quoted”", "日本語", "👩‍👩‍👧 family", "שלום", "e\u0301", "می\u200cخواهم"]
)
def test_what_people_write_stays(text: str) -> None:
    assert safe(text) == text


@given(ANY_TEXT)
def test_nothing_hostile_is_left_in_any_text(text: str) -> None:
    shown = safe(text)

    assert not DANGEROUS.search(shown)
    assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in shown if char not in HARMLESS)
    shown.encode()


@given(ANY_TEXT)
def test_a_line_stays_a_line(text: str) -> None:
    assert "\n" not in safe_line(text)
    for how in (Policy(), Policy(colour=True), Policy(width=40), Policy(colour=True, width=20)):
        for row in printed(line(2, (text, Style.BAD)), how):
            assert "\n" not in row
            assert not DANGEROUS.search(re.sub("\x1b\\[[0-9;]*m", "", row))


@given(st.binary())
def test_undecodable_bytes_are_bytes_again(data: bytes) -> None:
    assert bytes_of(data.decode("utf-8", "surrogateescape")) == data


def test_a_surrogate_that_stands_for_no_byte_is_written_too() -> None:
    assert bytes_of("a\ud83d") == b"a\xed\xa0\xbd"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


PIPE, TERMINAL = io.StringIO(), Terminal()


@pytest.mark.parametrize(
    ("stream", "environ", "colour"),
    [
        (TERMINAL, {}, True),
        (TERMINAL, {"TERM": "xterm-256color"}, True),
        (TERMINAL, {"TERM": "dumb"}, False),
        (TERMINAL, {"NO_COLOR": "1"}, False),
        (TERMINAL, {"NO_COLOR": ""}, True),
        (TERMINAL, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (PIPE, {}, False),
        (PIPE, {"TERM": "xterm-256color"}, False),
        (PIPE, {"FORCE_COLOR": "1"}, True),
        (PIPE, {"FORCE_COLOR": "3", "TERM": "dumb"}, True),
        (PIPE, {"FORCE_COLOR": "0"}, False),
        (PIPE, {"FORCE_COLOR": ""}, False),
    ],
)
def test_who_gets_colour(stream: io.StringIO, environ: dict[str, str], colour: bool) -> None:
    assert policy(stream, environ).colour is colour


def test_only_a_terminal_has_a_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")

    assert policy(TERMINAL, {}).width == 72
    assert policy(PIPE, {"FORCE_COLOR": "1"}).width is None


def test_a_terminal_too_narrow_for_anything_counts_as_twenty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "3")

    assert policy(TERMINAL, {}).width == 20


def printed_by(how: Policy, *lines: Line) -> str:
    stream = io.StringIO()
    Printer(stream, how).lines(lines)
    return stream.getvalue()


def test_a_pipe_gets_a_line_whole() -> None:
    long = "word " * 100

    assert printed_by(Policy(), line(3, long)) == f"   {long.rstrip()}\n"


def test_colour_says_nothing_that_the_text_does_not() -> None:
    lines = [line(0, ("GET ", Style.STRONG), "/x ", ("404", Style.BAD)), line(2), line(2, ("← add", Style.TOOL), ": 5")]

    assert re.sub("\x1b\\[[0-9;]*m", "", printed_by(Policy(colour=True), *lines)) == printed_by(Policy(), *lines)


def test_a_rule_reaches_the_edge_of_a_terminal_and_is_not_drawn_to_a_pipe() -> None:
    title = line(0, "a.yaml ")._replace(rule=True)

    assert printed_by(Policy(width=12), title) == "a.yaml ─────\n"
    assert printed_by(Policy(), title) == "a.yaml\n"
    assert printed_by(Policy(width=20), line(0, "x" * 25)._replace(rule=True)) == f"{'x' * 20}\n{'x' * 5}\n"


@given(ANY_TEXT, st.integers(20, 130))
def test_no_row_is_wider_than_the_terminal(text: str, width: int) -> None:
    for row in printed(line(5, text, hang=4), Policy(width=width)):
        assert columns(row) <= width


def test_raw_is_exact_to_a_pipe_and_safe_to_a_terminal() -> None:
    body = "data: \x1b[2J\r\n\r\n"
    pipe = io.TextIOWrapper(io.BytesIO())
    Printer(pipe, Policy()).raw(body)
    Printer(pipe, Policy()).raw(b"\xff\x00")
    terminal = Terminal()
    Printer(terminal, Policy(width=80)).raw(body)

    assert isinstance(pipe.buffer, io.BytesIO)
    assert pipe.buffer.getvalue() == body.encode() + b"\xff\x00"
    assert terminal.getvalue() == "data: \\x1b[2J\n"


@pytest.mark.skipif(sys.platform == "win32", reason="colour there depends on the console")
def test_rich_is_not_loaded_to_decide_on_colour() -> None:
    before = set(sys.modules)
    policy(TERMINAL, {})

    assert not [name for name in set(sys.modules) - before if name.startswith("rich")]
