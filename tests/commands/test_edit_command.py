"""`cassette edit`: what is written where, what is said, and what is refused."""

import io
import json
import sys
from pathlib import Path

import pytest
from edits import SAMPLES
from jsonschema import Draft202012Validator

from cassette_cli import cli, files, shipped
from cassette_cli.exchange import exchange

NAME = "go_vcr/openai_chat_sse_add_multiply.yaml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "chat.yaml"
    target.write_bytes((SAMPLES / NAME).read_bytes())
    return target


def said(path: Path, index: int = 1) -> str:
    reply = exchange(files.read(str(path)).interactions[index]).reply
    assert reply
    return "".join(getattr(part, "content", "") for part in reply.messages[0].parts)


def test_a_file_is_changed_in_place_and_silently(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["edit", str(path), "-i", "1", "--text", "It is 42."]) == 0
    assert capsys.readouterr() == ("", "")
    assert said(path) == "It is 42."


def test_the_same_change_again_writes_nothing(path: Path) -> None:
    assert cli.run(["edit", str(path), "-i", "1", "--text", "It is 42."]) == 0
    stamp = path.stat().st_mtime_ns
    assert cli.run(["edit", str(path), "-i", "1", "--text", "It is 42."]) == 0
    assert path.stat().st_mtime_ns == stamp


def test_another_file_takes_the_result(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    assert cli.run(["edit", str(path), "-i", "-1", "--text", "x", "-o", str(tmp_path / "b.yaml")]) == 0
    assert path.read_bytes() == before
    assert said(tmp_path / "b.yaml") == "x"


def test_standard_input_goes_to_standard_output(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert cli.run(["edit", "-", "-i", "1", "--text", "x"]) == 0
    (tmp_path / "b.yaml").write_bytes(capfdbinary.readouterr().out)
    assert said(tmp_path / "b.yaml") == "x"


def test_a_diff_writes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert cli.run(["edit", str(path), "-i", "0", "--tool-arg", "add.a=40", "--follow", "--diff"]) == 0
    rows = capsys.readouterr().out.split("\n")
    assert path.read_bytes() == before
    assert [row[0] for row in rows if row[:1] in ("-", "+") and row[:3] not in ("---", "+++")] == ["-", "+"] * 3


@pytest.mark.parametrize(
    ("args", "ids"),
    [
        (["--drop", "0"], [1]),
        (["--keep", "0"], [0]),
        (["--move", "1:0"], [1, 0]),
        (["--move", "0:-1"], [1, 0]),
        (["--copy", "0"], [0, 0, 1]),
        (["--copy", "1:0"], [1, 0, 1]),
        (["--copy", "0-1:2"], [0, 1, 0, 1]),
    ],
)
def test_interactions_are_arranged(path: Path, args: list[str], ids: list[int]) -> None:
    bodies = [each.request.body.text for each in files.read(str(path)).interactions]  # type: ignore[union-attr]
    assert cli.run(["edit", str(path), *args]) == 0
    after = files.read(str(path)).interactions
    assert [bodies.index(each.request.body.text) for each in after] == ids  # type: ignore[union-attr]
    assert [each.id for each in after] == [str(number) for number in range(len(ids))]


def test_json_says_what_was_done(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["edit", str(path), "-i", "0", "--tool-arg", "add.a=40", "--follow", "--json"]
    assert cli.run(args) == 0
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(shipped.schema("cassette.edit/1"))).validate(document)
    assert document["cassettes"] == [
        {"path": str(path), "output": str(path), "changed": True, "interactions": [0, 1], "notes": []}
    ]


def test_json_says_what_went_wrong(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["edit", str(path), "-i", "9", "--text", "x", "--json"]) == 2
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(shipped.schema("cassette.edit/1"))).validate(document)
    assert "no interaction 9" in document["errors"][0]["message"]


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ([], "say what to change"),
        (["--text", "x"], "-i says whose reply: there are 2 interactions"),
        (["-i", "0", "--text", "x"], "no text that could be changed"),
        (["--drop", "0", "--keep", "1"], "--drop and --keep exclude each other"),
        (["--drop", "9"], "no interaction 9"),
        (["--move", "1"], "--move takes WHICH:PLACE"),
        (["--move", "1:7"], "names no place"),
        (["-i", "1", "--text", "x", "--editor"], "--editor excludes"),
        (["-i", "1", "--text", "x", "--diff", "--json"], "no effect with it"),
        (["-i", "1", "--text", "x", "-o", "-", "--json"], "standard output"),
        (["--renumber", "--follow"], "--follow has no effect"),
        (["-i", "1", "--usage", "output_tokens=many"], "--usage takes FIELD=NUMBER"),
    ],
)
def test_what_is_refused_leaves_the_file_alone(
    path: Path, args: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = path.read_bytes()
    assert cli.run(["edit", str(path), *args]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert why in err
    assert path.read_bytes() == before


def test_several_interactions_at_once(path: Path) -> None:
    assert cli.run(["edit", str(path), "-i", "0-1", "--status", "503"]) == 0
    assert [each.response.status for each in files.read(str(path)).interactions] == [503, 503]


def script(tmp_path: Path, code: str) -> str:
    """An editor that changes the text of a document by a line of Python."""
    file = tmp_path / "editor.py"
    file.write_text(f"import sys\npath = sys.argv[1]\ntext = open(path).read()\n{code}\nopen(path, 'w').write(text)\n")
    return f"{sys.executable} {file}"


def test_an_editor_changes_a_reply(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", script(tmp_path, "text = text.replace('The sum', 'The whole').replace('200', '201')"))
    assert cli.run(["edit", str(path), "-i", "1", "--editor"]) == 0
    assert said(path).startswith("The whole of 2 and 3")
    assert files.read(str(path)).interactions[1].response.status == 201


def test_an_editor_that_changes_nothing(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", script(tmp_path, ""))
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    assert cli.run(["edit", str(path), "-i", "1", "--editor"]) == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("text = text.replace('status: 200', 'status: {')", "not YAML"),
        ("text = text.replace('messages:', 'messages: []\\nother:')", "there is no such field"),
        ("sys.exit(3)", "ended with code 3"),
    ],
)
def test_what_an_editor_leaves_may_be_refused(
    path: Path,
    tmp_path: Path,
    code: str,
    why: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VISUAL", script(tmp_path, code))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = path.read_bytes()
    assert cli.run(["edit", str(path), "-i", "1", "--editor"]) == 2
    err = capsys.readouterr().err
    assert why in err
    assert path.read_bytes() == before
    # What somebody wrote is not thrown away.
    assert ("is kept here" in err) == bool(list(tmp_path.glob("cassette-*"))) == (code != "sys.exit(3)")


def test_an_editor_that_is_not_there(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    assert cli.run(["edit", str(path), "-i", "1", "--editor"]) == 2
    assert "cannot be started" in capsys.readouterr().err
