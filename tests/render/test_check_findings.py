"""Findings of checks as text. tests/commands/test_check.py shows the other formats."""

from handmade import text_of

from cassette_cli.checks.located import Finding
from cassette_cli.checks.settings import Level
from cassette_cli.render.check_findings import statistics_lines, text_lines


def finding(code: str, level: Level, *, fixable: bool = False, path: str = "a.yaml") -> Finding:
    return Finding(
        path=path, line=1, column=2, code=code, level=level, message="m", interaction=None, event=None, fixable=fixable
    )


FOUND = [
    finding("stream-cut-off", Level.ERROR),
    finding("body-compressed", Level.NOTE, fixable=True),
    finding("body-compressed", Level.NOTE),
]


def test_text() -> None:
    assert text_of(text_lines(FOUND)).splitlines() == [
        "a.yaml:1:2: error: m [stream-cut-off]",
        "a.yaml:1:2: note: m [body-compressed] [*]",
        "a.yaml:1:2: note: m [body-compressed]",
    ]


def test_a_path_stays_on_its_line() -> None:
    (row,) = text_of(text_lines([finding("body-large", Level.NOTE, path="a\nb\x1b[2J.yaml")])).splitlines()
    assert row.startswith("a\\nb\\x1b[2J.yaml:1:2: ")


def test_statistics_count_codes() -> None:
    assert text_of(statistics_lines(FOUND)).splitlines() == [
        "2  note     body-compressed  [*]  a compressed body cannot be reviewed",
        "1  error    stream-cut-off        the stream ends before the protocol's own end",
    ]


def test_no_findings_no_lines() -> None:
    assert text_of(statistics_lines([])) == text_of(text_lines([])) == ""
