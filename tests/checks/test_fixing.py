"""What --fix makes of recordings: the faults are gone, and all else is as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from faults import GZIPPED, JSON_TYPE, cassette_of, go_vcr, header, one, scene_of, vcrpy, yaml_with_binary
from sampled import RECORDINGS

from cassette_cli import files
from cassette_cli.checks.base import Fix, Scene
from cassette_cli.checks.fixing import plan
from cassette_cli.checks.registry import problems
from cassette_cli.checks.settings import CheckSettings, Level
from cassette_cli.document.text import splice
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette
from cassette_cli.proof import prove

MENDED = CheckSettings(level=Level.NOTE, select=("body-*", "content-*", "header-*"))


def mended(cassette: Cassette) -> Cassette:
    scene = scene_of(cassette, MENDED)
    fixes = [problem.fix for problem in problems(scene) if problem.fix]
    found = plan(cassette, scene.exchanges, fixes)
    after = prove(cassette, *found)
    assert splice(cassette.document.text, found.edits(cassette.document)) == after.document.text
    return after


def with_text(text: str, headers: str = "") -> str:
    """The same as `yaml_with_binary`, the scalar as it stands in the file."""
    return yaml_with_binary(b"", headers).replace("!!binary |\n        \n", text)


ROWS = [
    (
        vcrpy(one(response="abc", got={"Content-Length": "9"})),
        vcrpy(one(response="abc", got={"Content-Length": "3"})),
    ),
    (
        vcrpy(one(response="abc", got={"content-encoding": "gzip", "content-length": "9", "x": "y"})),
        vcrpy(one(response="abc", got={"content-length": "3", "x": "y"})),
    ),
    (
        vcrpy(one(response="abc", got=JSON_TYPE | {"Date": "d", "x-request-id": "1"}, sent={"traceparent": "t"})),
        vcrpy(one(response="abc", got=JSON_TYPE, sent={})),
    ),
    (
        go_vcr(one() | {"response": {"status": 200, "headers": {}, "body": "abc", "content_length": 4}}),
        go_vcr(one() | {"response": {"status": 200, "headers": {}, "body": "abc", "content_length": 3}}),
    ),
    (
        yaml_with_binary(GZIPPED, header("content-encoding", "gzip") + header("content-length", "'39'")),
        with_text("|-\n        Hello, hello, hello\n", header("content-length", "'19'")),
    ),
    (
        yaml_with_binary(b"two\nlines\n"),
        with_text("|\n        two\n        lines\n"),
    ),
    (
        yaml_with_binary("5\u0000\r\n".encode()),
        yaml_with_binary("5\u0000\r\n".encode()),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ROWS, ids=range(len(ROWS)))
def test_before_and_after(before: str, after: str) -> None:
    assert mended(cassette_of(before)).document.text == after


def check_mended(cassette: Cassette) -> None:
    """What each message says is as it was, and nothing is left to mend."""
    after = mended(cassette)
    scene = scene_of(after, MENDED)
    assert [problem for problem in problems(scene) if problem.fix] == []
    for old, new in zip(map(exchange, cassette.interactions), scene.exchanges, strict=True):
        assert _said(old.content) == _said(new.content)
        assert _said(old.request_content) == _said(new.request_content)
        assert old.reply == new.reply


def _said(content: object) -> object:
    return getattr(content, "text", None)


@pytest.mark.parametrize(
    "path",
    RECORDINGS,
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_samples(path: Path) -> None:
    check_mended(files.read(str(path)))


def test_the_corpus(corpus: Path) -> None:
    for cassette in files.load([str(corpus)]):
        assert not isinstance(cassette, CassetteError), cassette
        check_mended(cassette)


def test_a_body_that_no_tag_marks_cannot_be_written_as_text() -> None:
    cassette = cassette_of(vcrpy(one()))
    scene: Scene = replace(scene_of(cassette))
    with pytest.raises(CassetteError, match="cannot be written as text"):
        plan(cassette, scene.exchanges, [Fix(0, "response", unpack=True)])
