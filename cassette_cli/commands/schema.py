"""`cassette schema`: the JSON Schemas (https://json-schema.org/draft/2020-12) that JSON output follows."""

from typing import Annotated

import typer

from cassette_cli import shipped
from cassette_cli.commands.app import command_app, examples
from cassette_cli.errors import CassetteError

app = command_app()


@app.command(
    epilog=examples(
        ("cassette schema", "names of all schemas"),
        ("cassette schema cassette.show/1", "the schema of `cassette show --json`"),
    )
)
def schema(
    name: Annotated[str | None, typer.Argument(help="As in the field `schema` of the output; none lists all.")] = None,
) -> None:
    """Print the JSON Schema of a JSON output."""
    if name is None:
        typer.echo("\n".join(shipped.schema_names()))
        return
    if name not in shipped.schema_names():
        raise CassetteError(f"no schema is named {name}; there are {', '.join(shipped.schema_names())}")
    typer.echo(shipped.schema(name), nl=False)
