"""WireMock: what a request is to be equal to, and bodies in the mapping or in files beside it."""

import json
from pathlib import Path
from typing import Any

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli import files
from cassette_cli.document.document import Companion
from cassette_cli.document.lens import Source
from cassette_cli.document.text import Edit, Span
from cassette_cli.errors import CassetteError
from cassette_cli.proof import prove


def mapping(request: dict[str, Any] | None = None, **response: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {"url": "/v1/chat", "method": "POST"}
    answered = {"status": 200, "headers": {"Content-Type": "text/plain", "X-A": ["b", "c"]}}
    return {"id": "c7c5", "request": asked | (request or {}), "response": answered | response}


def recording(request: dict[str, Any] | None = None, **response: Any) -> str:
    return json.dumps(mapping(request, **response), indent=2)


MATCHERS = {
    "headers": {"Content-Type": {"equalTo": "application/json"}, "Accept": {"contains": "json"}},
    "bodyPatterns": [{"matches": ".*"}, {"equalToJson": '{"n":1}', "ignoreArrayOrder": True}],
}


def test_what_is_read() -> None:
    cassette = read("WireMock", recording(MATCHERS, body="hello", statusMessage="Fine"))
    (found,) = cassette.interactions
    assert seen(found) == Seen(
        "POST",
        "/v1/chat",
        [("Content-Type", "application/json")],
        '{"n":1}',
        200,
        [("Content-Type", "text/plain"), ("X-A", "b"), ("X-A", "c")],
        "hello",
    )
    assert (found.id, found.response.reason, cassette.faults) == ("c7c5", "Fine", ())
    check_laws(cassette)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"bodyPatterns": [{"equalToJson": {"n": 1}}]}, '{"n":1}'),
        ({"bodyPatterns": [{"equalTo": "x"}]}, "x"),
        ({"bodyPatterns": [{"binaryEqualTo": "AP8="}]}, b"\x00\xff"),
        ({"bodyPatterns": [{"matchesJsonPath": "$.n"}]}, None),
    ],
)
def test_bodies_of_requests(request_: dict[str, Any], expected: str | bytes | None) -> None:
    assert seen(read("WireMock", recording(request_)).interactions[0]).request == expected


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({"jsonBody": {"n": [1]}}, '{"n":[1]}'),
        ({"base64Body": "AP8="}, b"\x00\xff"),
        ({"base64Body": "<gone>"}, "<gone>"),
        ({"status": None, "body": "a"}, "a"),
        ({}, None),
    ],
)
def test_bodies_in_the_mapping(response: dict[str, Any], expected: str | bytes | None) -> None:
    (found,) = map(seen, read("WireMock", recording(**response)).interactions)
    assert (found.status, found.response) == (200, expected)


@pytest.mark.parametrize("name", ["urlPath", "urlPattern", "urlPathPattern", "urlPathTemplate"])
def test_urls(name: str) -> None:
    text = json.dumps({"request": {name: "/a/.*", "method": "GET"}, "response": {"status": 204}})
    assert seen(read("WireMock", text).interactions[0]).url == "/a/.*"


def test_several_mappings_in_one_file() -> None:
    text = json.dumps({"mappings": [mapping(body="a"), mapping(body="b")], "meta": {"total": 2}}, indent=1)
    cassette = read("WireMock", text)
    assert [seen(each).response for each in cassette.interactions] == ["a", "b"]
    check_laws(cassette)


STREAM = 'data: {"n": 1}\n\n'


@pytest.fixture
def stubs(tmp_path: Path) -> Path:
    """A folder of mappings whose body lies in a file."""
    for name in ("mappings/deep", "__files/sub", "other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "mappings/deep/a.json").write_text(recording(bodyFileName="sub/a.txt"), encoding="utf-8")
    (tmp_path / "__files/sub/a.txt").write_text(STREAM, encoding="utf-8")
    (tmp_path / "other/secret.txt").write_text("not yours", encoding="utf-8")
    return tmp_path


def test_a_body_in_a_file_is_read_edited_and_written_there(stubs: Path) -> None:
    cassette = files.read(str(stubs / "mappings/deep/a.json"))
    body = cassette.interactions[0].response.body
    assert body is not None
    assert body.text == STREAM
    check_laws(cassette)
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
    path.write_text(recording(bodyFileName=name), encoding="utf-8")
    cassette = files.read(str(path))
    assert cassette.interactions[0].response.body is None
    (fault,) = cassette.faults
    assert f"interaction 0 has its body in __files/{name}, which cannot be read" in fault.message


def test_a_file_that_two_names_lead_to_is_one_text(stubs: Path) -> None:
    path = stubs / "mappings/a.json"
    both = {"mappings": [mapping(bodyFileName="sub/a.txt"), mapping(bodyFileName="./sub/a.txt")]}
    path.write_text(json.dumps(both), encoding="utf-8")
    companions = files.read(str(path)).document.companions
    assert companions["sub/a.txt"] is companions["./sub/a.txt"]


def test_a_mapping_without_its_folder() -> None:
    beside: dict[str, Companion] = {}
    cassette = read("WireMock", recording(bodyFileName="a.txt"), beside)
    assert [str(each) for each in cassette.faults] == [
        "a:16:21: interaction 0 has its body in __files/a.txt, which cannot be read"
    ]
    held = {"a.txt": Companion("b", Source("text"))}
    assert seen(read("WireMock", recording(bodyFileName="a.txt"), held).interactions[0]).response == "text"
