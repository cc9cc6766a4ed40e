"""Fingerprints, and what a baseline and an allow-list let through."""

import json

import pytest
from planted import opaque

from cassette_cli.errors import CassetteError
from cassette_cli.redaction import baseline
from cassette_cli.redaction.baseline import Baseline, Entry, Fingerprints, allowed, place
from cassette_cli.redaction.settings import Allow

SECRET = opaque()


def test_a_salt_gives_the_same_fingerprints_in_every_run() -> None:
    assert Fingerprints("a").of(SECRET) == Fingerprints("a").of(SECRET)
    assert len({Fingerprints(salt).of(SECRET) for salt in ("a", "b", None)}) == 3


def test_without_a_salt_they_hold_for_one_run() -> None:
    one, other = Fingerprints(), Fingerprints()
    assert one.of(SECRET) == one.of(SECRET) != other.of(SECRET)


def test_a_place_has_no_numbers_that_a_new_recording_changes() -> None:
    assert place("response.events[12].$.choices[0].x") == "response.events[*].$.choices[*].x"


def test_a_baseline_is_read_as_it_was_written() -> None:
    entries = (Entry("a.yaml", "request.url", "token", "00"), Entry("b.yaml", "x[*]", "jwt", "11"))
    held = Baseline("salt", entries)
    assert baseline.parse("known.json", held.text()) == held
    assert json.loads(held.text())["schema"] == baseline.SCHEMA
    assert baseline.parse("known.json", Baseline("salt").text()) == Baseline("salt")


def test_it_knows_a_fingerprint_in_its_place() -> None:
    held = Baseline("salt", (Entry("a.yaml", "response.events[*].x", "token", "00"),))
    assert held.knows("response.events[7].x", "00")
    assert not held.knows("response.events[7].y", "00")
    assert not held.knows("response.events[7].x", "01")


def test_an_update_takes_the_place_of_what_was_known_of_the_same_files() -> None:
    old = Baseline("salt", (Entry("a", "x", "token", "00"), Entry("b", "x", "token", "00")))
    new = old.updated(["a"], [Entry("a", "y", "token", "00")])
    assert new.entries == (Entry("a", "y", "token", "00"), Entry("b", "x", "token", "00"))
    assert old.updated([], []) == old


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "known.json:1:1: not a baseline"),
        ("{}", "known.json: not a baseline: it has no schema"),
        ("[]", "known.json: not a baseline: it has no schema"),
        ('{"schema": "x"}', "known.json: not a baseline that this version reads"),
        (f'{{"schema": "{baseline.SCHEMA}", "salt": "a", "findings": [1]}}', "known.json: not a baseline: it has"),
    ],
)
def test_what_is_no_baseline_is_said(text: str, said: str) -> None:
    with pytest.raises(CassetteError) as raised:
        baseline.parse("known.json", text)
    assert str(raised.value).startswith(said)


FOUND = {"path": "tests/a.yaml", "where": "request.body.$.items[3].key", "rule": "token", "fingerprint": "00"}


@pytest.mark.parametrize(
    "rule",
    [
        Allow(fingerprint="00"),
        Allow(rule="token"),
        Allow(path="tests/*"),
        Allow(where="request.body.$.items[3].key"),
        Allow(where="request.body.$.items[*].key"),
        Allow(where="*.key", path="*.yaml", rule="token", fingerprint="00"),
    ],
)
def test_allowed(rule: Allow) -> None:
    assert allowed([Allow(rule="other"), rule], **FOUND)


@pytest.mark.parametrize(
    "rule",
    [
        Allow(fingerprint="01"),
        Allow(rule="jwt"),
        Allow(path="src/*"),
        Allow(where="request.body.$.items[4].key"),
        Allow(where="request.body.$.items"),
        Allow(fingerprint="00", rule="jwt"),
    ],
)
def test_not_allowed(rule: Allow) -> None:
    assert not allowed([rule], **FOUND)
