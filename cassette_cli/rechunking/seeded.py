"""Numbers that look random and are the same on every machine and in every release of Python.

SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014; public domain code at
https://prng.di.unimi.it/splitmix64.c), because the standard library promises the same numbers only for some of its
methods. What a number is for is part of its seed, so that no choice depends on how many were made before it.
"""

from hashlib import sha256

MASK = (1 << 64) - 1


class Seeded:
    """The numbers of one seed and one purpose."""

    def __init__(self, seed: int, purpose: str) -> None:
        digest = sha256(f"{seed} {purpose}".encode()).digest()
        self._state = int.from_bytes(digest[:8], "big")

    def between(self, least: int, most: int) -> int:
        """The next number from `least` to `most`, both included."""
        return least + (self._next() * (most - least + 1) >> 64)

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & MASK
        mixed = self._state
        mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & MASK
        return mixed ^ mixed >> 31
