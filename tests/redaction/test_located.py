"""Lines, columns and events of findings."""

import json
from itertools import islice
from pathlib import Path

import pytest
import redacting
from planted import opaque, read, secret, vcrpy

from cassette_cli import files
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette
from cassette_cli.redaction.located import beginnings, events_of, positions
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.settings import Settings

KEY = secret()


def test_positions_count_lines_of_any_kind() -> None:
    text = "a\r\nbc\rd\ne"
    assert positions(text, [7, 0, 4, 9, 3]) == {0: (1, 1), 3: (2, 1), 4: (2, 2), 7: (3, 2), 9: (4, 2)}


def test_a_finding_begins_where_it_stands_in_the_file() -> None:
    text = vcrpy(headers={"x-api-key": opaque(), "authorization": f"Bearer {KEY}"}, prompt=f"{KEY} {KEY}")
    cassette, exchanges = read(text)
    findings = OwnFinder(Settings()).find(cassette, exchanges)
    places = beginnings(findings)
    assert len(places) == 4
    for finding, place in zip(findings, places, strict=True):
        assert place is not None
        assert place.source is cassette.document.source
        assert text.startswith(finding.value, place.offset)


@pytest.mark.parametrize("size", [1, 4, 200])
def test_events_that_hold_a_piece(size: int) -> None:
    said = f"It is {KEY}."
    pieces = [said[place : place + size] for place in range(0, len(said), size)]
    cassette, exchanges = read(vcrpy(reply=pieces))
    [finding] = OwnFinder(Settings()).find(cassette, exchanges)
    first, last = len("It is ") // size, (len("It is ") + len(KEY) - 1) // size
    # Event 0 is the one that brings the role.
    assert events_of(finding, {0: exchanges[0]}) == tuple(range(first + 1, last + 2))


def test_events_of_a_stream_that_no_protocol_reads() -> None:
    lines = [json.dumps({"out": piece, "is": "a"}) for piece in ("It is ", KEY[:9], KEY[9:30], KEY[30:], ".")]
    cassette, exchanges = read(
        redacting.vcrpy("", "\n".join(lines) + "\n", answered={"Content-Type": "application/x-ndjson"})
    )
    [finding] = OwnFinder(Settings()).find(cassette, exchanges)
    assert events_of(finding, {0: exchanges[0]}) == (1, 2, 3)


def test_no_events_where_there_is_no_stream() -> None:
    cassette, exchanges = read(vcrpy(prompt=KEY))
    [finding] = OwnFinder(Settings()).find(cassette, exchanges)
    assert events_of(finding, {0: exchanges[0]}) == ()


def test_every_finding_in_real_recordings_has_a_place(corpus: Path) -> None:
    finder = OwnFinder(Settings(classes=frozenset(Category)))
    count = 0
    for found in islice(files.load([str(corpus)]), 0, 1000, 20):
        assert isinstance(found, Cassette)
        findings = finder.find(found, [exchange(each) for each in found.interactions])
        count += len(findings)
        assert None not in beginnings(findings)
    assert count > 100
