"""Directories are searched by content, as git sees them, and no file comes twice."""

import gzip
import os
from pathlib import Path

import pytest
from sampled import RECORDINGS

from cassette_cli.errors import CassetteError
from cassette_cli.search import Found, did_you_mean, find, looks_like_cassette

CASSETTE = "interactions:\n- request: {}\n"


def put(folder: Path, *names: str, text: str = CASSETTE) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def found(*paths: str) -> list[str]:
    return [each.path if isinstance(each, Found) else f"! {each}" for each in find(paths)]


LOOKS = {
    "VCR.py": "interactions:\n- request:\n    body: null\n",
    "go-vcr": "---\nversion: 2\ninteractions:\n  - id: 0\n",
    "Ruby VCR": "---\nhttp_interactions:\n- request:\n    method: post\n",
    "empty VCR.py": "interactions: []\n",
    "CRLF": "version: 1\r\ninteractions:\r\n- request: {}\r\n",
    "comments first": "# recorded by hand\n#\n\nversion: 1\ninteractions:\n- request: {}\n",
    "directive and tag": "%YAML 1.1\n--- \n!tape\nname: x\ninteractions:\n- recorded: 1\n",
    "a conflict of git": "<<<<<<< HEAD\ninteractions:\n- request: {}\n=======\n",
    "quoted key": '"interactions":\n- request: {}\n',
    "byte order mark": "\ufeffinteractions:\n- request: {}\n",
    "httpmock": "when:\n  path: /v1/messages\nthen:\n  status: 200\n",
    "HAR as YAML": "log:\n  _recordingName: x\n  entries: []\n",
    "php-vcr": "\n-\n    request:\n        method: GET\n",
    "JSON": '{"version": 1, "interactions": [',
    "JSON over lines": '{\n  "interactions" : [\n',
    "Betamax": '{"recorded_with": "betamax/0.4.2", "http_interactions": [{',
    "HAR": '\ufeff{\n  "log": {\n    "version": "1.2",',
    "dd-apm-test-agent": '{\n  "request": {\n    "method": "POST"',
    "Azure": '{\n  "Entries": [\n',
    "NUL": "interactions:\n\0",
    "nock": '[\n  {\n    "scope": "https://api.example:443",',
    "ExVCR": '[\n  {\n    "request": {\n      "body": "",',
    "WireMock": '{\n  "id" : "c7c5",\n  "request" : {\n    "url" : "/v1/messages",',
    "WireMock, several": '{\n  "mappings": [ {',
    "langchain-tests": "requests:\n- body: !!binary |\n    eyJuIjoxfQ==\n",
    "cassetter's TOML": '# a\nversion = 1\n\n[[interactions]]\nrecorded_at = "x"\n',
    "cachy": '{"key": "2901a2a6", "response": "{}"}\n',
    "snapshots of an agent": "models:\n  - a\nconversations:\n  - messages:\n",
}
LOOKS_NOT = {
    "nothing": "",
    "compose file": "version: '3'\nservices:\n  web: {}\n",
    "key deeper down": "app:\n  interactions:\n  - x\n",
    "Python": "import os\n\n\nclass A:\n    pass\n\n\ninteractions: list[int] = []\n",
    "prose": "Recordings begin with\n\ninteractions:\n- request\n",
    "other JSON": '{"name": "x", "dependencies": {}}',
    "launch.json": '{"configurations": [{"request": "launch"}]}',
    "JSON Schema": '{"properties": {"interactions": 1}}',
    "other TOML": '[project]\nname = "interactions"\n',
    "description of an API": '{"methods": {"get": {"request": {"$ref": "Change"}}}}',
    "resources of boto": '{"service": {"actions": {"Create": {"request": { "operation": "Create" }}}}}',
    "resources of a pod": "requests:\n  cpu: 100m\n",
    "keys and responses": '{"key": "some words", "response": "x"}',
    "binary": "\x7fELF\0\ninteractions:\n",
    "SSE": 'event: message_start\ndata: {"type":"message_start"}\n',
}


@pytest.mark.parametrize("text", LOOKS.values(), ids=LOOKS.keys())
def test_looks_like_a_cassette(text: str) -> None:
    assert looks_like_cassette(text.encode())


def test_a_file_under_gzip_is_looked_into() -> None:
    packed = gzip.compress(CASSETTE.encode() * 10_000)
    assert looks_like_cassette(packed)
    assert looks_like_cassette(packed[:100])
    assert not looks_like_cassette(gzip.compress(b"services: {}\n"))
    assert not looks_like_cassette(b"\x1f\x8b\x08\x00interactions:")


@pytest.mark.parametrize("text", LOOKS_NOT.values(), ids=LOOKS_NOT.keys())
def test_looks_like_something_else(text: str) -> None:
    assert not looks_like_cassette(text.encode())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_names_are_sorted_and_read_as_they_were_given(here: Path) -> None:
    put(here, "b/2.yaml", "b/10.yaml", "a.yaml", "c.yaml")
    assert found(".") == ["a.yaml", "b/10.yaml", "b/2.yaml", "c.yaml"]
    assert found("b") == ["b/10.yaml", "b/2.yaml"]
    assert found("./b/") == ["b/10.yaml", "b/2.yaml"]
    assert found(str(here / "b")) == [str(here / "b/10.yaml"), str(here / "b/2.yaml")]


