"""Real recordings under every strategy and noise. `rechunked` proves that the reply, its anomalies and all else of the
file are what they were; here stands what it does not look at: that the same seed gives the same text, that pieces were
cut, and that lines outside the streamed bodies are the very same lines.

The whole of it takes an hour (`pytest -m slow`); every run tries a part, another one for each strategy.
"""

from functools import cache
from pathlib import Path

import pytest

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette
from cassette_cli.rechunking.noise import NOISES, noises
from cassette_cli.rechunking.proven import Recipe, rechunked

BY = ["event", "whole", "token", "word", "grapheme", "char", "size:1", "size:7", "interleave", "hostile"]
RECIPES = {
    **{by: Recipe(by=by) for by in BY},
    **{f"random, seed {seed}": Recipe(by="random:1-12", seed=seed) for seed in (1, 2, 3)},
    **{
        noise.name: Recipe(noise=noises([noise.name]), lossy=noise.name == "no-done")
        for noise in NOISES
        if not noise.lossy
    },
    "word with noise": Recipe(by="word", noise=noises(["crlf,no-space,comments,pings,id-lines,multi-line-data"])),
    **{f"{name}:1": Recipe(noise=noises([f"{name}:1"]), lossy=True) for name in ("duplicate", "error", "cut-off")},
}
# So many recordings are passed over between two of a part.
STEP = 97


@cache
def streamed(corpus: Path) -> list[Path]:
    """The recordings that hold a streamed reply, by their first look."""
    paths = sorted(path for path in corpus.rglob("*") if path.suffix in (".yaml", ".yml", ".json", ".httprr"))
    return [
        path for path in paths if any(sign in path.read_bytes() for sign in (b"event-stream", b"ndjson", b"stream"))
    ]


def read(path: Path) -> tuple[Cassette, list[Exchange]] | None:
    try:
        cassette = files.from_bytes(str(path))
    except CassetteError:
        return None
    exchanges = [exchange(each) for each in cassette.interactions] if cassette else []
    return (cassette, exchanges) if cassette and any(each.streamed and each.reading for each in exchanges) else None


def check(path: Path, recipe: Recipe) -> int:
    """All that must hold of one recording. How many texts were cut."""
    found = read(path)
    if found is None:
        return 0
    cassette, exchanges = found
    try:
        first, second = (rechunked(cassette, exchanges, recipe) for _ in range(2))
    except CassetteError as error:
        if "no event 1 here" not in error.message:
            raise
        return 0
    assert first.cassette.document.text == second.cassette.document.text
    assert first.outcomes == second.outcomes
    for old, new in zip(cassette.interactions, first.cassette.interactions, strict=True):
        assert (old.request.method, old.response.status) == (new.request.method, new.response.status)
        assert [header.name for header in old.response.headers] == [header.name for header in new.response.headers]
    return sum(len(each.channels) for each in first.outcomes)


@pytest.mark.parametrize("name", RECIPES)
def test_a_part(name: str, corpus: Path) -> None:
    offset = list(RECIPES).index(name) * 5
    cut = sum(check(path, RECIPES[name]) for path in streamed(corpus)[offset::STEP])

    assert RECIPES[name].by == "event" or cut > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_all(name: str, corpus: Path) -> None:
    cut = sum(check(path, RECIPES[name]) for path in streamed(corpus))

    assert RECIPES[name].by == "event" or cut > 900
