"""The file as its recorder sees it: the version of its format, and whether there is anything to play."""

from collections.abc import Iterator

from cassette_cli.checks.base import Check, Problem, Scene
from cassette_cli.checks.settings import Level
from cassette_cli.matching import MATCHING

CHECKS = {
    "version-unknown": Check(Level.ERROR, "the recorder refuses a file of this version"),
    "version-old": Check(Level.NOTE, "newer versions of the recorder refuse the file"),
    "recording-empty": Check(Level.NOTE, "there is no interaction in the file"),
    "request-incomplete": Check(Level.WARNING, "a request without method or URL is never found again"),
}

# The versions that recorders know. go-vcr 3 and 4 load format 2 alone (pkg/cassette/cassette.go, `Load`); VCR.py looks
# at the number only to tell files of its first releases (vcr/migration.py). The others have none.
VERSIONS: dict[str, tuple[frozenset[int | str | None], frozenset[int | str | None]]] = {
    "go-vcr": (frozenset({2}), frozenset({1})),
    "VCR.py": (frozenset({1, None}), frozenset()),
}


def find(scene: Scene) -> Iterator[Problem]:
    """What is wrong with the file as a whole, and with requests that lack what they are found by."""
    cassette = scene.cassette
    if cassette.recorder in VERSIONS:
        known, old = VERSIONS[cassette.recorder]
        if cassette.version in old:
            yield Problem(
                "version-old", f"format {cassette.version} is read by old versions of {cassette.recorder} only"
            )
        elif cassette.version not in known:
            yield Problem("version-unknown", f"{cassette.recorder} has no format {cassette.version}")
    if not cassette.interactions:
        yield Problem("recording-empty", "the recording holds no interaction")
    # Those that are not listed may keep no request at all.
    for interaction in cassette.interactions if cassette.recorder in MATCHING else ():
        request = interaction.request
        lacks = [name for name, value in (("method", request.method), ("URL", request.url)) if value is None]
        if lacks:
            yield Problem("request-incomplete", f"the request has no {' and no '.join(lacks)}", interaction.index)
