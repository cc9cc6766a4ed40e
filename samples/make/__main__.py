"""Makes samples/ again: `python -m samples.make [--check] [python] [betamax] [go] [httprr] [ruby] [node] [rust]`.

All recorders unless some are named. With --check nothing is written: what comes out is compared with what lies there,
and the exit code is 1 where they differ.
"""

import json
import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from importlib import import_module
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samples.make.standin import prefix, running
from samples.make.table import RECORDINGS, Recording

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent

# How each recording program is started, in its folder, on a plan; None is a module here, in this process.
PROGRAMS: dict[str, tuple[str, list[str]] | None] = {
    "python": None,
    "betamax": None,
    "go": ("go", ["go", "run", "."]),
    "httprr": ("go", ["go", "test", "-count=1", ".", "-httprecord=.", "-httprecord-delay=1ns"]),
    "ruby": ("ruby", ["ruby", "record.rb"]),
    "node": ("node", ["sh", "-c", "npm ci --silent && node record.mjs"]),
    "rust": ("rust", ["cargo", "run", "--quiet"]),
}
# Imported only when they are wanted: each has clients that the other recorders do not need.
MODULES = {"python": "record_vcrpy", "betamax": "record_betamax"}


def _plan(origin: str, folder: Path, recordings: list[Recording]) -> dict[str, Any]:
    """What the Go and Ruby programs are to do, as JSON."""
    return {
        "recordings": [
            {
                "file": str(folder / recording.file),
                "variant": recording.variant.name,
                "exchanges": [
                    {
                        "method": exchange.method,
                        "origin": exchange.origin,
                        "base": origin + prefix(recording.case, number),
                        "path": exchange.path,
                        "headers": {"User-Agent": "example-client/1.0", **exchange.headers},
                        "body": exchange.body,
                    }
                    for number, exchange in enumerate(recording.case.exchanges)
                ],
            }
            for recording in recordings
        ]
    }


def _record(program: str, origin: str, folder: Path, recordings: list[Recording]) -> None:
    started = PROGRAMS[program]
    if started is None:
        import_module(f"samples.make.{MODULES[program]}").record(origin, folder, recordings)
        return
    plan = folder / "plan"
    plan.write_text(json.dumps(_plan(origin, folder, recordings)), encoding="utf-8")
    subprocess.run(started[1], cwd=HERE / started[0], env={**os.environ, "PLAN": str(plan)}, check=True)


def _make(folder: Path, programs: list[str]) -> list[Recording]:
    wanted = [recording for recording in RECORDINGS if recording.variant.program in programs]
    for recording in wanted:
        (folder / recording.file).parent.mkdir(exist_ok=True)
    with running() as origin:
        for program, recordings in groupby(wanted, key=lambda recording: recording.variant.program):
            print(program)
            _record(program, origin, folder, list(recordings))
    return wanted


def _differs(made: Path, there: Path) -> bool:
    return not there.exists() or made.read_bytes() != there.read_bytes()


def main() -> int:
    parser = ArgumentParser(prog="python -m samples.make", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("programs", nargs="*", metavar="python|betamax|go|httprr|ruby|node|rust")
    options = parser.parse_args()
    programs = options.programs or list(PROGRAMS)
    if unknown := set(programs) - set(PROGRAMS):
        parser.error(f"no such recorder: {', '.join(sorted(unknown))}")
    with TemporaryDirectory() as name:
        made = _make(Path(name), programs)
        changed = [each.file for each in made if _differs(Path(name, each.file), SAMPLES / each.file)]
        for file in [] if options.check else changed:
            (SAMPLES / file).parent.mkdir(exist_ok=True)
            shutil.copyfile(Path(name, file), SAMPLES / file)
    for file in changed:
        print(f"{'differs' if options.check else 'written'}: samples/{file}")
    print(f"{len(made)} made, {len(changed)} {'differ' if options.check else 'changed'}")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
