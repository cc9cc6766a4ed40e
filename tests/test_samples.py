"""Every recording in samples/: read by the one recorder that made it, as what was sent, and shown alike whoever
recorded it."""

import json
import subprocess
import sys
from importlib import import_module
from importlib.resources import files as resources
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from jsonschema import Draft202012Validator

from cassette_cli import files, framing, protocols
from cassette_cli.document.lens import Lens, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.model import BodyLens, Cassette
from cassette_cli.protocols.base import ProtocolModule
from cassette_cli.recorders import RECORDERS
from samples.make.case import Case
from samples.make.table import RECORDINGS, Recording

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

Json = Any

each_recording = pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: recording.file)
each_case = pytest.mark.parametrize(
    "case",
    {recording.case.name: recording.case for recording in RECORDINGS}.values(),
    ids=lambda case: case.name,
)


# Recorders whose languages or services samples/make does not have; their tests make files by hand.
WITHOUT_SAMPLE = {
    *("azure_test_proxy", "cachy", "cassetter", "dd_apm_test_agent", "dvr", "exvcr", "inline_snapshot"),
    *("langchain_tests", "llm_vcr", "okreplay", "php_vcr", "r_vcr", "wiremock"),
}


def read(recording: Recording) -> Cassette:
    return files.read(str(SAMPLES / recording.file))


def test_the_folder_holds_what_the_table_lists() -> None:
    folders = {recording.variant.folder for recording in RECORDINGS}
    there = {f"{folder}/{path.name}" for folder in folders for path in (SAMPLES / folder).iterdir()}

    assert there == {recording.file for recording in RECORDINGS}


def test_every_recorder_has_a_sample() -> None:
    folders = {recording.variant.folder for recording in RECORDINGS}
    recorders = {recorder.__name__.rsplit(".", 1)[-1] for recorder in RECORDERS}  # type: ignore[attr-defined]  # a Recorder is a module

    assert recorders == folders | WITHOUT_SAMPLE
    assert folders & WITHOUT_SAMPLE == set()


# Replies of these come whole, or in a stream only.
WHOLE = {
    "anthropic_count_tokens", "bedrock_count_tokens", "cohere_embed", "google_cached_content", "google_count_tokens",
    "google_embed_content", "ollama_embed", "openai_embeddings", "openai_moderations",
}  # fmt: skip
STREAMED = {"anthropic_batches", "bedrock_agents", "openai_batches"}
# Those with fields or events of their own, by the protocol that they speak.
DIALECTS = {
    "openai_chat": ("openrouter", "mistral", "deepseek", "groq", "perplexity", "azure"),
    "anthropic": ("vertex",),
    "google_generate_content": ("partial_arguments", "code_assist"),
    "bedrock_invoke": ("messages", "llama", "nova", "titan"),
}


def cases_of(protocol: str) -> list[tuple[str | None, str]]:
    """The framing (None: whole) and the name of each case of a protocol's module."""
    names = {recording.case.name for recording in RECORDINGS if _module(recording.case.name) == protocol}
    rest = [_split(name.removeprefix(f"{protocol}_"), framing) for name in sorted(names)]
    return [(cut, case) for cut, case in rest if not case.startswith(("error", "cut_off"))]


def _name(protocol: ProtocolModule) -> str:
    return protocol.__name__.rsplit(".", 1)[-1]  # type: ignore[attr-defined,no-any-return]  # it is a module


def _module(name: str) -> str:
    """The longest name of a protocol's module that a case's name begins with."""
    modules = map(_name, protocols.PROTOCOLS)
    return max((module for module in modules if name.startswith(f"{module}_")), key=len, default="")


@pytest.mark.parametrize("protocol", protocols.PROTOCOLS, ids=lambda protocol: protocol.NAME)
def test_every_protocol_has_samples_plain_and_streamed(protocol: ProtocolModule) -> None:
    name = _name(protocol)
    streamed = {cut is not None for cut, _ in cases_of(name)}

    assert streamed == ({False} if name in WHOLE else {True} if name in STREAMED else {False, True})


@pytest.mark.parametrize("cut", framing.FRAMINGS, ids=lambda cut: cut.NAME)
def test_every_framing_has_a_sample(cut: ModuleType) -> None:
    framings = {found for protocol in protocols.PROTOCOLS for found, _ in cases_of(_name(protocol))}

    assert (None if cut is framing.whole else cut.NAME) in framings


@pytest.mark.parametrize(("protocol", "dialect"), [(name, each) for name, all_ in DIALECTS.items() for each in all_])
def test_every_dialect_has_a_sample(protocol: str, dialect: str) -> None:
    assert dialect in [case for _, case in cases_of(protocol)]


