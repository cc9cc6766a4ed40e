"""Cuts where parsers break: each kind of boundary is there."""

from itertools import pairwise

import pytest

from cassette_cli.rechunking.hostile import hostile


@pytest.mark.parametrize(
    ("text", "is_json", "before", "after"),
    [
        (r'{"a":"\u00e9"}', True, "\\", "u"),
        (r'{"a":"\u00e9"}', True, "u", "0"),
        (r'{"a":"\ud83d\ude00"}', True, "3d", "\\"),
        (r'{"a":"x\ny"}', True, "\\", "n"),
        ('{"location":"x"}', True, "loca", "tion"),
        ('{"n":12.5e3}', True, "1", "2.5e"),
        ("two words", False, "two", " "),
        ("two words", False, " ", "words"),
        ("a\r\nb", False, "\r", "\n"),
        ("e\u0301", False, "e", "\u0301"),
        ("\N{WOMAN}\u200d\N{GIRL}", False, "\N{WOMAN}", "\u200d"),
    ],
)
def test_there_is_a_boundary(text: str, is_json: bool, before: str, after: str) -> None:
    pieces = [piece for piece in hostile(text, is_json=is_json) if piece]

    assert any(one.endswith(before) and other.startswith(after) for one, other in pairwise(pieces))


def test_empty_pieces_come_first_and_in_between_but_not_last() -> None:
    pieces = hostile("one two three four five six seven", is_json=False)

    assert pieces[0] == ""
    assert "" in pieces[1:]
    assert pieces[-1] == "seven"
    assert "".join(pieces) == "one two three four five six seven"


def test_text_without_boundaries_is_cut_too() -> None:
    assert max(map(len, hostile("x" * 100, is_json=False))) < 30
