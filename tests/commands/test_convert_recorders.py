"""What is written for a recorder, the recorder loads, and saves again as it was.

The recorders are no part of the test environment: `.ci/run` names in CASSETTE_RECORDERS those that it could get.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from carrying import nasty, written
from sampled import RECORDINGS

from cassette_cli import files
from cassette_cli.converting import TARGETS
from cassette_cli.converting.base import Carried, Target, text_or_bytes
from cassette_cli.converting.convert import converted
from cassette_cli.converting.go_yaml import BLANK_AFTER_BREAK

MAKE = Path(__file__).resolve().parents[2] / "samples" / "make"
COMMANDS = {
    "vcrpy": (MAKE, [os.environ.get("CASSETTE_SDK_PYTHON", sys.executable), "resave_vcrpy.py"]),
    "go-vcr": (MAKE / "go", ["go", "run", "./resave"]),
    "ruby-vcr": (MAKE / "ruby", ["ruby", "resave.rb"]),
    "har": (MAKE / "node", ["node", "resave.mjs"]),
}
HERE = os.environ.get("CASSETTE_RECORDERS", "").split()
# Releases of Ruby VCR before 6 write what they do not know of the protocol, and each writes its own number.
OF_A_RELEASE = re.compile(rb"    http_version:\n|(?<=\nrecorded_with: VCR )[0-9.]+")


@pytest.mark.parametrize("target", TARGETS, ids=[each.OPTION for each in TARGETS])
def test_a_recorder_saves_what_it_loads_as_it_was(target: Target, tmp_path: Path) -> None:
    if target.OPTION not in HERE:
        pytest.skip(f"{target.NAME} is not named in CASSETTE_RECORDERS")
    made = {}
    for number, text in enumerate(texts(target)):
        path = tmp_path / f"{number}{target.EXTENSION}"
        made[path] = files.encoded(text)
        path.write_bytes(made[path])
    folder, command = COMMANDS[target.OPTION]
    paths = "".join(f"{path}\n" for path in made)
    done = subprocess.run(
        [os.path.abspath(command[0]) if os.path.isfile(command[0]) else command[0], *command[1:]],
        input=paths,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
    for path, data in made.items():
        assert OF_A_RELEASE.sub(b"", path.read_bytes()) == OF_A_RELEASE.sub(b"", data), path


def texts(target: Target) -> Iterator[str]:
    """Samples of all recorders, and what trips emitters."""
    for path in RECORDINGS:
        found = converted(files.read(str(path)), target, "https://api.example")
        if not found.missing:
            yield found.text
    for seed in range(3):
        hard = [each for each in nasty(seed) if target.OPTION != "go-vcr" or not go_loses(each)]
        yield from (written(target, *hard[start : start + 40]) for start in range(0, len(hard), 40))


def go_loses(carried: Carried) -> bool:
    """What Go reads otherwise than it wrote it: it is written so that Go reads it, and not as Go writes it."""
    bodies = map(text_or_bytes, (carried.request_body, carried.response_body))
    return any(isinstance(body, str) and BLANK_AFTER_BREAK.match(body) for body in bodies)