@each_recording
def test_one_recorder_reads_it(recording: Recording) -> None:
    cassette = read(recording)
    root = cassette.document.root
    assert root is not None

    matching = [recorder.NAME for recorder in RECORDERS if recorder.matches(root)]

    assert matching == [import_module(f"cassette_cli.recorders.{recording.variant.folder}").NAME]
    assert cassette.recorder == matching[0]


@each_recording
def test_it_reads_as_what_was_sent(recording: Recording) -> None:
    interactions = read(recording).interactions

    assert len(interactions) == len(recording.case.exchanges)
    for interaction, exchange in zip(interactions, recording.case.exchanges, strict=True):
        request, response = interaction.request, interaction.response
        assert request.url is not None
        assert request.method == exchange.method
        assert _without_order(request.url.text) == _without_order(
            exchange.path if request.url.text.startswith("/") else exchange.url
        )
        assert _meaning(_bytes(request.body)) == _meaning(exchange.body.encode())
        assert response.status == exchange.status
        assert _bytes(response.body) == exchange.reply
        for name, value in exchange.reply_headers:
            found = [header.value.text for header in response.headers if header.name.lower() == name.lower()]
            assert value in found


def _without_order(url: str) -> tuple[str, list[tuple[str, str]]]:
    """A URL whose query is sorted, as WebMock sorts it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", sorted(parse_qsl(parts.query))


def _bytes(body: BodyLens | None) -> bytes:
    if body is None:
        return b""
    return body.text if isinstance(body.text, bytes) else body.text.encode("utf-8", "surrogateescape")


def _meaning(body: bytes) -> Json:
    """A request's JSON, as the vendors' clients order its fields in their own way; other bodies as they are."""
    try:
        return json.loads(body)
    except ValueError:
        return body


@each_recording
def test_an_edit_to_the_same_changes_no_byte(recording: Recording) -> None:
    cassette = read(recording)
    text = cassette.document.text

    assert text.encode() == (SAMPLES / recording.file).read_bytes()
    for lens in _lenses(cassette):
        same = Edit(Span(0, len(lens.text)), lens.text)
        assert splice(text, lift_all([(lens, same)])) == text


def _lenses(cassette: Cassette) -> list[Lens[Any]]:
    found: list[Lens[Any]] = []
    for interaction in cassette.interactions:
        for side in (interaction.request, interaction.response):
            found += [header.value for header in side.headers]
            found += [side.body] if side.body is not None else []
        found += [interaction.request.url] if interaction.request.url is not None else []
    return found


# What `show --json` says of all of them, in one run.


@pytest.fixture(scope="module")
def shown() -> Json:
    command = [sys.executable, "-m", "cassette_cli", "show", "--json", str(SAMPLES)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def interactions_of(shown: Json, recording: Recording) -> list[Json]:
    path = str(SAMPLES / recording.file)
    [found] = [cassette for cassette in shown["cassettes"] if cassette["path"] == path]
    return list(found["interactions"])


def test_the_shown_json_is_what_the_schema_says(shown: Json) -> None:
    schema = json.loads(resources("cassette_cli").joinpath("schemas", "cassette.show.1.json").read_text("utf-8"))

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(shown)
    assert len(shown["cassettes"]) == len(RECORDINGS)
    assert shown["errors"] == []


def _split(text: str, package: ModuleType) -> tuple[str | None, str]:
    """The NAME of the package's module that a text starts with the name of, as words, and what follows it."""
    for name in sorted((module.name for module in iter_modules(package.__path__)), key=len, reverse=True):
        if text.startswith(f"{name}_"):
            return import_module(f"{package.__name__}.{name}").NAME, text.removeprefix(f"{name}_")
    return None, text


@each_recording
def test_protocol_and_framing_are_those_of_its_name(shown: Json, recording: Recording) -> None:
    protocol, rest = _split(recording.case.name, protocols)
    cut, _ = _split(rest, framing)

    assert protocol or recording.case.name.startswith("http_")
    for interaction in interactions_of(shown, recording):
        assert interaction["request"]["protocol"] == protocol
        assert interaction["response"]["framing"] == cut


@each_case
def test_a_case_is_shown_alike_whoever_recorded_it(shown: Json, case: Case) -> None:
    seen = [_conversation(interactions_of(shown, each)) for each in RECORDINGS if each.case is case]

    assert all(conversation == seen[0] for conversation in seen)


def _conversation(interactions: list[Json]) -> list[Json]:
    asked = ("method", "protocol", "model", "messages", "tools")
    return [
        (
            {name: interaction["request"][name] for name in asked},
            # An empty body is none to some recorders.
            interaction["response"] | {"body": interaction["response"].get("body") or None},
            interaction["anomalies"],
        )
        for interaction in interactions
    ]
