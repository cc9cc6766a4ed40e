"""The registry of checks, what they say of samples and of real recordings, and how settings change them."""

import os
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from types import ModuleType

import pytest
from faults import ALL, EVENTS_TYPE, answered, asked, calls, codes, found, go_vcr, one, scene_of, streamed, tool, vcrpy
from sampled import RECORDINGS

from cassette_cli import files
from cassette_cli.anomalies import Code
from cassette_cli.checks.registry import CHECKS, GROUPS, level_of, problems
from cassette_cli.checks.run import ACROSS
from cassette_cli.checks.settings import CheckSettings, Level


def test_every_check_has_faults_and_near_misses() -> None:
    tables = [import_module(path.stem).ROWS for path in Path(__file__).parent.glob("test_checks_*.py")]
    # The class of personal data is off unless it is set.
    wanted = set(CHECKS) - {code.value for code in Code} - set(ACROSS) - {"personal-left"}
    assert {code for table in tables for code in table} == wanted
    assert all(faults and misses for table in tables for faults, misses in table.values())


STREAM = one(asked(stream=True), streamed(), got=EVENTS_TYPE)


@pytest.mark.parametrize(
    "text", [vcrpy(one()), go_vcr(one()), vcrpy(one(asked(stream=True), streamed(), got=EVENTS_TYPE))]
)
def test_nothing_is_wrong_with_a_sound_recording(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_samples_are_sound_but_for_what_their_names_say(path: Path) -> None:
    held = {problem.code for problem in problems(scene_of(files.read(str(path)), CheckSettings()))}
    expected = {"stream-cut-off"} if "cut_off" in path.name else set()
    if "stream" in path.name or "sse" in path.name:
        expected |= {"error-event"} if "error" in path.name or "exception" in path.name else set()
    assert held == expected


def test_an_interaction_may_be_played_more_than_once_where_that_is_set() -> None:
    repeats = CheckSettings(repeats=True)
    held = found(vcrpy(one(), one(asked("Bye"))), repeats)
    assert [(problem.code, problem.interaction) for problem in held] == [("interaction-unreachable", 1)]


def test_what_is_large_is_set() -> None:
    assert "body-large" in codes(vcrpy(one("abc")), CheckSettings(level=Level.NOTE, large=3))


def test_no_message_shows_a_secret() -> None:
    key = "sk-" + token_hex(24)
    text = vcrpy(one(asked(key), answered(key), sent={"authorization": key, "x-api-key": key}))
    held = found(text)
    assert held
    assert [problem for problem in held if key in problem.message] == []


def test_a_schema_can_do_no_harm() -> None:
    """Nothing is fetched, patterns take linear time, and nesting has an end."""
    deep: dict[str, object] = {}
    for _ in range(400):
        deep = {"not": deep}
    for schema in (
        {"type": "string", "pattern": "^(a+)+$"},
        {"$ref": "file:///etc/passwd"},
        {"allOf": [{"$ref": "#/properties/a"}]},
        deep,
    ):
        held = codes(calls("add", {"a": "a" * 50_000 + "!"}, tool("add", a=schema)))
        assert held <= {"tool-schema-invalid", "tool-arguments-invalid"}


LEVELS: list[tuple[CheckSettings, str, Level | None]] = [
    (CheckSettings(), "secret-left", Level.ERROR),
    (CheckSettings(), "body-base64", None),
    (ALL, "body-base64", Level.NOTE),
    (CheckSettings(select=("body-*",)), "body-base64", Level.NOTE),
    (CheckSettings(select=("body-*",)), "secret-left", None),
    (CheckSettings(ignore=("secret-*",)), "secret-left", None),
    (CheckSettings(select=("body-*",), ignore=("body-base64",)), "body-base64", None),
    (CheckSettings(levels={"body-base64": Level.ERROR}), "body-base64", Level.ERROR),
    (CheckSettings(level=Level.ERROR), "cookie-left", None),
]


@pytest.mark.parametrize(("settings", "code", "level"), LEVELS)
def test_levels(settings: CheckSettings, code: str, level: Level | None) -> None:
    assert level_of(code, settings) == level


def test_the_registry_lists_the_folder() -> None:
    folder = Path(files.__file__).parent / "checks"
    helpers = {"__init__", "base", "fixing", "located", "naming", "registry", "run", "settings"}
    names = {Path(str(vars(group)["__file__"])).stem for group in GROUPS if isinstance(group, ModuleType)}
    assert names == {path.stem for path in folder.glob("*.py")} - helpers


def test_codes_are_unique() -> None:
    held = [code for group in GROUPS for code in group.CHECKS] + list(ACROSS)
    assert len(held) == len(set(held))


def test_the_corpus(corpus: Path) -> None:
    """All that is found at level error in real recordings was looked at, and is true."""
    errors = {
        ("GenSync.yaml", "line-ends-lost"),
        ("TestPgvectorStoreRestWithScoreThreshold.httprr.gz", "interaction-unreachable"),
        ("chat_with_extended_thinking_gpustack_qwen3_streams_thinking_content_when_available.yml", "stream-cut-off"),
        ("google-upload.yml", "secret-left"),
        ("llm_chat_stream_stringio.yml", "secret-left"),
        ("test_google_model_file_search_grounding_gemini_3[True].yaml", "secret-left"),
        ("test_imported_model_completion_with_events_with_no_content.yaml", "secret-left"),
    }
    held = set()
    for cassette in files.load([str(corpus)]):
        assert not isinstance(cassette, Exception), cassette
        for problem in problems(scene_of(cassette, CheckSettings(level=Level.ERROR))):
            held.add((os.path.basename(cassette.path), problem.code))
    assert held == errors
