"""`cassette edit`: what a recording says changed where it stands; the rest of the file stays as it is."""

from cassette_cli.commands.base import command_app, examples
from cassette_cli.commands.edit import options
from cassette_cli.commands.edit.arranging import Arrangement
from cassette_cli.commands.edit.asking import Given, asked
from cassette_cli.commands.edit.run import Request, run

app = command_app()


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
    path: options.Path,
    interaction: options.Interaction = None,
    text: options.Text = None,
    reasoning: options.Reasoning = None,
    message: options.Message = 0,
    tool_arg: options.ToolArg = None,
    tool_name: options.ToolName = None,
    add_tool_call: options.AddToolCall = None,
    finish_reason: options.FinishReason = None,
    usage: options.Usage = None,
    status: options.Status = None,
    header: options.Header = None,
    no_header: options.NoHeader = None,
    editor: options.Editor = False,
    follow: options.Follow = False,
    drop: options.Drop = None,
    keep: options.Keep = None,
    move: options.Move = None,
    copy: options.Copy = None,
    renumber: options.Renumber = False,
    diff: options.Diff = False,
    output: options.Output = None,
    json: options.Json = False,
) -> None:
    """Change what a recording says.

    Replies, status, headers, and which interactions there are. The file's other bytes stay as they are, and a stream
    has as many events as before. Before anything is written the reply is read from the new text and compared with
    what was asked for.
    """
    calls = (tool_arg or (), tool_name or (), add_tool_call or ())
    given = Given(message, text, reasoning, *calls, finish_reason, usage or (), status, header or (), no_header or ())
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
