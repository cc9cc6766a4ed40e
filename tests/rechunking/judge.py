"""What the vendors' SDKs make of re-chunked recordings: a script, because the SDKs are no part of the test environment.

    python tests/rechunking/judge.py --sdks PYTHON [--by hostile --by random:1-12 --seed 7 ...]

Cuts all recordings of ../shared/corpus anew, has the judges of ../shared/oracle read the recorded ones and the new ones
with the interpreter PYTHON, which has the SDKs, and compares row by row. Exits with 1 where an SDK reads another reply.
Some fields cannot be the same: the count of events and bytes, and the role, which OpenAI's helper appends to itself
with every event that repeats it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.rechunking.proven import Recipe, rechunked

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS, ORACLE = SHARED / "corpus", SHARED / "oracle" / "oracle.py"
BY = ["whole", "token", "word", "grapheme", "char", "size:5", "random:1-12", "interleave", "hostile"]
# What counts events or says how an SDK's helper fared, not what was said.
APART = {"n_events", "bytes", "role", "notes", "helper_vs_raw", "helper_reason", "output_kinds", "judge"}

Rows = dict[tuple[str, str, int], Any]


def copies(folder: Path, recipe: Recipe) -> None:
    """The corpus cut anew, below `folder`."""
    for cassette in files.load([str(CORPUS)]):
        if isinstance(cassette, CassetteError):
            continue
        exchanges = [exchange(each) for each in cassette.interactions]
        after = (
            rechunked(cassette, exchanges, recipe).cassette if any(each.streamed for each in exchanges) else cassette
        )
        path = folder / Path(cassette.path).relative_to(CORPUS)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files.encoded(after.document.text))


def judged(sdks: str, corpus: Path) -> Rows:
    """What the judges say of the streamed replies of recordings."""
    with tempfile.TemporaryDirectory() as out:
        command = [sdks, str(ORACLE), "--no-plain", "--no-litellm", "--corpus", str(corpus), "--out", out]
        subprocess.run(command, check=True, capture_output=True)
        return dict(_rows(Path(out)))


def _rows(out: Path) -> Iterator[tuple[tuple[str, str, int], Any]]:
    for name in ("expected.jsonl", "left_out.jsonl"):
        for line in (out / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            kept = {key: value for key, value in row.items() if key not in APART}
            yield (row["repo"], row["path"], row["index"]), (name, kept)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sdks", required=True, metavar="PYTHON")
    parser.add_argument("--by", action="append")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    before = judged(given.sdks, CORPUS)
    failed = False
    for by in given.by or BY:
        with tempfile.TemporaryDirectory() as folder:
            copies(Path(folder), Recipe(by=by, seed=given.seed))
            after = judged(given.sdks, Path(folder))
        other = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        print(f"{by}: {len(before)} replies, {len(other)} read otherwise", flush=True)
        for key in other:
            print("  ", *key)
        failed = failed or bool(other)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
