"""Lines of many places at once are those of one place at a time."""

from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.document.document import lines_at, position

TEXTS = st.text(st.sampled_from("ab\n\r😀"), max_size=40)


@given(TEXTS, st.lists(st.integers(0, 40), max_size=6))
def test_lines_at_agrees_with_position(text: str, places: list[int]) -> None:
    # No place between a CR and its LF: nothing begins there.
    offsets = [place for place in sorted(places) if place <= len(text) and text[place - 1 : place + 1] != "\r\n"]
    assert list(lines_at(text, offsets)) == [position(text, offset)[0] for offset in offsets]
