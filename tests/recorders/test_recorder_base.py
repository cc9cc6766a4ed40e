"""What all recorders share: whatever the shape, reading never fails but with a place, and one recorder at most says
yes."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import often

from cassette_cli import files
from cassette_cli.document import from_json, from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.tree import get
from cassette_cli.errors import CassetteError
from cassette_cli.recorders import RECORDERS
from cassette_cli.recorders.base import body_lens, headers_of, is_empty, names_of, text_lens, version_of, whole_number

ASKED = [
    *(
        "method",
        "url",
        "uri",
        "headers",
        "body",
        "parsed_body",
        "postData",
        "bodyPatterns",
        "urlPath",
        "path",
        "header",
    ),
    *("query_param", "request_body", "bodySize"),
]
ANSWERED = [
    *("headers", "body", "content", "parsed_body", "status", "code", "status_code", "duration", "type", "binary"),
    *("bodyFileName", "jsonBody", "header", "body_base64", "body_encoding"),
]
FLAT = [
    *(
        "scope",
        "path",
        "status",
        "response",
        "rawHeaders",
        "RequestUri",
        "StatusCode",
        "ResponseBody",
        "ResponseHeaders",
    ),
    *("method", "url", "status_code", "response_body", "key", "uri"),
]
WITHIN = [
    *("string", "base64_string", "encoding", "state", "args", "code", "message", "Accept", "name", "value", "text"),
    *("params", "equalTo", "equalToJson", "type", "content", "Content-Type", "Content-Encoding"),
]
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(["200 OK", "1.5s", "aGk="])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WITHIN), inner, max_size=5)
)
EXCHANGES = st.fixed_dictionaries(
    {
        "request": st.fixed_dictionaries({}, optional=dict.fromkeys(ASKED, VALUES)),
        "response": st.fixed_dictionaries({}, optional=dict.fromkeys(ANSWERED, VALUES)),
    },
    optional={"id": VALUES, "recorded_at": VALUES},
)
INTERACTIONS = st.lists(EXCHANGES | VALUES, max_size=3)
LISTS = st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FLAT, VALUES)), max_size=2) | INTERACTIONS
RECORDED_WITH = st.sampled_from(["VCR 6.1.0", "betamax/0.9.0", "vcr/1.0.0", "VCR-vcr/2.1.0"]) | VALUES
ROOTS = st.one_of(
    st.fixed_dictionaries({"interactions": LISTS | VALUES}, optional={"version": VALUES}),
    st.fixed_dictionaries({"http_interactions": INTERACTIONS | VALUES}, optional={"recorded_with": RECORDED_WITH}),
    st.fixed_dictionaries({"log": st.fixed_dictionaries({"entries": INTERACTIONS | VALUES}) | VALUES}),
    st.fixed_dictionaries({"Entries": LISTS | VALUES}),
    st.fixed_dictionaries({"mappings": INTERACTIONS | VALUES}),
    st.fixed_dictionaries({"requests": LISTS | VALUES, "responses": LISTS | VALUES}),
    st.fixed_dictionaries({"key": VALUES, "response": VALUES}, optional={"status_code": VALUES, "binary": VALUES}),
    EXCHANGES.map(lambda each: {"when": each["request"], "then": each["response"]}),
    EXCHANGES,
    LISTS,
)


@often(3)
@given(ROOTS)
def test_no_shape_fails_but_with_a_place(root: Any) -> None:
    text = json.dumps(root)
    document = Document(text, (from_json.parse(text),))
    for recorder in RECORDERS:
        if recorder.NAME == "httprr":  # its trees are made by its own parser
            continue
        recorder.version(document.roots[0])
        try:
            found = recorder.interactions(document)
            assert all(fault.message for fault in recorder.faults(document))
        except CassetteError as error:
            where: int | None = error.where.line
        else:
            where = 1
            assert [each.index for each in found] == list(range(len(found)))
        assert where == 1


@often(5)
@given(ROOTS)
def test_at_most_one_recorder_says_yes(root: Any) -> None:
    node = from_json.parse(json.dumps(root))
    assert sum(recorder.matches(node) for recorder in RECORDERS) <= 1


def document_of(text: str) -> Document:
    return Document(text, from_yaml.parse(text))


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("{A: b, A: c}", [("A", "b"), ("A", "c")]),
        ("{a: [1, true, null, '']}", [("a", "1"), ("a", "true"), ("a", ""), ("a", "")]),
        ("{a: !!python/tuple [x, y]}", [("a", "x"), ("a", "y")]),
        ("{a: !!binary 'w6k=', b: !!binary '/w=='}", [("a", "é"), ("b", "\udcff")]),
        ("{? !!binary 'QQ==' : b}", [("A", "b")]),
        ("{? !!python/object/apply:multidict.istr [A] : [b]}", [("A", "b")]),
        ("{? !!python/object/new:multidict.istr {args: [A]} : b}", [("A", "b")]),
        ("{a: !!binary '[gone]'}", [("a", "[gone]")]),
        ("{a: {b: c}, d: [[e], {f: g}], ? {h: i} : j, ? [] : k, ~: l}", []),
        ("[a, b]", []),
        ("text", []),
    ],
)
def test_headers(text: str, headers: list[tuple[str, str]]) -> None:
    document = document_of(text)
    assert [(header.name, header.value.text) for header in headers_of(document, document.root)] == headers


def test_bytes_are_not_guessed_and_a_tag_over_no_base64_is_text() -> None:
    for text, expected in (("aGk=", "aGk="), ("!!binary aGk=", b"hi"), ("!!binary REDACTED!", "REDACTED!")):
        document = document_of(text)
        body = body_lens(document, document.root)
        assert body is not None
        assert body.text == expected


def test_a_text_may_lie_in_base64() -> None:
    document = document_of("!!binary aHR0cHM6Ly9h")
    lens = text_lens(document, document.root)
    assert lens is not None
    assert lens.text == "https://a"


@pytest.mark.parametrize(
    ("text", "number"),
    [("200", 200), ("'200'", 200), ("-1", -1), ("2.5", None), ("", None), ("x", None), ("[2]", None), ("9" * 99, None)],
)
def test_whole_number(text: str, number: int | None) -> None:
    assert whole_number(get(document_of(f"- {text}").root, 0)) == number


@pytest.mark.parametrize(
    ("text", "version"),
    [("version: 2", 2), ("version: '2'", 2), ("version: beta", "beta"), ("version: []", None), ("a: 1", None)],
)
def test_version(text: str, version: int | str | None) -> None:
    (root,) = from_yaml.parse(text)
    assert version_of(root) == version


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("interactions: []", True),
        ("interactions: {}", True),
        ("version: 3\ninteractions: []", True),
        ("interactions:", False),
        ("interactions: [1]", False),
        ("interactions: []\nname: x", False),
        ("version: 1", False),
        ("[]", False),
    ],
)
def test_is_empty(text: str, empty: bool) -> None:
    (root,) = from_yaml.parse(text)
    assert is_empty(root) is empty


def test_names_of() -> None:
    (root,) = from_yaml.parse("{a: 1, b: 2, [c]: 3}")
    assert names_of(root) == {"a", "b"}


SOUND = """interactions:
- request: &asked
    method: GET
    uri: "https://a.example/"
    headers: &headers {}
    body: null
  response: &answered
    status: {code: 200, message: OK}
    headers: {}
    body: {string: ok}
"""


@pytest.mark.parametrize(
    "merging",
    [
        "- <<: {request: *asked}\n  response: *answered\n",
        "- request: {<<: *asked, method: POST}\n  response: *answered\n",
        "- request: *asked\n  response:\n    <<: *answered\n",
        "- request:\n    method: GET\n    headers:\n      <<: *headers\n  response: *answered\n",
    ],
)
def test_merge_keys_are_not_followed(merging: str) -> None:
    cassette = files.parse("a.yaml", f"{SOUND}{merging}version: 1\n")
    assert cassette is not None
    told = "a.yaml:11:3: interaction 1 has a merge key (<<), and merge keys are not followed"
    assert [str(fault) for fault in cassette.faults] == [told]


def test_a_quoted_key_is_no_merge_key() -> None:
    cassette = files.parse("a.yaml", SOUND.replace("&headers {}", "{'<<': [x]}") + "version: 1\n")
    assert cassette is not None
    assert cassette.faults == ()


def test_a_file_of_merge_keys_alone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("base: &b {request: {}}\ninteractions:\n- <<: *b\n")
    with pytest.raises(CassetteError, match=r"its first interaction has a merge key \(<<\), and merge keys are not"):
        files.read(str(path))
