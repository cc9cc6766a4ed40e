"""Events of a large response are parsed one by one, and are the same as those that are kept."""

import pytest

from cassette_cli.protocols.shared import events
from cassette_cli.protocols.shared.events import Event, Events, Payload, numbers

PAYLOADS = [Payload(0, None, '{"a": 1}'), Payload(1, "end", "[DONE]"), Payload(2, None, "\ufeff[2]")]
SAME = [Event(0, None, '{"a": 1}', {"a": 1}, True), Event(1, "end", "[DONE]", None, False)]
SAME += [Event(2, None, "\ufeff[2]", [2], True)]


@pytest.mark.parametrize("kept", [0, 1_000_000])
def test_they_read_like_a_list(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "KEPT", kept)
    held = Events(PAYLOADS)
    assert list(held) == list(held) == SAME
    assert len(held) == 3
    assert held[-1] == SAME[-1]
    assert list(held[:2]) == SAME[:2]
    assert list(held.others({0, 2})) == [SAME[1]]
    assert list(held.numbers) == list(numbers(held)) == list(numbers(SAME)) == [0, 1, 2]
    assert not Events([])


def test_those_of_a_large_response_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Events(PAYLOADS)
    assert kept[0] is kept[0]
    monkeypatch.setattr(events, "KEPT", 0)
    large = Events(PAYLOADS)
    assert large[0] is not large[0]
    parsed: list[str] = []

    def parse(text: str) -> tuple[None, bool]:
        parsed.append(text)
        return None, True

    monkeypatch.setattr(events, "parse_json", parse)
    assert [event.number for event in large.others({0, 1})] == [2]
    assert list(large.numbers) == [0, 1, 2]
    assert parsed == ["[2]"]
