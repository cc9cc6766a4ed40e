"""`cassette rechunk`: the same replies in other pieces, to try a stream parser's boundaries."""

from cassette_cli.commands.base import command_app, examples, finish
from cassette_cli.commands.rechunk import options
from cassette_cli.commands.rechunk.request import request_of
from cassette_cli.commands.rechunk.run import Run

app = command_app()


@app.command(
    epilog=options.NAMES
    + examples(
        ("cassette rechunk a.yaml --by char", "every character its own event"),
        ("cassette rechunk a.yaml --by size:5 -o b.yaml", "pieces of five characters, into another file"),
        ("cassette rechunk a.yaml --seed 7", "random pieces, the same ones for the same seed"),
        ("cassette rechunk a.yaml --by hostile --only arguments", "the arguments of tool calls alone"),
        ("cassette rechunk a.yaml --variants 20 --out-dir variants/", "a set of files for parametrised tests"),
        ("cassette rechunk a.yaml --noise crlf,comments,bom", "the pieces as they are, other line ends"),
        ("cassette rechunk a.yaml --noise cut-off:4 --lossy -o -", "a stream that breaks off"),
        ("cassette rechunk a.yaml --to plain -o plain.yaml", "the same replies, not streamed"),
        ("cassette rechunk a.yaml --by word --list", "what that would do"),
    )
)
def rechunk(
    paths: options.Paths,
    by: options.By = None,
    seed: options.Seed = None,
    only: options.Only = None,
    interaction: options.Interaction = None,
    noise: options.NoiseNames = None,
    to: options.To = None,
    lossy: options.Lossy = False,
    list_: options.List = False,
    output: options.Output = None,
    variants: options.Variants = None,
    out_dir: options.OutDir = None,
    force: options.Force = False,
    json: options.Json = False,
) -> None:
    """Cut the texts of streamed replies into other pieces.

    Files are changed where they are unless -o or --out-dir says otherwise, and only the events that bring the texts.
    Before anything is written the reply is put together again from the new events, and has to be the same.
    """
    run = Run(
        request_of(
            paths=paths,
            by=by or (),
            seed=seed,
            only=only or (),
            interactions=interaction or (),
            noise=noise or (),
            to=to,
            lossy=lossy,
            is_list=list_,
            output=output,
            variants=variants,
            folder=out_dir,
            force=force,
            json=json,
        )
    )
    run.go()
    finish(run.errors)
