"""Texts put together: markers as git writes them, and the comma between values as the versions have it."""

import pytest
from mergeable import read

from cassette_cli.merging.pieces import cut
from cassette_cli.merging.splice import Markers, Part, Texts, decided, separator, with_markers


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        ("a", "b", "c", Texts("a", "b", "c")),
        (None, "b", "b", "b"),
        (None, "b", "c", Texts("", "b", "c")),
    ],
)
def test_a_text_is_as_the_side_has_it_that_changed_it(base: str | None, ours: str, theirs: str, expected: Part) -> None:
    assert decided(base, ours, theirs) == expected


@pytest.mark.parametrize(
    ("markers", "expected"),
    [
        (Markers(), "0\n<<<<<<< ours\n2\n=======\n3\n>>>>>>> theirs\n4\n"),
        (Markers(8, "", "b", ""), "0\n<<<<<<<<\n2\n|||||||| b\n1\n========\n3\n>>>>>>>>\n4\n"),
    ],
)
def test_markers_are_those_of_git(markers: Markers, expected: str) -> None:
    assert with_markers(["0\n", Texts("1\n", "2\n", "3\n"), "4\n"], markers) == expected


def test_markers_end_as_lines_do() -> None:
    assert (
        with_markers(["0\r\n", Texts("", "2", "")], Markers())
        == "0\r\n<<<<<<< ours\r\n2\r\n=======\r\n>>>>>>> theirs\r\n"
    )


GET = '{"request": {"method": "GET", "uri": "/1"}, "response": {"status": {"code": 200}}}'
ONE = f'{{"version": 1, "interactions": [{GET}]}}'
TWO = f'{{"version": 1, "interactions": [{GET}, {GET}]}}'


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([ONE], ", "),
        ([ONE.replace(" ", "")], ","),
        ([ONE.replace("[{", "[\n  {").replace("}]", "}\n]")], ",\n  "),
        ([ONE, TWO.replace("}, {", "},{")], ","),
    ],
)
def test_values_are_apart_as_the_versions_have_it(texts: list[str], expected: str) -> None:
    assert separator(*(held for text in texts if (held := cut(read(text))))) == expected
