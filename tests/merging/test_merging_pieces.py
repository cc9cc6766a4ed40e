"""A cassette's text in parts: nothing is lost, and each piece is one interaction's."""

from pathlib import Path

import pytest
from mergeable import IN_LINES, LAYOUTS, read
from planted import go_vcr

from cassette_cli import files
from cassette_cli.merging.pieces import Cut, Piece, cut
from cassette_cli.model import Cassette

SAID = [("q0", "a0"), ("q1", "a1"), ("q2", "a2")]


def joined(held: Cut) -> str:
    return held.before + (held.separator or "").join(piece.text for piece in held.pieces) + held.after


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_parts_are_the_text(layout: str, count: int) -> None:
    text = LAYOUTS[layout](SAID[:count])
    held = cut(read(text))

    assert held
    assert joined(held).removesuffix("\n") == text.removesuffix("\n")
    assert len(held.pieces) == count
    assert held.in_lines == (layout in IN_LINES)
    for (asked, answered), piece in zip(SAID, held.pieces, strict=False):
        assert asked in piece.text
        assert answered in piece.text


@pytest.mark.parametrize("layout", ["go_vcr", "vcrpy", "vcrpy_json"])
def test_nothing_recorded_has_no_parts(layout: str) -> None:
    assert cut(read(LAYOUTS[layout]([]))) is None


def test_numbers_are_digits_of_an_id() -> None:
    text = go_vcr("a")
    [piece] = parts(text)
    assert piece.numbered(12) == piece.text.replace("- id: 0", "- id: 12")
    assert piece.same == piece.text.replace("- id: 0", "- id: ")
    assert piece.numbered(None) == piece.text
    [quoted] = parts(text.replace("id: 0", "id: '0'"))
    assert quoted.number is None
    assert quoted.numbered(12) == quoted.same == quoted.text


def parts(text: str) -> tuple[Piece, ...]:
    held = cut(read(text))
    assert held
    return held.pieces


@pytest.mark.parametrize(
    ("ids", "running"), [("012", True), ("120", False), ("013", False), ("000", False), ("x12", False)]
)
def test_running_numbers(ids: str, running: bool) -> None:
    text = LAYOUTS["go_vcr"](SAID)
    for place, id_ in enumerate(ids):
        text = text.replace(f"- id: {place}\n", f"- id: {id_} \n")
    held = cut(read(text))

    assert held
    assert held.running is running


@pytest.mark.parametrize(
    "text",
    [
        "--- &a\nversion: 2\ninteractions: &b\n- &c\n  request: {url: x, method: GET}\n  response: {code: 200}\n- *c\n",
        "version: 2\ninteractions:\n- request: {url: x, method: GET}\n  response: {code: 200}\n---\nb: 1\n",
    ],
    ids=["an alias", "two documents"],
)
def test_what_is_no_list_of_its_own_text_has_no_parts(text: str) -> None:
    assert cut(read(text)) is None


def test_every_recording_of_the_corpus_is_its_parts(corpus: Path) -> None:
    paths = sorted(str(path) for path in corpus.rglob("*") if path.is_file())[::9]
    count = 0
    for found in files.load(paths, skip_others=True):
        if isinstance(found, Cassette) and found.interactions and not found.faults:
            held = cut(found)
            assert held, found.path
            assert joined(held).removesuffix("\n") == found.document.text.removesuffix("\n"), found.path
            count += 1
    assert count > 100
