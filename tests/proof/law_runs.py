"""A file held against the laws, and many files summed up."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from cassette_cli import disk, files
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.search import Found

from .law_list import LAWS
from .text_laws import Recording, after_empty_edits


class Tried(NamedTuple):
    """A law tried on a file: how many things it held of, or why it does not hold."""

    law: str
    held: int
    seconds: float
    fault: str | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """What there is to say of a file; `recorder` is None for one that is no recording, or gave an `error`."""

    path: str
    recorder: str | None = None
    size: int = 0
    interactions: int = 0
    streams: int = 0
    events: int = 0
    changed: int = 0
    anomalies: Counter[str] = field(default_factory=Counter)
    tried: Sequence[Tried] = ()
    error: str | None = None

    @property
    def faults(self) -> list[str]:
        """Where laws do not hold."""
        return [f"{self.path}: {each.law}: {each.fault}" for each in self.tried if each.fault]


def reports(found: Found, number: int, *, everything: bool) -> list[Report]:
    """What there is to say of a file, the so manieth of its run; each error of it comes after."""
    made = []
    for each in files.load_found(found):
        if isinstance(each, CassetteError):
            made.append(Report(path=found.path, error=str(each)))
        else:
            made.append(_report(each, number, everything=everything))
    return made


def _report(cassette: Cassette, number: int, *, everything: bool) -> Report:
    recording = Recording(disk.unpacked(cassette.path, disk.bytes_of(cassette.path)), cassette)
    tried = [_tried(recording, number, everything=everything, place=place) for place in range(len(LAWS))]
    known = recording.exchanges
    return Report(
        path=cassette.path,
        recorder=cassette.recorder,
        size=len(recording.data),
        interactions=len(cassette.interactions),
        streams=sum(each.streamed for each in known),
        events=sum(frame.number is not None for each in known if each.streamed for frame in each.frames),
        changed=_differing(after_empty_edits(recording), recording.data),
        anomalies=Counter(anomaly.code for each in known for anomaly in each.anomalies),
        tried=[each for each in tried if each],
    )


def _tried(recording: Recording, number: int, *, everything: bool, place: int) -> Tried | None:
    """A law tried, None where this file is not of its sample. A law may fail in any way: that is what is looked for."""
    law = LAWS[place]
    if not everything and (number + place) % law.every:
        return None
    start = time.perf_counter()
    try:
        held, fault = law.check(recording), None
    except Exception as error:
        lines = f"{type(error).__name__}: {error}".splitlines()
        held, fault = 0, lines[0][:300]
    return Tried(law.name, held, time.perf_counter() - start, fault)


def _differing(one: bytes, other: bytes) -> int:
    """How many bytes differ."""
    return 0 if one == other else sum(here != there for here, there in zip_longest(one, other))


class Sum(NamedTuple):
    """The laws of many files: of how many files and things each held, how often not, and its time."""

    files: int
    held: int
    faults: int
    seconds: float


def by_law(made: Iterable[Report]) -> Iterator[tuple[str, Sum]]:
    """The sum of each law, in their order."""
    tried = [each for report in made for each in report.tried]
    for law in LAWS:
        ours = [each for each in tried if each.law == law.name]
        faults = sum(each.fault is not None for each in ours)
        yield law.name, Sum(len(ours), sum(each.held for each in ours), faults, sum(each.seconds for each in ours))
