"""Files of two directories side by side: by name, and by what they ask where a name is gone."""

import pytest

from cassette_cli.comparison.pairing import Pair, paired, renamed


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ({}, {}, []),
        ({"a": "xy"}, {"b": "xy"}, [("a", "b")]),
        ({"a": "xy"}, {"b": "xz"}, [("a", "b")]),
        ({"a": "xy"}, {"b": "uv"}, []),
        ({"a": "x"}, {"b": "xyz"}, []),
        ({"a": "xy", "b": "xyz"}, {"c": "xyz", "d": "xy"}, [("a", "d"), ("b", "c")]),
        ({"a": "x", "b": "x"}, {"c": "x"}, [("a", "c")]),
    ],
)
def test_renamed(old: dict[str, str], new: dict[str, str], pairs: list[tuple[str, str]]) -> None:
    assert sorted(renamed(old, new)) == pairs


def test_paired() -> None:
    assert paired(["a", "b", "c"], ["b", "d", "e"], [Pair("c", "d")]) == [
        Pair("a", None),
        Pair("b", "b"),
        Pair("c", "d"),
        Pair(None, "e"),
    ]


def test_what_all_files_share_pairs_none_in_product_of_their_numbers() -> None:
    many = {f"{number:04}": "x" for number in range(2_000)}

    assert renamed(many, many) == []
