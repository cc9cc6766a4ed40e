"""WireMock: what a request is to be equal to, and bodies in the mapping or in files beside it."""

import json
from typing import Any

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli.document.document import Companion
from cassette_cli.document.lens import Source


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


def test_a_mapping_without_its_folder() -> None:
    beside: dict[str, Companion] = {}
    cassette = read("WireMock", recording(bodyFileName="a.txt"), beside)
    assert [str(each) for each in cassette.faults] == [
        "a:16:21: interaction 0 has its body in __files/a.txt, which cannot be read"
    ]
    held = {"a.txt": Companion("b", Source("text"))}
    assert seen(read("WireMock", recording(bodyFileName="a.txt"), held).interactions[0]).response == "text"
