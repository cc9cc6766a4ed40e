"""`python -m benchmarks [DIR]`: the table of docs/performance.md."""

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks import sets
from benchmarks.runs import Run, measured

BIN = Path(sys.executable).parent
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
WORK = Path("build") / "benchmarks"
# Bytes of the one cassette that a hook is tried on.
HOOK = 60_000


class Row(NamedTuple):
    """`what` took `ours`, `against` took `theirs`; `budget` is how many times theirs ours may be, None for any."""

    what: str
    ours: Run
    against: str
    theirs: Run
    budget: float | None = None

    @property
    def ratio(self) -> float:
        """By the clock, which is what a user waits."""
        return self.ours.wall / self.theirs.wall


def cassette(*words: str) -> list[str]:
    """A command line of ours."""
    return [str(BIN / "cassette"), *words]


def inside(name: str, path: Path) -> float:
    """Seconds of processor time that a work of benchmarks.inside took."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.inside", name, str(path)], capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def whole(corpus: Path, times: int) -> Iterator[Row]:
    """Commands as processes of their own, on a large folder."""
    folder = str(corpus)
    python = [sys.executable, "-m", "benchmarks.inside"]
    found = measured(
        {
            "compose": [*python, "--once", "compose", folder],
            "csafeloader": [*python, "--once", "csafeloader", folder],
            "ls": cassette("ls", "--json", folder),
            "show": cassette("show", "--jsonl", folder),
            "show alone": cassette("show", "--jsonl", "-j1", folder),
            "check": cassette("check", folder),
            "redact": cassette("redact", "--check", folder),
            "redact alone": cassette("redact", "--check", "-j1", folder),
            "diff": cassette("diff", "--json", folder, folder),
            "rechunk": cassette("rechunk", "--list", "--by", "word", folder),
            "kingfisher": [str(BIN / "kingfisher"), "scan", "--no-validate", "--no-update-check", folder],
        },
        times,
    )
    yield Row("ls --json", found["ls"], "compose alone", found["compose"])
    yield Row("show --jsonl", found["show"], "compose alone", found["compose"], 1.3)
    yield Row("show --jsonl -j1", found["show alone"], "compose alone", found["compose"])
    yield Row("check", found["check"], "compose alone", found["compose"])
    yield Row("diff, the folder with itself", found["diff"], "compose alone", found["compose"])
    yield Row("rechunk --list --by word", found["rechunk"], "compose alone", found["compose"])
    yield Row("redact --check", found["redact"], "CSafeLoader alone", found["csafeloader"], 1.0)
    yield Row("redact --check -j1", found["redact alone"], "CSafeLoader alone", found["csafeloader"])
    yield Row("redact --check", found["redact"], "kingfisher", found["kingfisher"])


def hook(corpus: Path, times: int) -> Iterator[Row]:
    """One cassette, as a hook sees it, and the start of a process."""
    one = str(min(corpus.rglob("*.yaml"), key=lambda path: abs(path.stat().st_size - HOOK)))
    found = measured(
        {
            "redact": cassette("redact", "--check", one),
            "detect-secrets": [str(BIN / "detect-secrets-hook"), one],
            "version": cassette("--version"),
            "nbdime": [str(BIN / "nbdiff"), "--version"],
            "python": [sys.executable, "-c", "pass"],
        },
        times,
    )
    yield Row("redact --check, 60 KB", found["redact"], "detect-secrets-hook", found["detect-secrets"], 0.5)
    yield Row("--version", found["version"], "python -c pass", found["python"])
    yield Row("--version", found["version"], "nbdiff --version", found["nbdime"])


SDKS = {
    "ours-openai-chat": ("openai-chat", "litellm"),
    "ours-openai-responses": ("openai-responses",),
    "ours-anthropic": ("anthropic",),
}


def replies(corpus: Path, times: int) -> Iterator[Row]:
    """Replies put together, inside a process."""
    for name, others in SDKS.items():
        ours = inside(name, corpus)
        for other in others:
            theirs = inside(other, corpus)
            what = name.removeprefix("ours-")
            yield Row(f"reply of {what}", Run(ours, ours, 0), f"{other} SDK", Run(theirs, theirs, 0), 0.2)


def growth(corpus: Path, times: int) -> Iterator[Row]:
    """What ten times as much takes, in times of the smaller one; linear is 10."""
    made = WORK / "growth"
    steps = [("events", sets.stream, (1_000, 10_000, 100_000)), ("MB", sets.long_answer, (1, 10, 100))]
    for unit, make, sizes in steps:
        paths = {size: str(make(made, size)) for size in sizes}
        others = {size: str(sets.changed(Path(path))) for size, path in paths.items()}
        for words in (("show", "--json"), ("redact", "--check"), ("check",), ("diff", "--json")):
            found = measured(
                {
                    str(size): cassette(*words, *([others[size]] if words[0] == "diff" else []), path)
                    for size, path in paths.items()
                },
                times,
            )
            for small, large in pairwise(sizes):
                what = f"{' '.join(words)}, {large:,} {unit}"
                yield Row(what, found[str(large)], f"{small:,} {unit}", found[str(small)], 10.0)


GROUPS: Mapping[str, Callable[[Path, int], Iterator[Row]]] = {
    "hook": hook,
    "whole": whole,
    "replies": replies,
    "growth": growth,
}


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Markdown."""
    yield "| what | seconds | peak MB | beside | seconds | ratio | budget |"
    yield "|---|--:|--:|---|--:|--:|--:|"
    for row in rows:
        memory = f"{row.ours.memory / 1e6:.0f}" if row.ours.memory else ""
        budget = "" if row.budget is None else f"{row.budget:g}"
        yield (
            f"| {row.what} | {row.ours.wall:.3f} | {memory} | {row.against} | {row.theirs.wall:.3f} "
            f"| {row.ratio:.2f} | {budget} |"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS, help="recordings (default: those beside)")
    parser.add_argument("--megabytes", type=float, default=100, help="what they are multiplied to (default: 100)")
    parser.add_argument("--times", type=int, default=3, help="runs, of which the median counts (default: 3)")
    parser.add_argument("--only", choices=GROUPS, action="append", help="only this part of the table")
    options = parser.parse_args()
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    large = sets.multiplied(options.folder, WORK / "corpus", options.megabytes)
    rows: list[Row] = []
    for name in options.only or GROUPS:
        rows += GROUPS[name](large if name == "whole" else options.folder, options.times)
    print("\n".join(table(rows)))


if __name__ == "__main__":
    main()
