"""Merged cassettes hold what both sides meant: tables of what is decided and what is not, laws on every layout, and
the recordings of real projects."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mergeable import IN_LINES, LAYOUTS, Said, merged, read, without
from planted import go_vcr

from cassette_cli import files
from cassette_cli.document.conflict import conflict
from cassette_cli.errors import CassetteError
from cassette_cli.merging.splice import Markers
from cassette_cli.merging.versions import merge
from cassette_cli.model import Cassette

A, B, C, D = ("qa", "1"), ("qb", "2"), ("qc", "3"), ("qd", "4")
# Each letter is an interaction, lower case the same question with another answer: base, ours, theirs, merged.
DECIDED = {
    "one changes": ("ABC", "AbC", "ABC", "AbC"),
    "the other changes": ("ABC", "ABC", "aBC", "aBC"),
    "both change, not the same": ("ABC", "aBC", "ABc", "aBc"),
    "both change the same": ("ABC", "aBC", "aBC", "aBC"),
    "both append": ("A", "AB", "AC", "ABC"),
    "both append the same": ("A", "AB", "AB", "AB"),
    "both append, some the same": ("A", "ABC", "ADC", "ABDC"),
    "one prepends, one appends": ("B", "AB", "BC", "ABC"),
    "both insert": ("AD", "ABD", "ACD", "ABCD"),
    "one removes": ("ABC", "AC", "ABC", "AC"),
    "both remove": ("ABC", "AC", "AB", "A"),
    "one removes, one appends": ("AB", "B", "ABC", "BC"),
    "one moves": ("ABC", "BCA", "ABC", "BCA"),
    "the same question again": ("A", "Aa", "AB", "AaB"),
    "both start": ("", "AB", "AC", "ABC"),
    "both start with one": ("", "A", "B", "AB"),
}
# Base, ours, theirs, and both sides of what is merged.
UNDECIDED = {
    "both change": ("ABC", "AbC", "AxC", "AbC", "AxC"),
    "removed and changed": ("ABC", "AC", "AbC", "AC", "AbC"),
    "changed and removed": ("ABC", "AbC", "AC", "AbC", "AC"),
    "both append other answers": ("A", "AB", "Ab", "AB", "Ab"),
    "the first, and ours appends": ("A", "aB", "x", "aB", "xB"),
    "two": ("AC", "ac", "xy", "ac", "xy"),
}


def said(letters: str) -> list[Said]:
    """An upper case letter, and a lower case one with another answer; x is another answer to b or a, y to c."""
    return [_said(letter, place) for place, letter in enumerate(letters)]


def _said(letter: str, place: int) -> Said:
    asked = {"x": "a" if place == 0 else "b", "y": "c"}.get(letter, letter.lower())
    return f"q{asked}", f"answer {letter}"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), DECIDED.values(), ids=DECIDED)
def test_decided(layout: str, base: str, ours: str, theirs: str, expected: str) -> None:
    written = LAYOUTS[layout]
    result = merged(written(said(base)) if base else None, written(said(ours)), written(said(theirs)))

    assert result.text == written(said(expected))
    assert result.conflicts == 0


@pytest.mark.parametrize("layout", sorted(IN_LINES))
@pytest.mark.parametrize(("base", "ours", "theirs", "one", "other"), UNDECIDED.values(), ids=UNDECIDED)
def test_undecided(layout: str, base: str, ours: str, theirs: str, one: str, other: str) -> None:
    written = LAYOUTS[layout]
    result = merged(written(said(base)), written(said(ours)), written(said(theirs)))

    found = conflict(result.text)
    assert found
    assert result.conflicts == (2 if base == "AC" else 1)
    for side, letters in ((found.ours, one), (found.theirs, other)):
        # What stands behind a conflict has one number, whichever side is taken.
        assert _without_ids(side.text) == _without_ids(written(said(letters)))


def _without_ids(text: str) -> list[str]:
    return [re.sub("- id: [0-9]+", "- id: 0", line) for line in text.splitlines()]


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - IN_LINES))
def test_what_has_no_lines_for_markers_is_refused(layout: str) -> None:
    written = LAYOUTS[layout]

    with pytest.raises(CassetteError, match="the conflicts are in no lines of their own"):
        merged(written(said("A")), written(said("a")), written(said("x")))


def test_only_what_differs_stands_between_markers() -> None:
    written = LAYOUTS["go_vcr"]
    base, ours, theirs = (written(said(each)) for each in ("ABC", "AbC", "AxC"))
    result = merged(base, ours, theirs, markers=Markers(9, "HEAD", "1f2e3d4", "topic"))
    start, end = ours.index("    - id: 1"), ours.index("    - id: 2")

    changed = [text[start:end] for text in (ours, base, theirs)]
    assert (
        result.text
        == ours[:start]
        + (f"<<<<<<<<< HEAD\n{changed[0]}||||||||| 1f2e3d4\n{changed[1]}=========\n{changed[2]}>>>>>>>>> topic\n")
        + ours[end:]
    )


def test_ids_that_are_no_running_numbers_stay() -> None:
    written = LAYOUTS["go_vcr"]
    texts = [written(said(each)).replace("- id: 0", "- id: 7") for each in ("A", "AB", "AC")]

    assert [each.id for each in read(merged(*texts).text).interactions] == ["7", "1", "1"]


def test_what_stands_around_is_merged_too() -> None:
    def ruby(version: str, letters: str) -> str:
        text = LAYOUTS["vcrpy"](said(letters)).replace("interactions:", "---\nhttp_interactions:")
        return text.replace("version: 1", f"recorded_with: VCR {version}")

    assert merged(ruby("1", "A"), ruby("1", "AB"), ruby("2", "AC")).text == ruby("2", "ABC")
    result = merged(ruby("1", "A"), ruby("2", "AB"), ruby("3", "A"))
    assert result.text == ruby("2", "AB").replace(
        "recorded_with: VCR 2\n",
        "<<<<<<< ours\nrecorded_with: VCR 2\n=======\nrecorded_with: VCR 3\n>>>>>>> theirs\n",
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        (LAYOUTS["vcrpy"](said("B")), LAYOUTS["go_vcr"](said("A")), "the versions are of different recorders"),
        (LAYOUTS["vcrpy"](said("B")), LAYOUTS["vcrpy_json"](said("A")), "the versions are laid out differently"),
        (LAYOUTS["go_vcr"](said("B")), LAYOUTS["go_vcr"]([]), "the interactions are no list of their own"),
        (LAYOUTS["go_vcr"](said("B")), go_vcr("x").replace("        code: 200\n", ""), None),
        (
            LAYOUTS["go_vcr"](said("A")),
            LAYOUTS["go_vcr"](said("B")).replace("\n    ", "\n  "),
            "the merged text does not parse: .*",
        ),
    ],
)
def test_what_cannot_be_merged_so_is_refused(ours: str, theirs: str, message: str | None) -> None:
    if message is None:
        assert merged(None, ours, theirs).conflicts == 0
    else:
        with pytest.raises(CassetteError, match=message):
            merged(None, ours, theirs)


letters = st.lists(st.sampled_from("ABCDE"), max_size=5, unique=True)


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[Said], list[Said], list[Said]]:
    """A recording and two changes of it: interactions taken out, answered otherwise, and added."""
    base = [(f"q{place}", "a") for place in range(draw(st.integers(1, 5)))]

    def side(name: str) -> list[Said]:
        found = []
        for asked, answered in base:
            found += [(f"{name}{asked}{number}", "new") for number in range(draw(st.integers(0, 1)))]
            fate = draw(st.sampled_from(["stays", "stays", "stays", "goes", "changes"]))
            found += [] if fate == "goes" else [(asked, answered if fate == "stays" else name)]
        found += [(f"{name}end", "new")] * draw(st.integers(0, 1))
        return found or [("q0", "a")]

    return base, side("ours"), side("theirs")


@pytest.mark.parametrize("layout", ["go_vcr", "vcrpy", "vcrpy_json", "httprr"])
@given(versions())
def test_nothing_is_lost_and_nothing_made_up(layout: str, held: tuple[list[Said], list[Said], list[Said]]) -> None:
    base, ours, theirs = held
    texts = [LAYOUTS[layout](each) for each in held]
    if layout not in IN_LINES and merged_texts_conflict(LAYOUTS["vcrpy"], held):
        with pytest.raises(CassetteError):
            merged(*texts)
        return
    result = merged(*texts)
    found = conflict(result.text)
    sides = (found.ours.text, found.theirs.text) if found else (result.text, result.text)
    for text, side, other in zip(sides, (ours, theirs), (theirs, ours), strict=True):
        now = _held(text)
        assert set(now) <= {*base, *ours, *theirs}
        # What a side added or changed is there, unless the other side has a say in it.
        for each in side:
            assert each in now or (each in base and each not in other) or (not found and each in base)
        # What a side took out is gone, unless the other side changed it.
        for each in base:
            assert each not in now or each in side or each[0] in dict(side)
        assert len(now) == len(set(now))
    if not found:
        assert set(_held(result.text)) >= (set(ours) | set(theirs)) - set(base)
    assert merged(*(LAYOUTS[layout](each) for each in (base, ours, base))).text == LAYOUTS[layout](ours)
    assert merged(*(LAYOUTS[layout](each) for each in (base, base, theirs))).text == LAYOUTS[layout](theirs)


def merged_texts_conflict(written: Callable[[Sequence[Said]], str], held: Iterable[Sequence[Said]]) -> bool:
    return merged(*map(written, held)).conflicts > 0


def _held(text: str) -> list[Said]:
    found = []
    for each in read(text).interactions:
        bodies = [side.body.text if side.body else "" for side in (each.request, each.response)]
        found.append((str(bodies[0]), str(bodies[1]).strip("\n")))
    return found


def test_every_recording_of_the_corpus_can_be_merged(corpus: Path) -> None:
    """One side takes out the first interaction, the other the last; and the other way round: both add one."""
    paths = sorted(str(path) for path in corpus.rglob("*") if path.is_file())[::4]
    whole = (each for each in files.load(paths, skip_others=True) if isinstance(each, Cassette) and not each.faults)
    count = 0
    for cassette in islice((each for each in whole if len(each.interactions) > 2), 40):
        last = len(cassette.interactions) - 1
        first_out, last_out, both_out = without(cassette, 0), without(cassette, last), without(cassette, 0, last)
        numbered = _is_numbered(cassette)
        assert _equal(merge(cassette, first_out, last_out, Markers()).text, both_out, numbered=numbered), cassette.path
        assert _equal(merge(both_out, first_out, last_out, Markers()).text, cassette, numbered=numbered), cassette.path
        count += 1
    assert count > 10


def _is_numbered(cassette: Cassette) -> bool:
    return cassette.recorder == "go-vcr" and cassette.version == 2


def _equal(text: str, meant: Cassette, *, numbered: bool) -> bool:
    """Whether a text is a cassette's, but for numbers, which were cut out with what they number."""
    if numbered:
        return _without_ids(text) == _without_ids(meant.document.text)
    return text == meant.document.text
