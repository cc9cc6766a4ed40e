"""What `cassette convert` did, or would do: lines for people, cassette.convert/1 for programs.

a.yaml → b.yaml: VCR.py does not keep how long the response took (2 interactions)
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from cassette_cli.conversation import Json
from cassette_cli.converting.base import Loss
from cassette_cli.converting.convert import Converted
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.elision import plural

SCHEMA = "cassette.convert/1"


class Done(NamedTuple):
    """What was done with a recording. `output` is the path of what was written, None where that is none."""

    cassette: Cassette
    target: str
    output: str | None
    converted: Converted


def loss_lines(target: str, losses: Sequence[Loss], *, count: bool = True) -> Iterator[str]:
    """What is not carried as it is, a line for each kind; fields that the same interactions have share one."""
    fields = sorted((each for each in losses if each.kind == "field"), key=attrgetter("where"))
    for loss in losses:
        if loss.kind != "field":
            yield _said(target, loss) + (_counted(loss.where) if count else "")
    for where, same in groupby(fields, key=attrgetter("where")):
        names = [each.what for each in same]
        one = "the field" if len(names) == 1 else "the fields"
        yield f"{target} does not keep {one} {', '.join(names)}" + (_counted(where) if count else "")


def _said(target: str, loss: Loss) -> str:
    if loss.kind == "lost":
        return f"{target} does not keep {loss.what}"
    return f"the recording lacks {loss.what}" if loss.kind == "missing" else loss.what


def _counted(where: Sequence[int]) -> str:
    return f" ({plural(len(where), 'interaction')})"


def document(done: Iterable[Done], errors: Sequence[CassetteError]) -> Iterator[str]:
    """The text of a cassette.convert/1 document, in pieces. `errors` is read last."""
    yield f'{{"schema": {dumps(SCHEMA)}, "files": ['
    for comma, each in zip(chain([""], iter(lambda: ",", None)), done, strict=False):
        yield f"{comma}\n{dumps(_json(each))}"
    yield f'\n],\n"errors": {dumps([error_json(error) for error in errors])}}}\n'


def _json(done: Done) -> Json:
    return {
        "path": done.cassette.path,
        "output": done.output,
        "recorder": done.cassette.recorder,
        "to": done.target,
        "interactions": done.converted.interactions,
        "losses": [
            {"kind": each.kind, "what": each.what, "interactions": list(each.where)} for each in done.converted.losses
        ],
    }
