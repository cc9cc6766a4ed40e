"""Numbers by seed: the published ones of SplitMix64, in their bounds, spread evenly."""

from collections import Counter

from cassette_cli.rechunking.seeded import Seeded


def test_the_numbers_are_those_of_splitmix64() -> None:
    """Its author's C code gives these for the state 1234567 (https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64)."""
    numbers = Seeded(0, "")
    numbers._state = 1234567

    assert [numbers._next() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_numbers_stay_in_their_bounds_and_all_come() -> None:
    numbers = Seeded(7, "text")
    drawn = Counter(numbers.between(3, 6) for _ in range(4000))

    assert sorted(drawn) == [3, 4, 5, 6]
    assert min(drawn.values()) > 900


def test_seed_and_purpose_both_count() -> None:
    every = {Seeded(seed, purpose).between(0, 10**9) for seed in range(10) for purpose in ("a", "b")}

    assert len(every) == 20
