"""Which interaction is which: insertion, deletion, moves, polling, and requests that changed."""

import pytest
from comparing import asking, token
from handmade import made, prompt_of, said

from cassette_cli.comparison.alignment import Aligned, align, asks
from cassette_cli.conversation import Reply
from cassette_cli.exchange import Exchange


def talk(*words: str, answer: str = "") -> Exchange:
    """A request whose messages are these, and its answer."""
    messages = [said("user", word) for word in words]
    return made(prompt=prompt_of(*messages), reply=Reply(messages=(said("assistant", answer),)))


def letters(text: str) -> list[Exchange]:
    """An exchange for each letter: a capital one is the small one answered otherwise."""
    return [talk(f"the question {letter.lower()}", answer=letter) for letter in text]


def shown(old: str, new: str) -> str:
    """The pairs: `a` is the same, `+a` came, `-a` went, `>a` moved."""
    found = []
    for at_old, at_new, moved in align(letters(old), letters(new)):
        if at_new is None:
            found.append(f"-{old[at_old or 0]}")
        else:
            found.append(("+" if at_old is None else ">" if moved else "") + new[at_new])
            assert at_old is None or old[at_old].lower() == new[at_new].lower()
    return " ".join(found)


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", ""),
        ("abc", "abc", "a b c"),
        ("abc", "xabc", "+x a b c"),
        ("abc", "abxc", "a b +x c"),
        ("abc", "bc", "-a b c"),
        ("abc", "cab", ">c a b"),
        ("abc", "ABC", "A B C"),
        ("abc", "xABC", "+x A B C"),
        # Polling: all ask the same, and keep their order.
        ("aaa", "aaa", "a a a"),
        ("aaA", "aA", "a -a A"),
        ("aab", "aaab", "a a +a b"),
        ("a", "aA", "a +A"),
    ],
)
def test_pairs(old: str, new: str, pairs: str) -> None:
    assert shown(old, new) == pairs


def test_a_request_that_changed_is_found_by_likeness() -> None:
    old = [talk("what is the weather in Florence"), talk("add two and three")]
    new = [talk("tell me a joke"), talk("what is the weather in Rome"), talk("add two and four")]

    assert align(old, new) == [Aligned(None, 0), Aligned(0, 1), Aligned(1, 2)]


def test_as_many_of_the_same_kind_stand_side_by_side_however_different() -> None:
    assert align([talk("one thing")], [talk("something else altogether")]) == [Aligned(0, 0)]


def test_what_asks_another_protocol_is_another_interaction() -> None:
    old = [asking(prompt_of(said("user", "hi")))]
    new = [made(url="https://api.example/v1/files", method="GET")]

    assert align(old, new) == [Aligned(None, 0), Aligned(0, None)]


def test_ids_in_paths_do_not_tell_apart() -> None:
    old = [
        made(url=f"https://api.example/v1/batches/batch_{name}", method="GET") for name in ("abc123def", "zzz999zzz")
    ]
    new = [made(url="https://api.example/v1/batches/batch_qqq111qqq", method="GET"), old[1]]

    assert align(old, new) == [Aligned(0, 0), Aligned(1, 1)]


def test_credentials_do_not_tell_apart() -> None:
    one, other = (made(url=f"https://api.example/v1/x?access_token={token(seed)}", method="GET") for seed in (1, 2))

    assert asks(one) == asks(other)


def test_many_alike_are_aligned_in_time_that_is_linear() -> None:
    exchanges = [talk("is it done", answer="no")] * 3_000

    found = align(exchanges, [talk("start"), *exchanges])

    assert found[0] == Aligned(None, 0)
    assert [each.old for each in found[1:]] == list(range(3_000))
