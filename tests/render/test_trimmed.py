"""What was dropped, in one line."""

from pathlib import Path

from handmade import text_of

from cassette_cli import files
from cassette_cli.header_classes import TrimSettings
from cassette_cli.render.trimmed import file_line
from cassette_cli.trimming import trimmed

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_a_line() -> None:
    cassette = files.read(str(SAMPLES / "go_vcr" / "openai_chat_text.yaml"))
    found = trimmed(cassette, TrimSettings(drop=("cache-control", "content-disposition")))
    assert text_of([file_line("a.yaml", found)]) == "a.yaml: 2 headers, 4 lines, 113 bytes  (1 date, 1 server)\n"
