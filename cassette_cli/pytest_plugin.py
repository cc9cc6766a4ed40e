"""A marker for pytest that runs a test once for a recording, and once more for each of its re-chunked variants.

    @pytest.mark.rechunked("cassettes/sum.yaml", by=["char", "hostile"], seeds=3)
    def test_sum(rechunked):
        with vcr.use_cassette(rechunked, record_mode="none"):
            ...

With pytest-recording the path may be left out, and so may the fixture: the test's own cassette is meant, and each run
of the test replays its variant. pytest loads this file wherever the package is installed, so it imports nothing else.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

MARKER = FIXTURE = "rechunked"
HELP = (
    f"{MARKER}(cassette=None, *, by=('whole', 'char', 'word', 'hostile'), seeds=0, noise=()): run the test for a "
    "recording and for variants of it whose streams are cut into other pieces: one for each strategy of `by`, for each "
    "of so many seeds of random pieces, and for each noise. `cassette` is a path from the test's directory."
)
# The name under which pytest-recording is registered: https://github.com/kiwicom/pytest-recording/blob/master/pyproject.toml
RECORDING = "recording"
# Its record modes that ask the server again.
ANEW = ("all", "rewrite")


class Variant(NamedTuple):
    """What is to be done with a recording; nothing where `by` is None. `id` stands in the name of the test."""

    id: str
    cassette: str | None
    by: str | None = None
    seed: int = 0
    noise: tuple[str, ...] = ()


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, also under --strict-markers."""
    config.addinivalue_line("markers", HELP)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each variant, whether it asks for the fixture by name or not."""
    mark = metafunc.definition.get_closest_marker(MARKER)
    if mark is None:
        return
    if FIXTURE not in metafunc.fixturenames:
        metafunc.fixturenames.append(FIXTURE)
    try:
        variants = _variants(*mark.args, **mark.kwargs)
    except TypeError as error:
        pytest.fail(f"@pytest.mark.{MARKER}: {error}", pytrace=False)
    metafunc.parametrize(FIXTURE, variants, indirect=True, ids=[each.id for each in variants], scope="function")


def _variants(
    cassette: str | None = None,
    *,
    by: str | Iterable[str] = ("whole", "char", "word", "hostile"),
    seeds: int = 0,
    noise: str | Iterable[str] = (),
) -> list[Variant]:
    """The variants that a marker asks for, after the recording itself."""
    strategies, noises = ([each] if isinstance(each, str) else list(each) for each in (by, noise))
    return [
        Variant("recorded", cassette),
        *(Variant(each.replace(":", "-"), cassette, each) for each in strategies),
        *(Variant(f"seed-{seed}", cassette, "random", seed) for seed in range(seeds)),
        *(Variant(each.replace(":", "-"), cassette, "event", 0, (each,)) for each in noises),
    ]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The variant is there before any other fixture looks for a cassette."""
    if isinstance(item, pytest.Function) and item.get_closest_marker(MARKER):
        item.fixturenames[:] = [FIXTURE, *(name for name in item.fixturenames if name != FIXTURE)]


@pytest.fixture
def rechunked(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The path of the recording, or of a variant of it, that this run of a test marked `rechunked` is to replay."""
    variant = getattr(request, "param", None)
    if variant is None:
        pytest.fail(f"the fixture {FIXTURE} needs a recording: @pytest.mark.{MARKER}(PATH)", pytrace=False)
    recorded = _recorded(request, variant)
    made = recorded if variant.by is None else _made(request, recorded, variant, tmp_path)
    if request.config.pluginmanager.has_plugin(RECORDING):
        request.node.add_marker(pytest.mark.default_cassette(str(made)), append=False)
    return made


def _recorded(request: pytest.FixtureRequest, variant: Variant) -> Path:
    """Where the recording lies."""
    if variant.cassette is not None:
        return request.path.parent / variant.cassette
    if not request.config.pluginmanager.has_plugin(RECORDING):
        pytest.fail(f"name the recording: @pytest.mark.{MARKER}(PATH)", pytrace=False)
    marker = request.node.get_closest_marker("default_cassette")
    name = marker.args[0] if marker else _usual_name(request, variant)
    return Path(request.getfixturevalue("vcr_cassette_dir"), name.removesuffix(suffix := _suffix(request)) + suffix)


def _usual_name(request: pytest.FixtureRequest, variant: Variant) -> str:
    """As pytest-recording names the cassette of a test; our own part of the test's name is none of it."""
    from pytest_recording.plugin import get_default_cassette_name

    name = request.node.name
    for part, rest in ((f"[{variant.id}]", ""), (f"[{variant.id}-", "["), (f"-{variant.id}]", "]")):
        name = name.replace(part, rest)
    return str(get_default_cassette_name(request.cls, name))


def _suffix(request: pytest.FixtureRequest) -> str:
    """The ending that pytest-recording gives to cassettes."""
    config: dict[str, Any] = dict(request.getfixturevalue("vcr_config"))
    for mark in request.node.iter_markers("vcr"):
        config = {**mark.kwargs, **config}
    return f".{config.get('serializer', 'yaml')}"


def _made(request: pytest.FixtureRequest, recorded: Path, variant: Variant, folder: Path) -> Path:
    if request.config.getoption("--record-mode", None) in ANEW:
        pytest.skip("what is recorded anew is recorded once, by the test named [recorded]")
    if not recorded.exists():
        pytest.skip(f"{recorded} is not recorded yet; the test named [recorded] records it")
    from cassette_cli import CassetteError, load, rechunk, save

    made = folder / f"{recorded.stem}.{variant.id}{recorded.suffix}"
    try:
        save(rechunk(load(recorded), variant.by or "event", seed=variant.seed, noise=variant.noise), made)
    except CassetteError as error:
        pytest.fail(str(error), pytrace=False)
    return made
