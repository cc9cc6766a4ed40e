"""`cassette edit`: what a recording says changed where it stands; the rest of the file stays as it is."""

from typing import Annotated

import typer

from cassette_cli.commands.base import command_app, examples
from cassette_cli.commands.edit.arranging import Arrangement
from cassette_cli.commands.edit.asking import Given, asked
from cassette_cli.commands.edit.run import Request, run

app = command_app()

OF_REPLY = "Replies"
OF_FILE = "Interactions"


@app.command(
    epilog=examples(
        ("cassette edit chat.yaml -i 1 --text 'It is 42.'", "the reply says something else"),
        ("cassette edit chat.yaml -i 0 --tool-arg add.a=40 --follow", "and later requests send back the same"),
        ("cassette edit chat.yaml -i 1 --editor", "the reply as a small YAML document"),
        ("cassette edit chat.yaml -i 0 --status 429 --header retry-after=2", "what if it had failed?"),
        ("cassette edit chat.yaml --drop 2-4", "without three interactions"),
        ("cassette edit chat.yaml --move 3:0 --diff", "what would change"),
        ("cassette edit chat.yaml -i 1 --finish-reason length -o cut.yaml", "into another file"),
    )
)
def edit(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A recording, or - for standard input.")],
    interaction: Annotated[
        list[str] | None,
        typer.Option(
            "--interaction", "-i", metavar="WHICH", help="Whose reply: 3, -1, 2-4, or an id. Not needed for one."
        ),
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="What the reply says.")] = None,
    reasoning: Annotated[str | None, typer.Option("--reasoning", help="What the model thought.")] = None,
    message: Annotated[
        int, typer.Option("--message", metavar="N", help="Which message of the reply, where it has several.", min=0)
    ] = 0,
    tool_arg: Annotated[
        list[str] | None,
        typer.Option(
            "--tool-arg",
            metavar="CALL.PATH=VALUE",
            help="An argument of a call: add.a=3, 0.items[1].name=x. CALL is a name, an id or a number; VALUE is JSON, "
            "else a text. Repeatable.",
        ),
    ] = None,
    tool_name: Annotated[
        list[str] | None,
        typer.Option("--tool-name", metavar="[CALL=]NAME", help="The name of a call. Repeatable."),
    ] = None,
    add_tool_call: Annotated[
        list[str] | None,
        typer.Option("--add-tool-call", metavar="NAME=JSON", help="One call more, with its arguments. Repeatable."),
    ] = None,
    finish_reason: Annotated[
        str | None, typer.Option("--finish-reason", metavar="WORD", help="Why the reply ends, in the provider's word.")
    ] = None,
    usage: Annotated[
        list[str] | None,
        typer.Option(
            "--usage", metavar="FIELD=NUMBER", help="A count: output_tokens, or the provider's own. Repeatable."
        ),
    ] = None,
    status: Annotated[int | None, typer.Option("--status", metavar="CODE", help="The status of the response.")] = None,
    header: Annotated[
        list[str] | None,
        typer.Option("--header", metavar="NAME=VALUE", help="A header of the response. Repeatable."),
    ] = None,
    no_header: Annotated[
        list[str] | None, typer.Option("--no-header", metavar="NAME", help="Without this header. Repeatable.")
    ] = None,
    editor: Annotated[
        bool, typer.Option("--editor", help="Edit the reply in $VISUAL or $EDITOR, as a small YAML document.")
    ] = False,
    follow: Annotated[
        bool, typer.Option("--follow", help="Later requests that send the reply back change along with it.")
    ] = False,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="WHICH", help="Without these interactions: 2-4, -1, 0,3.")
    ] = None,
    keep: Annotated[list[str] | None, typer.Option("--keep", metavar="WHICH", help="Only these interactions.")] = None,
    move: Annotated[
        str | None, typer.Option("--move", metavar="WHICH:PLACE", help="Interactions to another place: 3:0.")
    ] = None,
    copy: Annotated[
        str | None, typer.Option("--copy", metavar="WHICH[:PLACE]", help="Interactions once more: 1, or 1:0.")
    ] = None,
    renumber: Annotated[
        bool, typer.Option("--renumber", help="Ids that count from 0, where the recorder has ids.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead; - is standard output.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Say what was done as JSON (schema cassette.edit/1).")] = False,
) -> None:
    """Change what a recording says: replies, status, headers, and which interactions there are.

    The file's other bytes stay as they are, and a stream has as many events as before. Before anything is written the
    reply is read from the new text and compared with what was asked for.
    """
    given = Given(
        message=message,
        text=text,
        reasoning=reasoning,
        tool_args=tool_arg or (),
        tool_names=tool_name or (),
        new_calls=add_tool_call or (),
        finish_reason=finish_reason,
        usages=usage or (),
        status=status,
        headers=header or (),
        no_headers=no_header or (),
    )
    run(
        Request(
            path=path,
            wanted=tuple(interaction or ()),
            asked=tuple(asked(given)),
            editor=editor,
            follow=follow,
            arrangement=Arrangement(drop or (), keep or (), move, copy),
            renumber=renumber,
            diff=diff,
            output=output,
            json=json,
        )
    )
