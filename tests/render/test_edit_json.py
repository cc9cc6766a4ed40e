import json

from edits import sample
from jsonschema import Draft202012Validator

from cassette_cli import shipped
from cassette_cli.errors import CassetteError, Where
from cassette_cli.render.edit_json import SCHEMA, edit_document, edited_json


def test_a_document_is_as_its_schema_says() -> None:
    cassette = sample("vcrpy/openai_chat_text.yaml")
    entry = edited_json(cassette, cassette, "b.yaml", [0], ["a note"])
    text = "".join(edit_document([entry], [CassetteError("bad", Where("a.yaml", 1, 2))]))
    schema = json.loads(shipped.schema(SCHEMA))

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(text))
    assert json.loads(text)["cassettes"][0]["changed"] is False
