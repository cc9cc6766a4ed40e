"""`python -m tests.proof FOLDER...`: a table of what holds of the recordings there; exits with 1 where a law fails."""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain

from cassette_cli.errors import CassetteError
from cassette_cli.search import Found, find

from .law_runs import Report, reports
from .law_table import lines


def main(args: Sequence[str] | None = None) -> int:
    """Run it. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("paths", nargs="+", metavar="FOLDER")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="files at once")
    parser.add_argument("--step", type=int, default=1, help="only every so manieth file")
    parser.add_argument("--all-laws", action="store_true", help="the laws that cost much on every file, too")
    asked = parser.parse_args(args)
    start = time.monotonic()
    found = list(find(asked.paths))[:: asked.step]
    made = [Report(path="", error=str(each)) for each in found if isinstance(each, CassetteError)]
    made += _reports([each for each in found if not isinstance(each, CassetteError)], asked.all_laws, asked.jobs)
    print("\n".join(lines(made, time.monotonic() - start)))
    return int(any(report.faults for report in made))


def _reports(found: Sequence[Found], everything: bool, jobs: int) -> Iterator[Report]:
    work = partial(reports, everything=everything)
    if jobs == 1:
        yield from chain.from_iterable(map(work, found, range(len(found))))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from chain.from_iterable(_told(pool.map(work, found, range(len(found)), chunksize=8), len(found)))


def _told(made: Iterable[list[Report]], count: int) -> Iterator[list[Report]]:
    """The reports as they come; on a terminal the number of those that are there."""
    for number, each in enumerate(made, 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {count}", end="", file=sys.stderr)
        yield each


if __name__ == "__main__":
    sys.exit(main())
