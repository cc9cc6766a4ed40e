"""What an edit did, as a cassette.edit/1 document:

{"schema": "cassette.edit/1", "cassettes": [{"path": "a.yaml", "output": "a.yaml", "changed": true,
 "interactions": [1], "notes": []}], "errors": []}
"""

from collections.abc import Iterator, Sequence

from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.json_interactions import Object

SCHEMA = "cassette.edit/1"


def edited_json(
    before: Cassette, after: Cassette, output: str, interactions: Sequence[int], notes: Sequence[str]
) -> Object:
    """The entry of a recording: where it is now, whether its text changed, which interactions say something else
    (numbered as they were before), and what to know."""
    return {
        "path": before.path,
        "output": output,
        "changed": before.document.text != after.document.text,
        "interactions": list(interactions),
        "notes": list(notes),
    }


def edit_document(cassettes: Sequence[Object], errors: Sequence[CassetteError]) -> Iterator[str]:
    """The text of a document, in pieces."""
    faults = [error_json(error) for error in errors]
    yield f'{{"schema": "{SCHEMA}", "cassettes": {dumps(list(cassettes))}, "errors": {dumps(faults)}}}\n'
