"""What -i names."""

import pytest

from cassette_cli.document.text import Span
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction, Request, Response
from cassette_cli.selection import selected


def interactions(*ids: str | None) -> list[Interaction]:
    return [
        Interaction(
            index=index, span=Span(0, 0), request=Request(method=None, url=None), response=Response(status=None), id=id_
        )
        for index, id_ in enumerate(ids)
    ]


FIVE = interactions(None, None, None, None, None)
NAMED = interactions("10", "b", "2-4", "1", "b")


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ([], [0, 1, 2, 3, 4]),
        (["0"], [0]),
        (["4"], [4]),
        (["-1"], [4]),
        (["-5"], [0]),
        (["2-4"], [2, 3, 4]),
        (["2-"], [2, 3, 4]),
        (["2-9"], [2, 3, 4]),
        (["-2-"], [3, 4]),
        (["-3--2"], [2, 3]),
        (["1,3"], [1, 3]),
        (["3", "1"], [1, 3]),
        (["3-4,0", "3"], [0, 3, 4]),
        ([" 1 , 2 "], [1, 2]),
        (["1,"], [1]),
    ],
)
def test_positions(wanted: list[str], places: list[int]) -> None:
    assert selected(FIVE, wanted) == places


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (["10"], [0]),
        (["b"], [1, 4]),
        (["2-4"], [2]),
        (["1"], [1]),
        (["b,10"], [0, 1, 4]),
    ],
)
def test_ids_of_the_recorder(wanted: list[str], places: list[int]) -> None:
    assert selected(NAMED, wanted) == places


@pytest.mark.parametrize("wanted", ["5", "-6", "7-9", "4-2", "-9-2", "abc", "1..2", "--1", "1-2-3"])
def test_what_names_nothing_is_an_error(wanted: str) -> None:
    with pytest.raises(CassetteError) as caught:
        selected(FIVE, [wanted])

    assert caught.value.message == f"no interaction {wanted} here; there are 0 to 4"


@pytest.mark.parametrize("wanted", [[""], [","], [" , "], ["1", ""]])
def test_an_empty_selector_is_an_error(wanted: list[str]) -> None:
    """It may come from a variable that is empty; all interactions are hardly what was meant."""
    with pytest.raises(CassetteError, match=r"^-i '.*' names no interaction$"):
        selected(FIVE, wanted)


def test_the_error_names_the_ids() -> None:
    with pytest.raises(CassetteError) as caught:
        selected(NAMED, ["zzz"])

    assert caught.value.message == "no interaction zzz here; there are 0 to 4, and the ids 10, b, 2-4, 1"


@pytest.mark.parametrize(("count", "there"), [(0, "there are none"), (1, "there is only 0")])
def test_the_error_says_what_there_is(count: int, there: str) -> None:
    with pytest.raises(CassetteError, match=f"; {there}$"):
        selected(FIVE[:count], ["9"])
