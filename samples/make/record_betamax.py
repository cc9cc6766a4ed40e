"""Records with Betamax (https://betamax.readthedocs.io), through requests.

Betamax's own hook replaces the stand-in's address by the one to be recorded, and the date by a fixed one.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import betamax
import requests

from samples.make.case import Exchange
from samples.make.standin import prefix
from samples.make.table import Recording

DATE = "2025-01-01T00:00:00"


def record(origin: str, folder: Path, recordings: list[Recording]) -> None:
    """Make the recordings in a folder, from the stand-in at `origin`."""
    bases = {
        origin + prefix(recording.case, number): exchange
        for recording in recordings
        for number, exchange in enumerate(recording.case.exchanges)
    }
    with betamax.Betamax.configure() as config:
        config.before_record(callback=partial(_as_meant, bases))
    for recording in recordings:
        file = folder / recording.file
        session = requests.Session()
        recorder = betamax.Betamax(session, cassette_library_dir=str(file.parent))
        exact = recording.variant.name == "exact-bytes"
        with recorder.use_cassette(file.stem, record="all", preserve_exact_body_bytes=exact):
            for number, exchange in enumerate(recording.case.exchanges):
                _ask(session, origin + prefix(recording.case, number), exchange)


def _ask(session: requests.Session, base: str, exchange: Exchange) -> None:
    headers = {"Accept-Encoding": "identity", "User-Agent": "example-client/1.0", **exchange.headers}
    session.request(exchange.method, base + exchange.path, headers=headers, data=exchange.body.encode() or None)


def _as_meant(bases: Mapping[str, Exchange], interaction: Any, _: Any) -> None:
    data = interaction.data
    data["recorded_at"] = DATE
    for side, name in (("request", "uri"), ("response", "url")):
        base = next(each for each in bases if data[side][name].startswith(f"{each}/"))
        data[side][name] = bases[base].origin + data[side][name].removeprefix(base)
