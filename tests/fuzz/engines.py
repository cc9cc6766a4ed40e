"""Where inputs come from: a fuzzer that learns which of them run new code, and mutations of recordings."""

import contextlib
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random

from .findings import SEED
from .mutation import mutated

# Tries an input.
One = Callable[[bytes], None]
# A longer text has nothing that a shorter one has not, and takes longer.
LONGEST = 4096


def instrumented() -> AbstractContextManager[object] | None:
    """Around imports of modules whose code is to be watched; None where atheris is not installed."""
    with contextlib.suppress(ImportError):
        import atheris

        watched: AbstractContextManager[object] = atheris.instrument_imports(include=["cassette_cli"])
        return watched
    return None


def guide(one: One, seeds: Sequence[bytes], seed: int) -> None:
    """Inputs by atheris, that is libFuzzer, without end."""
    import atheris

    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(seeds):
            (Path(folder) / str(number)).write_bytes(bytes(SEED) + data[:LONGEST])
        options = [f"-seed={seed + 1}", f"-max_len={LONGEST + SEED}", "-rss_limit_mb=0", "-timeout=0", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, folder], one)
        atheris.Fuzz()


def mutate(one: One, seeds: Sequence[bytes], seed: int) -> None:
    """Mutations of the seeds, without end; the same seed gives the same inputs."""
    random = Random(seed)
    while True:
        one(random.randbytes(SEED) + mutated(random.choice(seeds), random.choice(seeds), random))