def test_no_file_comes_twice(here: Path) -> None:
    put(here, "a/1.yaml")
    (here / "a" / "2.yaml").symlink_to("1.yaml")
    assert found("a/1.yaml", "a", "./a/1.yaml", "-", "-") == ["a/1.yaml", "-"]


def test_files_named_outright_are_not_looked_at(here: Path) -> None:
    put(here, "notes.txt", text="hello")
    assert list(find(["notes.txt", "absent"])) == [Found("notes.txt", True), Found("absent", True)]
    assert found(".") == []


def test_hidden_files_are_passed_over(here: Path) -> None:
    put(here, ".hidden.yaml", ".venv/a.yaml", "a.yaml", ".git/a.yaml")
    assert found(".") == ["a.yaml"]
    assert found(".venv") == [".venv/a.yaml"]


def test_links_lead_in_no_circle(here: Path) -> None:
    put(here, "a/1.yaml")
    (here / "a" / "up").symlink_to(here)
    (here / "a" / "self").symlink_to("self")
    (here / "gone").symlink_to("nowhere")
    assert found(".") == ["a/1.yaml"]
    assert found("a/up") == ["a/up/a/1.yaml"]


def test_gitignore_counts_in_a_work_tree(here: Path) -> None:
    put(here, "a.yaml", "b.yaml", "build/1.yaml", "sub/b.yaml", "sub/keep/b.yaml", "sub/x.tmp", "deep/build/2.yaml")
    put(here, ".gitignore", text="b.yaml\n/build/\n*.tmp\n")
    put(here, "sub/keep/.gitignore", text="!b.yaml\n")
    assert "b.yaml" in found(".")
    put(here, ".git/info/exclude", text="sub/x*\n")
    assert found(".") == ["a.yaml", "deep/build/2.yaml", "sub/keep/b.yaml"]
    assert found("sub", "deep") == ["sub/keep/b.yaml", "deep/build/2.yaml"]


def test_an_ignored_directory_can_be_named(here: Path) -> None:
    put(here, ".git/HEAD", "build/1.yaml", "build/2.yaml")
    put(here, ".gitignore", text="build/\n")
    put(here, "build/.gitignore", text="2.yaml\n")
    assert found(".") == []
    assert found("build") == ["build/1.yaml", "build/2.yaml"]


def test_a_work_tree_within_another_has_its_own_rules(here: Path) -> None:
    put(here, ".git/HEAD", "module/a.yaml", "module/b.yaml", "a.yaml")
    put(here, ".gitignore", text="a.yaml\n")
    put(here, "module/.git", text="gitdir: ../.git/modules/module\n")
    put(here, "module/.gitignore", text="b.yaml\n")
    assert found(".") == ["module/a.yaml"]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_what_cannot_be_read_is_said(here: Path) -> None:
    put(here, "a.yaml", "shut/b.yaml")
    (here / "a.yaml").chmod(0)
    (here / "shut").chmod(0)
    try:
        told = found(".")
    finally:
        (here / "shut").chmod(0o755)
    assert told == ["! a.yaml: cannot be read: Permission denied", "! shut: cannot be read: Permission denied"]


def test_a_directory_that_fails_on_the_way_stops_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here, "a/1.yaml", "b/2.yaml")
    scandir = os.scandir

    def fail_for_a(path: str) -> object:
        if path == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail_for_a)
    first, second = find(["."])
    assert isinstance(first, CassetteError)
    assert str(first) == "a: cannot be read: Permission denied"
    assert second == Found("b/2.yaml", False)


def test_every_sample_looks_like_a_cassette() -> None:
    assert RECORDINGS
    assert [path for path in RECORDINGS if not looks_like_cassette(path.read_bytes()[:16_384])] == []


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("tests/cassettes/mutli_tool.yaml", "tests/cassettes/multi_tool.yaml"),
        ("tests/cassettes/multi_tool", "tests/cassettes/multi_tool.yaml"),
        ("tests/casettes/multi_tool.yaml", "tests/cassettes/multi_tool.yaml"),
        ("tets/casettes/multi_tol.yaml", "tests/cassettes/multi_tool.yaml"),
        ("test/", "tests/"),
        ("tests/cassettes/other.yaml", None),
        ("elsewhere/deep/multi_tool.yaml", None),
        ("tests/cassettes/multi_tool.yaml/x", None),
        ("", None),
    ],
)
def test_a_path_that_may_have_been_meant(
    path: str, meant: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tests" / "cassettes").mkdir(parents=True)
    (tmp_path / "tests" / "cassettes" / "multi_tool.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert did_you_mean(path) == (f"; did you mean {meant}?" if meant else "")
