"""`cassette ls`: filters, totals, and errors beside results."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cassette_cli import cli
from cassette_cli.commands.ls import Filters
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Interaction
from cassette_cli.summary import Summary

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def listed(capsys: pytest.CaptureFixture[str], *args: str, code: int = 0) -> Any:
    assert cli.run(["ls", "--json", *args]) == code
    return json.loads(capsys.readouterr().out)


def names(document: Any) -> list[str]:
    """Path and index of what was listed."""
    return [
        f"{Path(cassette['path']).name} {interaction['index']}"
        for cassette in document["cassettes"]
        for interaction in cassette["interactions"]
    ]


ROW = Summary(
    index=0,
    id=None,
    duration_ms=None,
    method="POST",
    url="https://API.openai.example/v1/responses",
    status=429,
    protocol="openai.responses",
    model="gpt-4o",
    models=("gpt-4o", "gpt-4o-2024-08-06"),
    streamed=True,
    events=3,
    complete=False,
    finish_reasons=(),
    usage=None,
    anomalies=("stream-cut-off", "usage-repeated"),
)

MATCHING = [
    Filters(),
    Filters(models=("GPT",)),
    Filters(models=("gpt-4o-2024*",)),
    Filters(models=("claude", "gpt-4?")),
    Filters(protocols=("openai",)),
    Filters(protocols=("openai.responses",)),
    Filters(hosts=("openai.example",)),
    Filters(hosts=("api.*",)),
    Filters(statuses=("429",)),
    Filters(statuses=("200", "4xx")),
    Filters(streamed=True),
    Filters(anomalies=True),
    Filters(codes=("stream-cut-off",)),
    Filters(codes=("usage",)),
    Filters(models=("gpt",), statuses=("4xx",), streamed=True, anomalies=True),
]
OTHERS = [
    Filters(models=("claude",)),
    Filters(models=("4o*",)),
    Filters(protocols=("http",)),
    Filters(protocols=("openai.chat",)),
    Filters(hosts=("openai.com",)),
    Filters(statuses=("42",)),
    Filters(statuses=("5xx", "200")),
    Filters(streamed=False),
    Filters(codes=("done-missing",)),
    Filters(models=("gpt",), statuses=("5xx",)),
]


@pytest.mark.parametrize("filters", MATCHING, ids=str)
def test_listed(filters: Filters) -> None:
    assert filters.match(ROW)


@pytest.mark.parametrize("filters", OTHERS, ids=str)
def test_left_out(filters: Filters) -> None:
    assert not filters.match(ROW)


def test_plain_http_is_protocol_http() -> None:
    plain = Summary(
        index=0,
        id=None,
        duration_ms=None,
        method=None,
        url=None,
        status=None,
        protocol=None,
        model=None,
        models=(),
        streamed=False,
        events=None,
        complete=None,
        finish_reasons=(),
        usage=None,
        anomalies=(),
    )
    assert Filters(protocols=("http",)).match(plain)
    assert Filters(streamed=False).match(plain)
    assert not Filters(statuses=("4xx",)).match(plain)
    assert not Filters(hosts=("x",)).match(plain)
    assert not Filters(anomalies=True).match(plain)


def test_options_reach_the_filters(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(SAMPLES / "go_vcr")
    everything = names(listed(capsys, folder))
    errors = names(listed(capsys, folder, "--status", "4xx", "--status", "500"))
    assert "openai_chat_error_400.yaml 0" in errors
    assert "openai_chat_error_500.yaml 0" in errors
    assert "openai_chat_text.yaml 0" not in errors
    streamed = names(listed(capsys, folder, "--streamed", "--protocol", "anthropic"))
    assert "anthropic_sse_thinking.yaml 0" in streamed
    assert "anthropic_text.yaml 0" not in streamed
    plain = names(listed(capsys, folder, "--protocol", "http"))
    assert "http_json.yaml 2" in plain
    assert names(listed(capsys, folder, "--host", "api.shop.*", "--no-streamed")) == plain
    cut_off = names(listed(capsys, folder, "--anomaly", "stream-cut-off"))
    assert "openai_chat_sse_cut_off.yaml 0" in cut_off
    assert set(cut_off) < set(names(listed(capsys, folder, "--anomalies"))) < set(everything)
    assert names(listed(capsys, folder, "--model", "no-such-model")) == []


def test_totals_are_of_what_is_listed(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    all_of_it = listed(capsys, str(seeds))["totals"]
    assert (all_of_it["cassettes"], all_of_it["interactions"]) == (2, 4)
    some = listed(capsys, str(seeds), "--model", "qwen")["totals"]
    assert some == {
        "cassettes": 1,
        "interactions": 2,
        "input_tokens": 616,
        "output_tokens": 74,
        "cost": 0.00009984,
    }


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--anomaly", "nosuch", "cassette explain lists all codes"),
        ("--anomaly", "done-mising", "did you mean done-missing?"),
        ("--protocol", "opnai", "did you mean openai?"),
        ("--protocol", "nosuch", "there are aws.bedrock.converse, "),
        ("--protocol", "openai.x*", "did you mean openai?"),
    ],
)
def test_what_no_list_has_is_refused(option: str, value: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["ls", str(SAMPLES), option, value]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"none is named {value!r}; {hint}" in said.err


@pytest.mark.parametrize("option", ["--anomalies", "--anomaly=stream"])
def test_anomalies_are_named_when_asked_for(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["ls", str(SAMPLES / "vcrpy" / "anthropic_sse_cut_off.yaml"), option]) == 0
    assert capsys.readouterr().out.splitlines()[2].endswith("  stream-cut-off")


def test_recordings_of_other_tools_are_counted_or_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*args: str) -> list[str]:
        assert cli.run(["ls", "--json", str(tmp_path), *args]) == 0
        return capsys.readouterr().err.splitlines()

    assert said() == [f"no cassettes in {tmp_path}"]
    (tmp_path / "a.yaml").write_text("interactions:\n- step: 1\n", encoding="utf-8")
    assert said() == ["1 file looks like a recording of another tool and was passed over (-v names it)"]
    (tmp_path / "b.har").write_text('{"log": {"entries": {}}}', encoding="utf-8")
    assert said() == ["2 files look like recordings of other tools and were passed over (-v lists them)"]
    assert said("-v") == [
        f"{tmp_path / name}: looks like a recording of another tool, passed over" for name in ("a.yaml", "b.har")
    ]


def test_an_empty_recording_is_listed_unless_something_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text("version: 2\ninteractions: []\n", encoding="utf-8")
    assert [each["path"] for each in listed(capsys, str(tmp_path))["cassettes"]] == [str(tmp_path / "a.yaml")]
    assert listed(capsys, str(tmp_path), "--streamed")["cassettes"] == []


def test_the_directory_itself_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("version: 2\ninteractions: []\n", encoding="utf-8")
    assert [each["path"] for each in listed(capsys)["cassettes"]] == ["a.yaml"]


def test_the_table(seeds: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(seeds)
    assert cli.run(["ls", "."]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    rows = told.out.splitlines()
    assert rows[1] == "multi_tool_streaming_claude-sonnet-4.yaml  go-vcr 2"
    assert rows[2].split()[:5] == [
        "0",
        "POST",
        "openrouter.ai/api/v1/chat/completions",
        "200",
        "openai.chat_completions",
    ]
    assert rows[-1] == "2 cassettes · 4 interactions · 1,818 in · 242 out · $0.00622584"


def test_errors_stand_beside_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text("interactions:\n- request: {\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("version: 2\ninteractions: []\n", encoding="utf-8")
    assert cli.run(["ls", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"{tmp_path / 'a.yaml'}:3:1: not YAML")
    assert f"{tmp_path / 'b.yaml'}  go-vcr 2" in told.out
    document = listed(capsys, str(tmp_path), code=2)
    assert [each["path"] for each in document["errors"]] == [str(tmp_path / "a.yaml")]


def test_a_body_that_cannot_be_decoded_is_an_error_of_its_interaction(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def too_large(interaction: Interaction) -> Exchange:
        found = exchange(interaction)
        return found if interaction.index != 1 else replace(found, faults=(CassetteError("the body is too large"),))

    monkeypatch.setattr("cassette_cli.commands.base.exchange", too_large)
    path = str(SAMPLES / "go_vcr" / "http_json.yaml")
    assert cli.run(["ls", "--json", path]) == 2
    told = capsys.readouterr()
    place = (SAMPLES / "go_vcr" / "http_json.yaml").read_text(encoding="utf-8").splitlines().index("    - id: 1") + 1
    assert told.err == f"{path}:{place}:7: the body is too large\n"
    assert names(json.loads(told.out)) == ["http_json.yaml 0", "http_json.yaml 1", "http_json.yaml 2"]
