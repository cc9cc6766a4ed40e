"""`python -m tests.fuzz TARGET`: look for inputs that break a law, for a while.

A target whose inputs are quick is guided by what code they run, where atheris is installed
(https://pypi.org/project/atheris/); any other mutates recordings. What is found is kept in build/fuzz, one input for
each place, and can be tried again: `python -m tests.fuzz TARGET FILE...`.
"""

import argparse
import os
import sys
from contextlib import nullcontext
from pathlib import Path

# The modules that tests share lie there.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from . import engines
from .findings import Findings, run

WORK = Path("build") / "fuzz"
WATCHED = engines.instrumented()

with WATCHED or nullcontext():
    from .targets import TARGETS


def main() -> None:
    """Fuzz a target for some seconds, or try inputs; exit with 1 where a law broke."""
    arguments = _parser().parse_args()
    target = TARGETS[arguments.target]
    for path in arguments.inputs:
        run(target.check, path.read_bytes())
    if arguments.inputs:
        return
    findings = Findings(target.check, WORK / arguments.target)

    def one(data: bytes) -> None:
        if findings.seconds() > arguments.seconds:
            print(f"{arguments.target}: {findings}", flush=True)
            os._exit(1 if findings.found else 0)  # libFuzzer knows no other end
        findings.run(data)

    engine = engines.guide if WATCHED and target.guided else engines.mutate
    engine(one, list(target.seeds()), arguments.seed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("inputs", nargs="*", type=Path, metavar="FILE", help="try these inputs and nothing else")
    parser.add_argument("--seconds", type=float, default=60, help="how long (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="what inputs are drawn by (default: %(default)s)")
    return parser


main()
