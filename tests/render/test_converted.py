"""What was converted, and what is not kept, in words."""

import json

import jsonschema

from cassette_cli import shipped
from cassette_cli.converting.base import Loss
from cassette_cli.converting.convert import Converted
from cassette_cli.errors import CassetteError, Where
from cassette_cli.render.converted import Done, document, loss_lines, total_lines

LOSSES = (
    Loss("missing", "a status", (0,)),
    Loss("lost", "its id", (0, 1)),
    Loss("changed", "values become one", (1,)),
    Loss("field", "request.proto", (0, 1)),
    Loss("field", "uuid", (1,)),
    Loss("field", "response.proto", (0, 1)),
)


def done(path: str, *losses: Loss) -> Done:
    return Done(path, "go-vcr", "HAR", f"out/{path}.har", Converted(text="", interactions=2, losses=losses))


def test_of_one_recording() -> None:
    assert list(loss_lines("HAR", LOSSES)) == [
        "the recording lacks a status (1 interaction)",
        "HAR does not keep its id (2 interactions)",
        "values become one (1 interaction)",
        "HAR does not keep the fields request.proto, response.proto (2 interactions)",
        "HAR does not keep the field uuid (1 interaction)",
    ]


def test_of_many() -> None:
    assert list(total_lines("HAR", [done("a", *LOSSES), done("b", LOSSES[1], LOSSES[3]), done("c")])) == [
        "the recording lacks a status (1 recording)",
        "HAR does not keep its id (2 recordings)",
        "values become one (1 recording)",
        "HAR does not keep the fields request.proto (2), uuid (1), response.proto (1)",
    ]
    assert list(total_lines("HAR", [done("c")])) == []


def test_json() -> None:
    errors = [CassetteError("no", Where("c", 1, 2))]
    found = json.loads("".join(document([done("a", LOSSES[1]), done("b")], errors)))
    jsonschema.validate(found, json.loads(shipped.schema("cassette.convert/1")))
    assert [each["output"] for each in found["files"]] == ["out/a.har", "out/b.har"]
    assert found["files"][0]["losses"] == [{"kind": "lost", "what": "its id", "interactions": [0, 1]}]
    assert found["errors"][0]["line"] == 1
