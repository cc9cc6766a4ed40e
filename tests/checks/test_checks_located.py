"""Where findings are said to lie."""

from pathlib import Path

from faults import Rows, cassette_of, scene_of

from cassette_cli.checks.located import located
from cassette_cli.checks.registry import problems
from cassette_cli.checks.settings import CheckSettings, Level
from cassette_cli.document.document import position

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ROWS: Rows = {}


def lines_of(name: str, code: str) -> list[str]:
    """What stands from the place of each finding of a code to the end of its line."""
    path = SAMPLES / name
    cassette = cassette_of(path.read_text(encoding="utf-8"), str(path))
    scene = scene_of(cassette, CheckSettings(level=Level.NOTE, select=(code,)))
    text = cassette.document.text.splitlines()
    findings = located(cassette, [(problem, Level.NOTE) for problem in problems(scene)])
    return [text[each.line - 1][each.column - 1 :] for each in findings]


def test_an_event_lies_where_its_payload_begins() -> None:
    (line,) = lines_of("go_vcr/openai_chat_sse_error.yaml", "error-event")
    assert line.startswith(('{"id"', '{"error"'))


def test_a_header_lies_where_its_value_begins() -> None:
    (line,) = lines_of("go_vcr/openai_chat_text.yaml", "header-volatile")
    assert line == "Wed, 01 Jan 2025 00:00:00 GMT"


def test_a_packed_body_lies_where_its_scalar_begins() -> None:
    (line,) = lines_of("vcrpy/http_gzip.yaml", "body-compressed")
    assert line.startswith("H4sI")


def test_an_interaction_lies_where_it_begins() -> None:
    (line,) = lines_of("vcrpy/anthropic_sse_add_multiply.yaml", "matched-by-order")
    assert line == "request:"


def test_a_file_lies_at_its_beginning() -> None:
    cassette = cassette_of("interactions: []\nversion: 1\n")
    found = located(cassette, [(problem, Level.NOTE) for problem in problems(scene_of(cassette))])
    assert [(each.line, each.column, each.interaction) for each in found] == [(*position("", 0), None)]
