"""All recorders against real recordings: one of them knows each, and reads what a plain loader reads."""

import csv
import gzip
import json
from base64 import b64decode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from recorded import lenses, small_edit

from cassette_cli import files
from cassette_cli.document import from_yaml
from cassette_cli.document.document import Document
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Cassette, Request, Response
from cassette_cli.proof import prove
from cassette_cli.recorders import RECORDERS, detect
from cassette_cli.search import HEAD, looks_like_cassette

# The manifest's name of a format, and the recorder that is to say yes to it.
KNOWN = {
    "go-vcr v1": "go-vcr",
    "go-vcr v2": "go-vcr",
    "vcrpy-yaml": "VCR.py",
    "vcrpy-yaml (empty)": "VCR.py",
    "vcrpy-json": "VCR.py",
    "pydantic-ai parsed_body": "VCR.py",
    "ruby-vcr": "Ruby VCR",
    "rust-httpmock": "httpmock",
    "json-reqres (datadog)": "dd-apm-test-agent",
    "har-polly": "HAR",
    "har-polly-yaml": "HAR",
    "har-other": "HAR",
    "azure-test-proxy": "Azure test proxy",
    "nock": "nock",
    "wiremock": "WireMock",
    "r-vcr": "R vcr",
    "betamax": "Betamax",
    "exvcr": "ExVCR",
    "php-vcr": "PHP-VCR",
    "okreplay-yaml": "OkReplay",
    "dvr-swift": "DVR",
    "cassetter": "cassetter",
    "langchain reqs/resps yaml.gz": "langchain-tests",
    "other:llm-vcr-yaml": "llm-vcr",
    "other:json-list": "inline-snapshot",
    "other:cachy-jsonl": "cachy",
    "httprr": "httprr",
}
# What a plain loader finds in a file of any of these is what the recorder is to read.
LOADED = {"go-vcr", "VCR.py", "Ruby VCR"}
# Formats that are listed, and are none that a recorder of HTTP writes by itself.
NO_CASSETTES = {
    "wiremock __files body",
    "other:copilot-sdk-snapshot (not HTTP)",
    "other:mirascope mlx token cassette (not HTTP)",
    "other:pydantic-ai websocket",
    "other:pydantic-ai xai-grpc",
}


class Row(NamedTuple):
    """A line of the manifest, and the file's text."""

    path: str
    recorder: str
    interactions: int
    text: str


@cache
def rows(corpus: Path) -> list[Row]:
    with (corpus / "MANIFEST.tsv").open(newline="") as lines:
        found = list(csv.DictReader(lines, delimiter="\t"))
    return [
        Row(row["path"], row["recorder"], int(row["interactions"] or 0), _text(corpus / row["path"])) for row in found
    ]


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "surrogateescape")


@cache
def cassette_of(row: Row, corpus: Path) -> Cassette | None:
    """The cassette in a file, None where there is none."""
    try:
        return files.parse(str(corpus / row.path), row.text)
    except CassetteError:
        return None


class Loader(yaml.CSafeLoader):
    """PyYAML's, with the tags that VCR.py and Ruby VCR write."""


def _binary(loader: Loader, node: yaml.ScalarNode) -> bytes:
    return b64decode(node.value)


