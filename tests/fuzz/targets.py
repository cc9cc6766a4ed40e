"""What can be fuzzed, by name."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from . import lenses, recordings, seeds
from .findings import Check
from .frames import TARGETS as FRAMES


class Target(NamedTuple):
    """Laws for any bytes, and the inputs to begin with. Where `guided` an input is quick enough that a fuzzer learns
    from what code it runs; elsewhere recordings are mutated."""

    check: Check
    seeds: Callable[[], Iterable[bytes]]
    guided: bool = True


TARGETS = {
    "sse": Target(FRAMES["sse"], partial(seeds.bodies, "sse")),
    "eventstream": Target(FRAMES["eventstream"], seeds.messages),
    "ndjson": Target(FRAMES["ndjson"], partial(seeds.bodies, "ndjson")),
    "json-array": Target(FRAMES["json_array"], partial(seeds.bodies, "json_array")),
    "json": Target(lenses.json_, seeds.json_texts),
    "yaml": Target(lenses.yaml, seeds.yaml_texts),
    "toml": Target(lenses.toml, lambda: seeds.TOML),
    "httprr": Target(lenses.httprr, partial(seeds.texts, "httprr")),
    "percent": Target(lenses.percent, seeds.percent),
    "codings": Target(lenses.codings, seeds.coded),
    "recordings": Target(recordings.check, seeds.recordings, guided=False),
    "commands": Target(recordings.check_command, seeds.recordings, guided=False),
}
