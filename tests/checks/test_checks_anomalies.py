"""Anomalies as findings."""

from pathlib import Path

from faults import Rows, found

from cassette_cli.checks.settings import CheckSettings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
# test_anomalies.py and those of the protocols have the faults.
ROWS: Rows = {}


def test_anomalies_of_one_code_are_one_finding() -> None:
    text = (SAMPLES / "vcrpy" / "openai_chat_sse_openrouter.yaml").read_text()
    held = [problem for problem in found(text) if problem.code == "reasoning-twice"]
    assert len(held) == 1


def test_a_cut_stream_is_one_finding() -> None:
    text = (SAMPLES / "vcrpy" / "openai_chat_sse_cut_off.yaml").read_text()
    held = found(text, CheckSettings())
    assert [(problem.code, problem.event) for problem in held] == [("stream-cut-off", 3)]
