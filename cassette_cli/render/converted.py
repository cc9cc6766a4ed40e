"""What `cassette convert` did, or would do: lines for people, cassette.convert/1 for programs.

a.yaml → b.yaml: VCR.py does not keep how long the response took (2 interactions)
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from cassette_cli.conversation import Json
from cassette_cli.converting.base import Loss
from cassette_cli.converting.convert import Converted
from cassette_cli.errors import CassetteError
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.elision import plural

SCHEMA = "cassette.convert/1"


class Done(NamedTuple):
    """What was done with a recording. `output` is the path of what was written, None where that is none."""

    path: str
    recorder: str
    target: str
    output: str | None
    converted: Converted


def loss_lines(target: str, losses: Sequence[Loss]) -> Iterator[str]:
    """What of a recording is not carried as it is, a line for each kind; fields that the same interactions have share
    one."""
    fields = sorted((each for each in losses if each.kind == "field"), key=attrgetter("where"))
    for loss in losses:
        if loss.kind != "field":
            yield f"{_said(target, loss)} ({plural(len(loss.where), 'interaction')})"
    for where, same in groupby(fields, key=attrgetter("where")):
        yield f"{_fields(target, [each.what for each in same])} ({plural(len(where), 'interaction')})"


def total_lines(target: str, done: Iterable[Done]) -> Iterator[str]:
    """What of many recordings is not carried, a line for each kind, with the number of recordings."""
    losses = [loss for each in done for loss in each.converted.losses]
    said = Counter(_said(target, loss) for loss in losses if loss.kind != "field")
    fields = Counter(loss.what for loss in losses if loss.kind == "field")
    for what, count in said.items():
        yield f"{what} ({plural(count, 'recording')})"
    if fields:
        yield _fields(target, [f"{name} ({count:,})" for name, count in fields.items()])


def _said(target: str, loss: Loss) -> str:
    if loss.kind == "lost":
        return f"{target} does not keep {loss.what}"
    return f"the recording lacks {loss.what}" if loss.kind == "missing" else loss.what


def _fields(target: str, names: Sequence[str]) -> str:
    return f"{target} does not keep the field{'s' if len(names) > 1 else ''} {', '.join(names)}"


def document(done: Iterable[Done], errors: Sequence[CassetteError]) -> Iterator[str]:
    """The text of a cassette.convert/1 document, in pieces. `errors` is read last."""
    yield f'{{"schema": {dumps(SCHEMA)}, "files": ['
    for comma, each in zip(chain([""], iter(lambda: ",", None)), done, strict=False):
        yield f"{comma}\n{dumps(_json(each))}"
    yield f'\n],\n"errors": {dumps([error_json(error) for error in errors])}}}\n'


def _json(done: Done) -> Json:
    return {
        "path": done.path,
        "output": done.output,
        "recorder": done.recorder,
        "to": done.target,
        "interactions": done.converted.interactions,
        "losses": [
            {"kind": each.kind, "what": each.what, "interactions": list(each.where)} for each in done.converted.losses
        ],
    }
