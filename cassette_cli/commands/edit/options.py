"""The options of `cassette edit`, one line of help each."""

from typing import Annotated, TypeAlias

import typer

Path: TypeAlias = Annotated[str, typer.Argument(metavar="FILE", help="A recording, or - for standard input.")]
Interaction: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--interaction", "-i", metavar="WHICH", help="Whose reply: 3, -1, 2-4, or an id. Not needed for one."),
]
Text: TypeAlias = Annotated[str | None, typer.Option("--text", help="What the reply says.")]
Reasoning: TypeAlias = Annotated[str | None, typer.Option("--reasoning", help="What the model thought.")]
Message: TypeAlias = Annotated[
    int, typer.Option("--message", metavar="N", help="Which message of the reply, where it has several.", min=0)
]
ToolArg: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--tool-arg",
        metavar="CALL.PATH=VALUE",
        help="An argument of a call: add.a=3, 0.items[1].name=x. CALL is a name, an id or a number; VALUE is JSON, "
        "else a text. Repeatable.",
    ),
]
ToolName: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--tool-name", metavar="[CALL=]NAME", help="The name of a call. Repeatable."),
]
AddToolCall: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--add-tool-call", metavar="NAME=JSON", help="One call more, with its arguments. Repeatable."),
]
FinishReason: TypeAlias = Annotated[
    str | None, typer.Option("--finish-reason", metavar="WORD", help="Why the reply ends, in the provider's word.")
]
Usage: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--usage", metavar="FIELD=NUMBER", help="A count: output_tokens, or the provider's own. Repeatable."),
]
Status: TypeAlias = Annotated[int | None, typer.Option("--status", metavar="CODE", help="The status of the response.")]
Header: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--header", metavar="NAME=VALUE", help="A header of the response. Repeatable."),
]
NoHeader: TypeAlias = Annotated[
    list[str] | None, typer.Option("--no-header", metavar="NAME", help="Without this header. Repeatable.")
]
Editor: TypeAlias = Annotated[
    bool, typer.Option("--editor", help="Edit the reply in $VISUAL or $EDITOR, as a small YAML document.")
]
Follow: TypeAlias = Annotated[
    bool, typer.Option("--follow", help="Later requests that send the reply back change along with it.")
]
Drop: TypeAlias = Annotated[
    list[str] | None, typer.Option("--drop", metavar="WHICH", help="Without these interactions: 2-4, -1, 0,3.")
]
Keep: TypeAlias = Annotated[list[str] | None, typer.Option("--keep", metavar="WHICH", help="Only these interactions.")]
Move: TypeAlias = Annotated[
    str | None, typer.Option("--move", metavar="WHICH:PLACE", help="Interactions to another place: 3:0.")
]
Copy: TypeAlias = Annotated[
    str | None, typer.Option("--copy", metavar="WHICH[:PLACE]", help="Interactions once more: 1, or 1:0.")
]
Renumber: TypeAlias = Annotated[
    bool, typer.Option("--renumber", help="Ids that count from 0, where the recorder has ids.")
]
Diff: TypeAlias = Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")]
Output: TypeAlias = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead; - is standard output.")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Say what was done as JSON (schema cassette.edit/1).")]
