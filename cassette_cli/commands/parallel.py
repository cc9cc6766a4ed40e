"""The same work on every cassette that paths stand for: in this process, or several files at once in processes of their
own. Results come in the order of the files, and are the same either way.

A work is a function of a cassette that gives pieces of a result, and puts what it cannot understand into a list. In
this process a piece is made when it is asked for; another process makes all pieces of a few files and sends them over,
so work and pieces must be what pickle takes.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar

import typer

from cassette_cli import files
from cassette_cli.commands.base import fault
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.render.progress import Progress, may_show
from cassette_cli.render.report import tell
from cassette_cli.search import STDIN, Found, find
from cassette_cli.summary import Heading, heading

Jobs: TypeAlias = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=0, metavar="N", help="Read N files at once; 0 is as many as there are cores, where it pays."
    ),
]

# Bytes of files below which the start of processes costs more than they save, and that one is given at a time; how many
# of such loads each has waiting.
WORTH_IT = 8_000_000
LOAD = 500_000
AHEAD = 3

Piece = TypeVar("Piece")
Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

Work: TypeAlias = Callable[[Cassette, list[CassetteError]], Iterable[Piece]]


@dataclass(frozen=True, slots=True)
class Result(Generic[Piece]):
    """What came of a cassette. `errors` is complete once `pieces` are taken."""

    heading: Heading
    pieces: Iterable[Piece]
    errors: Sequence[CassetteError]


# What a file gives: results and errors in order; a text is the path of one that looks like a recording and is none.
Came: TypeAlias = Result[Piece] | CassetteError | str


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How files are read: `skip_others` and `both_sides` as in `files.load`."""

    skip_others: bool = False
    both_sides: bool = False


def results(
    paths: Sequence[str],
    work: Work[Piece],
    errors: list[CassetteError],
    *,
    how: How = How(),
    jobs: int = 1,
    passed_over: list[str] | None = None,
    results_at_end: bool = False,
) -> Iterator[Result[Piece]]:
    """The results of all cassettes. What cannot be read is said on standard error and put into `errors`; the files in
    directories that look like recordings, and are none that is known, into `passed_over`.

    `results_at_end`: nothing is printed meanwhile, so that a line of progress has the terminal for itself.
    """
    shown = may_show(sys.stderr, sys.stdout, os.environ, results_at_end=results_at_end)
    progress = Progress(sys.stderr, shown=shown)
    nothing = True
    for came in _came(paths, partial(_done, work, how), jobs):
        match came:
            case CassetteError():
                progress.clear()
                fault(came, errors)
            case str():
                if passed_over is not None:
                    passed_over.append(came)
            case Result():
                nothing = False
                yield came
                for error in came.errors:
                    progress.clear()
                    fault(error, errors)
                progress.step()
    progress.clear()
    if nothing and not (errors or how.skip_others or passed_over):
        tell(f"no cassettes in {', '.join(paths)}")


def _came(paths: Sequence[str], done: Callable[[Found], Iterable[Came[Piece]]], jobs: int) -> Iterator[Came[Piece]]:
    found: Iterable[Found | CassetteError] = find(paths)
    if jobs != 1:
        found = list(found)
        jobs = _worth(found, jobs)
    if jobs == 1:
        for each in found:
            yield from (each,) if isinstance(each, CassetteError) else done(each)
        return
    for came in in_processes(partial(_all_done, done), _loads(found), jobs):
        yield from came


def _worth(found: Sequence[Found | CassetteError], jobs: int) -> int:
    """In how many processes to read files. Standard input is for this one."""
    if any(isinstance(each, Found) and each.path == STDIN for each in found):
        return 1
    return jobs or (cores() if sum(map(_size, found)) >= WORTH_IT else 1)


def cores() -> int:
    """How many processes can run at once."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return usable or 1


def _size(found: Found | CassetteError) -> int:
    """Bytes of a file; 0 for one that cannot be asked."""
    try:
        return 0 if isinstance(found, CassetteError) else os.stat(found.path).st_size
    except OSError:
        return 0


def _loads(found: Iterable[Found | CassetteError]) -> Iterator[list[Found | CassetteError]]:
    """Files in order, a load at a time."""
    load: list[Found | CassetteError] = []
    size = 0
    for each in found:
        load.append(each)
        size += _size(each)
        if size >= LOAD:
            yield load
            load, size = [], 0
    if load:
        yield load


def _done(work: Work[Piece], how: How, found: Found) -> Iterator[Came[Piece]]:
    """What a file gives, each piece when it is asked for."""
    passed_over: list[str] = []
    loaded = files.load_found(found, skip_others=how.skip_others, both_sides=how.both_sides, passed_over=passed_over)
    for each in loaded:
        if isinstance(each, CassetteError):
            yield each
        else:
            errors: list[CassetteError] = []
            yield Result(heading(each), work(each, errors), errors)
    yield from passed_over


def _all_done(
    done: Callable[[Found], Iterable[Came[Piece]]], load: Sequence[Found | CassetteError]
) -> list[Came[Piece]]:
    """What the files of a load give, all pieces made."""
    made: list[Came[Piece]] = []
    for found in load:
        for came in (found,) if isinstance(found, CassetteError) else done(found):
            made.append(Result(came.heading, list(came.pieces), came.errors) if isinstance(came, Result) else came)
    return made


def in_processes(
    function: Callable[[Item], Outcome], items: Iterable[Item], jobs: int
) -> Generator[Outcome, None, None]:
    """The outcomes of a function, in order, made by so many processes. Only a few are made ahead of what is asked for,
    so that they do not pile up."""
    from concurrent.futures import Future, ProcessPoolExecutor  # here, because few runs need it

    waiting: deque[Future[Outcome]] = deque()
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_begin, initargs=(function,))
    try:
        for item in items:
            waiting.append(pool.submit(_outcome, item))
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> Any:
    """How processes begin: on Linux as copies of this one, which has one thread and all modules; else as is usual."""
    import multiprocessing

    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)


class _Worker:
    """What a process of the pool is there for: it gets the function once, and what that keeps is kept."""

    function: ClassVar[Callable[[Any], Any]]


def _begin(function: Callable[[Any], Any]) -> None:
    """Ctrl-C reaches all processes of a terminal; the first one ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Worker.function = staticmethod(function)


def _outcome(item: Any) -> Any:
    return _Worker.function(item)