def _object(loader: Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return tuple(loader.construct_sequence(node, deep=True))
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


def _text_as_it_is(loader: Loader, node: yaml.ScalarNode) -> str:
    return str(node.value)


Loader.add_constructor("!binary", _binary)
Loader.add_multi_constructor("tag:yaml.org,2002:python/", _object)
# JSON has no dates; a body that was JSON had text there.
Loader.add_constructor("tag:yaml.org,2002:timestamp", _text_as_it_is)


class Side(NamedTuple):
    """A request or a response as plain loading gives it; `body` is bytes, or a structure that stood for JSON."""

    line: tuple[Any, ...]
    headers: list[tuple[str, str]]
    body: Any


def loaded(row: Row) -> Iterator[tuple[Side, Side]]:
    value = json.loads(row.text) if row.path.endswith(".json") else yaml.load(row.text, Loader)
    for each in value.get("http_interactions", value.get("interactions")):
        request, response = each["request"], each["response"]
        url = request["url"] if "url" in request else request["uri"]
        asked = Side((request["method"].upper(), url), _headers(request), _body(request))
        yield asked, Side(_status(response), _headers(response), _body(response))


def _status(response: dict[str, Any]) -> tuple[Any, ...]:
    if "code" in response:
        return response["code"], response["status"].partition(" ")[2] or None
    if "status_code" in response:
        return response["status_code"], None
    return response["status"]["code"], response["status"]["message"] or None


def _headers(side: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (name[0] if isinstance(name, tuple) else name, value.decode() if isinstance(value, bytes) else str(value))
        for name, held in (side.get("headers") or {}).items()
        for value in (held if isinstance(held, list) else [held])
    ]


def _body(side: dict[str, Any]) -> Any:
    if "parsed_body" in side:
        return side["parsed_body"]
    body = side.get("body", side.get("content"))
    if isinstance(body, dict):
        body = b64decode(body["base64_string"]) if "base64_string" in body else body.get("string")
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body


def read(side: Request | Response, expected: Any) -> Side:
    """A side as the recorder reads it, its body in the form that plain loading gave."""
    if isinstance(side, Request):
        line: tuple[Any, ...] = ((side.method or "").upper(), side.url.text if side.url else None)
    else:
        line = (side.status, side.reason)
    headers = [(header.name, header.value.text) for header in side.headers]
    return Side(line, headers, _held(side.body, expected))


def _held(body: BodyLens | None, expected: Any) -> Any:
    if body is None:
        return None
    if not isinstance(expected, bytes | None):
        return json.loads(body.text)
    return body.text.encode("utf-8", "surrogatepass") if isinstance(body.text, str) else body.text


def known_rows(corpus: Path) -> Iterator[tuple[Row, Cassette]]:
    for row in rows(corpus):
        cassette = cassette_of(row, corpus)
        if cassette is not None:
            yield row, cassette


def test_each_recording_is_known_to_one_recorder_and_no_other_file_to_any(corpus: Path) -> None:
    wrong = []
    for row in rows(corpus):
        cassette = cassette_of(row, corpus)
        root = cassette.document.root if cassette else None
        said_yes = [recorder.NAME for recorder in RECORDERS if root is not None and recorder.matches(root)]
        expected = [KNOWN[row.recorder]] if row.recorder in KNOWN else []
        if said_yes != expected:
            wrong.append((row.path, row.recorder, said_yes))
    assert wrong == []
    assert {row.recorder for row in rows(corpus)} == set(KNOWN) | NO_CASSETTES


def test_each_recording_has_the_interactions_that_the_manifest_counts(corpus: Path) -> None:
    wrong = []
    for row, cassette in known_rows(corpus):
        if len(cassette.interactions) != row.interactions or cassette.faults:
            wrong.append((row.path, len(cassette.interactions), row.interactions, cassette.faults))
    assert wrong == []


def test_each_recording_is_found_in_its_directory(corpus: Path) -> None:
    for row, cassette in known_rows(corpus):
        assert looks_like_cassette((corpus / row.path).read_bytes()[:HEAD]), (row.path, cassette.recorder)


def test_each_side_is_what_a_plain_loader_reads(corpus: Path) -> None:
    wrong = []
    for row, cassette in known_rows(corpus):
        if cassette.recorder not in LOADED:
            continue
        for found, (request, response) in zip(cassette.interactions, loaded(row), strict=True):
            for side, expected in ((found.request, request), (found.response, response)):
                if read(side, expected.body) != expected:
                    wrong.append((row.path, found.index, type(side).__name__))
    assert wrong == []


def test_every_text_of_the_other_recorders_can_be_edited(corpus: Path) -> None:
    """All texts of a file at once; the proof reads each of them again. What has no letter and no digit is left out."""
    edited = 0
    left = []
    for row, cassette in known_rows(corpus):
        if cassette.recorder in {*LOADED, "httprr"}:
            continue
        found = {lens: small_edit(lens) for lens in lenses(cassette)}
        changes = [(lens, edit) for lens, edit in found.items() if edit is not None]
        after = prove(cassette, changes, with_companions=True)
        assert after.document.text != cassette.document.text or not changes, row.path
        edited += len(changes)
        left += [lens.text for lens, edit in found.items() if edit is None and any(map(str.isalnum, lens.text))]
    assert edited > 4000
    assert left == []


def test_durations_and_times_are_read_wherever_the_file_has_them(corpus: Path) -> None:
    for row, cassette in known_rows(corpus):
        if cassette.recorder not in {"go-vcr", "Ruby VCR"}:
            continue
        found = cassette.interactions
        assert sum(each.duration_ms is not None for each in found) == row.text.count(" duration: ") - row.text.count(
            ' duration: ""'
        ), row.path
        if cassette.recorder == "Ruby VCR":
            assert all(each.recorded_at for each in found), row.path


def test_the_seeds_are_go_vcr(seeds: Path) -> None:
    for path in seeds.glob("*.yaml"):
        text = _text(path)
        document = Document(text, from_yaml.parse(text))
        recorder = detect(document)
        assert recorder is not None
        assert (recorder.NAME, len(recorder.interactions(document))) == ("go-vcr", 2)


@pytest.mark.parametrize("text", ["", "# nothing\n", "text\n", "[]\n", "a: 1\n", "- request: {}\n"])
def test_what_is_no_cassette_has_no_recorder(text: str) -> None:
    assert detect(Document(text, from_yaml.parse(text))) is None


def test_the_first_document_of_a_file_counts() -> None:
    text = "---\nversion: 2\ninteractions: []\n---\nother: 1\n"
    recorder = detect(Document(text, from_yaml.parse(text)))
    assert recorder is not None
    assert recorder.NAME == "go-vcr"
