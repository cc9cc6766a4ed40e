"""Bodies in files beside the recording: read, edited and written there, all files or none, and no other file."""

import json
from pathlib import Path
from typing import Any

import pytest
from planted import secret

from cassette_cli import cli, files
from cassette_cli.document.text import Edit, Span
from cassette_cli.errors import CassetteError
from cassette_cli.proof import prove


def stub(name: str) -> dict[str, Any]:
    return {"request": {"url": "/v1/chat", "method": "POST"}, "response": {"status": 200, "bodyFileName": name}}


def mapping(name: str) -> str:
    return json.dumps(stub(name), indent=2)


STREAM = 'data: {"n": 1}\n\n'


@pytest.fixture
def stubs(tmp_path: Path) -> Path:
    """A folder of mappings whose body lies in a file."""
    for name in ("mappings/deep", "__files/sub", "other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "mappings/deep/a.json").write_text(mapping("sub/a.txt"), encoding="utf-8")
    (tmp_path / "__files/sub/a.txt").write_text(STREAM, encoding="utf-8")
    (tmp_path / "other/secret.txt").write_text("not yours", encoding="utf-8")
    return tmp_path


def test_a_body_in_a_file_is_read_edited_and_written_there(stubs: Path) -> None:
    cassette = files.read(str(stubs / "mappings/deep/a.json"))
    body = cassette.interactions[0].response.body
    assert body is not None
    assert body.text == STREAM
    changes = [(body, Edit(Span(12, 13), "25"))]
    with pytest.raises(CassetteError, match=r"a\.txt: the body in this file cannot be changed by this command"):
        prove(cassette, changes)
    before = (stubs / "mappings/deep/a.json").read_bytes()
    files.store(cassette, prove(cassette, changes, with_companions=True))
    assert (stubs / "__files/sub/a.txt").read_text() == 'data: {"n": 25}\n\n'
    assert (stubs / "mappings/deep/a.json").read_bytes() == before


def test_bytes_in_a_file(stubs: Path) -> None:
    (stubs / "__files/sub/a.txt").write_bytes(b"\x00\xff\x1f\x8b")
    cassette = files.read(str(stubs / "mappings/deep/a.json"))
    body = cassette.interactions[0].response.body
    assert body is not None
    assert body.text == b"\x00\xff\x1f\x8b"
    files.store(cassette, prove(cassette, [(body, Edit(Span(1, 2), b"\xfe"))], with_companions=True))
    assert (stubs / "__files/sub/a.txt").read_bytes() == b"\x00\xfe\x1f\x8b"


def test_both_files_change_or_none(stubs: Path) -> None:
    path = stubs / "mappings/deep/a.json"
    cassette = files.read(str(path))
    interaction = cassette.interactions[0]
    assert interaction.request.url is not None
    assert interaction.response.body is not None
    changes = [(interaction.request.url, Edit(Span(0, 0), "/x")), (interaction.response.body, Edit(Span(0, 0), "x"))]
    after = prove(cassette, changes, with_companions=True)
    held = path.read_bytes()
    (stubs / "__files/sub/a.txt").write_text("changed", encoding="utf-8")
    with pytest.raises(CassetteError, match=r"a\.txt: changed since it was read"):
        files.store(cassette, after)
    assert path.read_bytes() == held
    assert sorted(each.name for each in stubs.rglob(".cassette-*")) == []
    (stubs / "__files/sub/a.txt").write_text(STREAM, encoding="utf-8")
    files.store(cassette, after)
    assert b'"/x/v1/chat"' in path.read_bytes()
    assert (stubs / "__files/sub/a.txt").read_text() == "x" + STREAM


@pytest.mark.parametrize(
    "name",
    ["../other/secret.txt", "sub/../../other/secret.txt", "link.txt", "folder", "gone.txt", "/etc/hostname", "a\0"],
)
def test_a_name_leads_out_of_the_folder_by_no_way(stubs: Path, name: str) -> None:
    (stubs / "__files/link.txt").symlink_to(stubs / "other/secret.txt")
    (stubs / "__files/folder").mkdir()
    path = stubs / "mappings/a.json"
    path.write_text(mapping(name), encoding="utf-8")
    cassette = files.read(str(path))
    assert cassette.interactions[0].response.body is None
    (fault,) = cassette.faults
    assert f"interaction 0 has its body in __files/{name}, which cannot be read" in fault.message


def test_a_file_that_two_names_lead_to_is_one_text(stubs: Path) -> None:
    path = stubs / "mappings/a.json"
    both = {"mappings": [stub("sub/a.txt"), stub("./sub/a.txt")]}
    path.write_text(json.dumps(both), encoding="utf-8")
    companions = files.read(str(path)).document.companions
    assert companions["sub/a.txt"] is companions["./sub/a.txt"]


def test_redact_changes_a_body_where_it_lies(stubs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, file, path = secret(), stubs / "__files/sub/a.txt", str(stubs / "mappings/deep/a.json")
    file.write_text(f"One.\nThe key is {key}.\n", encoding="utf-8")
    assert cli.run(["redact", "--check", path]) == 1
    assert capsys.readouterr().out.startswith(f"{file}:2:12: interaction 0: response.body: openai-api-key ")
    assert cli.run(["redact", "--diff", path]) == 1
    assert f"--- {file}\n" in capsys.readouterr().out
    assert cli.run(["redact", "--output", str(stubs / "out.json"), path]) == 2
    assert "the body in this file cannot be changed by this command" in capsys.readouterr().err
    assert not (stubs / "out.json").exists()
    assert cli.run(["redact", path]) == 0
    assert file.read_text() == "One.\nThe key is <openai-api-key-1>.\n"
