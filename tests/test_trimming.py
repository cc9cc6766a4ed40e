"""Headers dropped: those that are meant, in every recorder's files, and nothing else."""

from pathlib import Path

import pytest
from sampled import RECORDINGS, SAMPLES

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.header_classes import MEANING, VOLATILE, HeaderClass, TrimSettings
from cassette_cli.model import Cassette, Interaction
from cassette_cli.trimming import Trimmed, dropped, trimmed

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


def names_of(interaction: Interaction, side: str) -> list[str]:
    message = interaction.request if side == "request" else interaction.response
    return [header.name.lower() for header in message.headers]


def check_trimmed(cassette: Cassette, settings: TrimSettings) -> Trimmed:
    """What is left is all but what was dropped; running it again drops nothing more."""
    found = trimmed(cassette, settings)
    gone = [(each.interaction, each.side, each.header.name.lower()) for each in found.dropped]
    for old, new in zip(cassette.interactions, found.after.interactions, strict=True):
        for side in ("request", "response"):
            left = names_of(old, side)
            for number, where, name in gone:
                if (number, where) == (old.index, side):
                    left.remove(name)
            assert sorted(names_of(new, side)) == sorted(left)
    again = trimmed(found.after, settings)
    assert (again.dropped, again.bytes, again.lines) == ([], 0, 0)
    assert again.after.document.text == found.after.document.text
    old_lines, new_lines = (each.document.text.splitlines() for each in (cassette, found.after))
    assert len(old_lines) - len(new_lines) == found.lines
    return found


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
