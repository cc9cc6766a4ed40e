"""Headers dropped: those that are meant, in every recorder's files, and nothing else."""

from pathlib import Path

import pytest
from proof.change_laws import check_trimmed
from sampled import RECORDINGS, SAMPLES

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.header_classes import MEANING, VOLATILE, HeaderClass, TrimSettings
from cassette_cli.trimming import dropped

EVERYTHING = TrimSettings(everything=True)

NAMES: list[tuple[TrimSettings, str, bool]] = [
    (TrimSettings(), "Date", True),
    (TrimSettings(), "content-type", False),
    (TrimSettings(), "x-acme", False),
    (TrimSettings(drop=("x-a*",)), "X-Acme", True),
    (TrimSettings(drop=("content-*",)), "content-encoding", False),
    (TrimSettings(keep=("date",)), "Date", False),
    (TrimSettings(classes=frozenset({HeaderClass.CDN})), "date", False),
    (TrimSettings(classes=VOLATILE), "date", True),
    (EVERYTHING, "x-acme", True),
    (EVERYTHING, "transfer-encoding", False),
    (TrimSettings(everything=True, keep=("x-*",)), "x-acme", False),
]


@pytest.mark.parametrize(("settings", "name", "goes"), NAMES)
def test_what_goes(settings: TrimSettings, name: str, goes: bool) -> None:
    assert settings.drops(name) == goes


@pytest.mark.parametrize("settings", [TrimSettings(), EVERYTHING], ids=["usual", "everything"])
@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_samples(path: Path, settings: TrimSettings) -> None:
    found = check_trimmed(files.read(str(path)), settings)
    assert found.bytes > 0
    if path.suffix == ".yaml":
        # Whole lines go; in YAML none is written anew but those of collections that hold nothing any more.
        before, after = (set(each.splitlines()) for each in (path.read_text(), found.after.document.text))
        assert {line.strip() for line in after - before} <= {"headers: {}", "header: []"}


def test_the_corpus(corpus: Path) -> None:
    count = 0
    for cassette in files.load([str(corpus)]):
        assert not isinstance(cassette, CassetteError), cassette
        count += len(check_trimmed(cassette, TrimSettings()).dropped)
    assert count > 20_000


def test_requests_keep_what_their_recorder_may_compare() -> None:
    for name, sides in (("go_vcr", {"response"}), ("vcrpy", {"request", "response"})):
        cassette = files.read(str(SAMPLES / name / "anthropic_text.yaml"))
        assert {each.side for each in dropped(cassette, EVERYTHING)} == sides


def test_what_a_body_needs_stays() -> None:
    for path in RECORDINGS:
        cassette = files.read(str(path))
        held = {each.header.name.lower() for each in dropped(cassette, TrimSettings(everything=True, drop=("*",)))}
        assert held & MEANING == set()
