"""`cassette rechunk --to`: the other form of the same reply."""

import json
from pathlib import Path

import pytest
from edits import SAMPLES
from jsonschema import Draft202012Validator

from cassette_cli import cli, files, shipped
from cassette_cli.exchange import exchange


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "chat.yaml"
    target.write_bytes((SAMPLES / "go_vcr/openai_chat_sse_add_multiply.yaml").read_bytes())
    return target


def test_there_and_back_in_place(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = [exchange(each).reply for each in files.read(str(path)).interactions]
    assert cli.run(["rechunk", str(path), "--to", "plain"]) == 0
    assert capsys.readouterr().err == f"{path}: 2 replies to plain, 22 events → 2\n"
    assert [exchange(each).reply for each in files.read(str(path)).interactions] == before
    assert cli.run(["rechunk", str(path), "--to", "stream", "--by", "word"]) == 0
    assert [exchange(each).reply for each in files.read(str(path)).interactions] == before
    assert [exchange(each).streamed for each in files.read(str(path)).interactions] == [True, True]


def test_json_names_the_form(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["rechunk", str(path), "--to", "plain", "-i", "1", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(shipped.schema("cassette.rechunk/1"))).validate(document)
    assert document["cassettes"][0]["to"] == "plain"
    assert document["cassettes"][0]["interactions"][0]["events"] == {"before": 8, "after": 1}


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--to", "nothing"], "there are plain and stream"),
        (["--to", "plain", "--by", "word"], "leaves no stream to cut"),
        (["--to", "plain", "--noise", "crlf"], "leaves no stream to cut"),
    ],
)
def test_what_does_not_go_together(path: Path, args: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert cli.run(["rechunk", str(path), *args]) == 2
    assert why in capsys.readouterr().err
    assert path.read_bytes() == before
