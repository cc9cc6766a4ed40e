"""`cassette rechunk` as people and programs run it."""

import json
import os
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cassette_cli import cli, files, shipped
from cassette_cli.exchange import exchange
from cassette_cli.rechunking.noise import NOISES
from cassette_cli.rechunking.strategies import STRATEGIES

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TOOLS = SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply.yaml"
# The same recording by httprr, which keeps the size of each chunk.
TRACE = SAMPLES / "httprr" / "openai_chat_sse_add_multiply.httprr"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording of two streamed replies, in a directory of its own, where the test is."""
    monkeypatch.chdir(tmp_path)
    return Path(copyfile(TOOLS, tmp_path / "tools.yaml")).relative_to(tmp_path)


def rechunk(*args: object) -> int:
    return cli.run(["rechunk", *map(str, args)])


def replies(path: str | Path) -> list[Any]:
    return [exchange(each).reply for each in files.read(str(path)).interactions]


def events(path: str | Path) -> list[int]:
    found = [exchange(each) for each in files.read(str(path)).interactions]
    return [sum(frame.number is not None for frame in each.frames) for each in found]


def test_in_place(tools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = replies(tools)

    assert rechunk(tools, "--by", "char") == 0
    assert replies(tools) == before
    assert events(tools) == [38, 52]
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "tools.yaml: 2 replies by char, 22 events → 90\n"


def test_only_lines_of_the_reply_change(tools: Path) -> None:
    before = tools.read_text(encoding="utf-8").splitlines()

    assert rechunk(tools, "--by", "size:3", "-i", "1") == 0

    after = tools.read_text(encoding="utf-8").splitlines()
    gone = [line for line in before if line not in after]
    assert gone
    assert all(line.strip().startswith("data: ") for line in gone)
    assert [line for line in after if line.strip() and not line.strip().startswith("data: ")] == [
        line for line in before if line.strip() and not line.strip().startswith("data: ")
    ]
    assert events(tools)[0] == 14


def test_as_recorded_nothing_is_written(tools: Path) -> None:
    before = tools.stat().st_mtime_ns

    assert rechunk(tools, "--by", "event") == 0
    assert tools.stat().st_mtime_ns == before


def test_elsewhere(tools: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    before = tools.read_bytes()

    assert rechunk(tools, "--by", "word", "-o", "new.yaml") == 0
    assert rechunk(tools, "--by", "word", "-o", "-") == 0
    assert tools.read_bytes() == before
    assert capsysbinary.readouterr().out == Path("new.yaml").read_bytes()
    assert replies("new.yaml") == replies(tools)


def test_standard_input(
    tools: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(tools.read_bytes())))

    assert rechunk("-", "--by", "word") == 0

    out = capsysbinary.readouterr().out
    assert rechunk(tools, "--by", "word") == 0
    assert tools.read_bytes() == out


def test_one_kind_of_text(tools: Path) -> None:
    assert rechunk(tools, "--by", "char", "--only", "text,reasoning") == 0
    assert events(tools) == [14, 52]


def test_a_seed_alone_means_random_pieces(tools: Path) -> None:
    for name, args in {"a": ["--seed", 7], "b": ["--by", "random:1-12", "--seed", 7], "c": ["--seed", 8]}.items():
        assert rechunk(tools, *args, "-o", f"{name}.yaml") == 0

    a, b, c = (Path(f"{name}.yaml").read_bytes() for name in "abc")
    assert a == b
    assert a != c


def test_variants(tools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rechunk(tools, "--variants", 7, "--seed", 3, "--out-dir", "some/where", "--noise", "crlf") == 0
    assert sorted(os.listdir("some/where")) == [
        "tools.char.crlf.yaml",
        "tools.hostile.crlf.yaml",
        "tools.random-1-12.seed3.crlf.yaml",
        "tools.random-1-12.seed4.crlf.yaml",
        "tools.token.crlf.yaml",
        "tools.whole.crlf.yaml",
        "tools.word.crlf.yaml",
    ]
    assert all(replies(f"some/where/{name}") == replies(tools) for name in os.listdir("some/where"))
    capsys.readouterr()

    assert rechunk(tools, "--variants", 1, "--out-dir", "some/where", "--noise", "crlf") == 2
    assert capsys.readouterr().err == "some/where/tools.whole.crlf.yaml: is there already; --force overwrites it\n"
    assert rechunk(tools, "--variants", 1, "--out-dir", "some/where", "--noise", "crlf", "--force") == 0


def test_variants_of_named_strategies(tools: Path) -> None:
    assert rechunk(tools, "--variants", 3, "--by", "size:2", "--by", "random:1-5", "--out-dir", "out") == 0
    assert sorted(os.listdir("out")) == [
        "tools.random-1-5.seed0.yaml",
        "tools.random-1-5.seed1.yaml",
        "tools.size-2.yaml",
    ]


def test_variants_of_two_recordings_with_one_name(tools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkdir("other")
    copyfile(tools, "other/tools.yaml")

    assert rechunk(tools, "other", "--variants", 1, "--out-dir", "out") == 2
    assert "out/tools.whole.yaml would hold variants of two recordings" in capsys.readouterr().err


def test_json(tools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rechunk(tools, "--by", "word", "--noise", "comments,pings", "--json") == 0

    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(shipped.schema("cassette.rechunk/1"))).validate(printed)
    (made,) = printed["cassettes"]
    assert (made["path"], made["output"], made["by"], made["seed"]) == ("tools.yaml", "tools.yaml", "word", None)
    assert made["noise"] == ["pings", "comments"]
    assert made["interactions"][1] == {
        "index": 1,
        "protocol": "openai.chat_completions",
        "framing": "sse",
        "events": {"before": 8, "after": 17},
        "channels": [{"where": "reply.messages[0].parts[0].content", "pieces": {"before": 4, "after": 13}}],
        "noise_left_out": ["no pings: openai.chat_completions has none"],
        "notes": [],
        "skipped": None,
    }


def test_json_of_faults(tools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.yaml").write_text("interactions: [\n", encoding="utf-8")

    assert rechunk("broken.yaml", tools, "--seed", "1", "--list", "--json") == 2

    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(shipped.schema("cassette.rechunk/1"))).validate(printed)
    assert [each["path"] for each in printed["errors"]] == ["broken.yaml"]
    assert printed["cassettes"][0]["output"] is None


def test_noise_that_changes_the_reply(tools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tools.read_bytes()

    assert rechunk(tools, "--noise", "cut-off:3") == 2
    assert capsys.readouterr().err == ("cassette: --noise cut-off:3 changes what the reply says; --lossy allows it\n")
    assert tools.read_bytes() == before
    assert rechunk(tools, "--noise", "cut-off:3", "--lossy") == 0
    assert [reply.complete for reply in replies(tools)] == [False, False]


def test_what_has_no_streamed_reply(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.yaml"
    copyfile(SAMPLES / "go_vcr" / "openai_chat_text.yaml", path)

    assert rechunk(path, "--by", "char") == 0
    assert capsys.readouterr().err == f"{path}: no streamed reply here, nothing to change\n"


def test_the_sizes_of_a_trace_stay_true(tmp_path: Path) -> None:
    path = tmp_path / TRACE.name
    copyfile(TRACE, path)

    assert rechunk(path, "--by", "char") == 0
    assert replies(path) == replies(TRACE)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "say what to change"),
        (["--by", "word", "--by", "char"], "--by takes one strategy"),
        (["--by", "word", "--seed", "3"], "--seed has no effect with --by word"),
        (["--by", "wrod"], "no strategy 'wrod'"),
        (["--by", "word", "--only", "texts"], "--only texts: there are text, reasoning, arguments"),
        (["--variants", "3"], "--variants and --out-dir go together"),
        (["--by", "word", "--force"], "--force has no effect without --variants"),
        (["--by", "word", "-o", "-", "--json"], "cannot both go to standard output"),
        (["--by", "word", "-o", "x", "--list"], "-o takes one recording"),
        (["--variants", "3", "--by", "word", "--out-dir", "out"], "word make 1 variants, not 3; add --by random"),
        (["--by", "word", "-i", "7"], "tools.yaml: no interaction 7 here"),
    ],
)
def test_what_does_not_go_together(
    tools: Path, args: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tools.read_bytes()

    assert rechunk(tools, *args) == 2
    assert message in capsys.readouterr().err
    assert tools.read_bytes() == before
    assert os.listdir() == ["tools.yaml"]


def test_help_names_every_strategy_and_noise(capsys: pytest.CaptureFixture[str]) -> None:
    assert rechunk("--help") == 0

    printed = capsys.readouterr().out
    rows = [(each.shown, each.help) for each in STRATEGIES] + [(each.shown, each.help) for each in NOISES]
    assert all(name in printed and help_ in printed for name, help_ in rows)


def test_a_body_in_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """WireMock keeps bodies beside its mappings: in place both are one recording, elsewhere it would have no body."""
    mapping, body = tmp_path / "mappings" / "chat.json", tmp_path / "__files" / "chat.txt"
    for path in (mapping, body):
        path.parent.mkdir()
    request = {"method": "POST", "url": "/v1/chat/completions"}
    response = {"status": 200, "headers": {"Content-Type": "text/event-stream"}, "bodyFileName": "chat.txt"}
    mapping.write_text(json.dumps({"request": request, "response": response}), encoding="utf-8")
    chunk = '{"choices":[{"index":0,"delta":{"role":"assistant","content":"%s"}%s}]}'
    body.write_text(f"data: {chunk % ('Hi', '')}\n\ndata: [DONE]\n\n", encoding="utf-8")
    before, held = replies(mapping), mapping.read_bytes()

    assert rechunk(mapping, "--by", "char", "-o", tmp_path / "other.json") == 2
    assert "its bodies lie in other files, so it changes in place only" in capsys.readouterr().err
    assert rechunk(mapping, "--by", "char") == 0
    assert replies(mapping) == before
    assert body.read_text(encoding="utf-8").count("data: ") == 3
    assert mapping.read_bytes() == held
